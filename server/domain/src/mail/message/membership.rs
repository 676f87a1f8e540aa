//! Sentences of mails about what changed in a team's members or in support's accounts.

use messages::text;
use model::{Role, SupportRole};
use strum::{EnumDiscriminants, VariantArray};

/// What changed for a member, in the team `team`.
#[derive(Clone, Copy, Debug, EnumDiscriminants)]
#[strum_discriminants(name(MembershipChangeKind), vis(pub(crate)), derive(VariantArray), doc = "The kinds of change.")]
pub enum MembershipChange<'a> {
    /// Another role.
    Role {
        /// The member's address.
        member: &'a str,
        /// The role before.
        before: Role,
        /// The role now.
        after: Role,
    },
    /// Removed by somebody else.
    Removed {
        /// The member's address.
        member: &'a str,
    },
    /// Left by themselves.
    Left {
        /// The member's address.
        member: &'a str,
    },
    /// An owner made somebody else the owner.
    OwnershipTransferred {
        /// The address of the owner before.
        giver: &'a str,
        /// The address of the owner now.
        heir: &'a str,
    },
}

impl MembershipChange<'_> {
    /// The sentence for the member, and the one for the owners.
    #[must_use]
    pub fn sentences(self, team: &str) -> (String, String) {
        match self {
            Self::Role { member, before, after } => {
                let (before, after) = (before.as_str(), after.as_str());
                (
                    text!("mail-members-role-changed.you", team = team, before = before, after = after),
                    text!("mail-members-role-changed.others", member = member, before = before, after = after),
                )
            }
            Self::Removed { member } => {
                (text!("mail-members-removed.you", team = team), text!("mail-members-removed.others", member = member))
            }
            Self::Left { member } => {
                (text!("mail-members-left.you", team = team), text!("mail-members-left.others", member = member))
            }
            Self::OwnershipTransferred { giver, heir } => (
                text!("mail-members-ownership-transferred.you", giver = giver, team = team),
                text!("mail-members-ownership-transferred.others", giver = giver, heir = heir),
            ),
        }
    }

    /// To the owners: somebody accepted an invitation.
    #[must_use]
    pub fn joined(member: &str, inviter: &str, role: Role) -> String {
        text!("mail-members-joined", member = member, inviter = inviter, role = role.as_str())
    }

    /// To all members: whether they need a second factor.
    #[must_use]
    pub fn second_factor_policy(team: &str, is_required: bool) -> String {
        if is_required {
            text!("mail-members-second-factor-required", team = team)
        } else {
            text!("mail-members-second-factor-optional", team = team)
        }
    }
}

/// What changed in support's accounts.
#[derive(Clone, Copy, Debug, EnumDiscriminants)]
#[strum_discriminants(
    name(SupportAccountChangeKind),
    vis(pub(crate)),
    derive(VariantArray),
    doc = "The kinds of change."
)]
pub enum SupportAccountChange<'a> {
    /// Another role, by an administrator.
    Role {
        /// The account's address.
        account: &'a str,
        /// The role before.
        before: SupportRole,
        /// The role now.
        after: SupportRole,
    },
    /// Another role, by the groups of the identity provider.
    RoleFromGroups {
        /// The account's address.
        account: &'a str,
        /// The role now.
        role: SupportRole,
    },
    /// Activated again, or deactivated.
    Active {
        /// The account's address.
        account: &'a str,
        /// Whether it can sign in now.
        is_active: bool,
    },
    /// An invitation was accepted.
    Joined {
        /// The account's address.
        account: &'a str,
        /// As what.
        role: SupportRole,
    },
    /// Another team's groups decide about roles, or no team's.
    VendorTeam {
        /// The team's name.
        team: &'a str,
        /// Its slug.
        slug: &'a str,
        /// Whether it is the vendor's own now.
        is_vendor: bool,
    },
}

impl SupportAccountChange<'_> {
    /// Whether the account that it is about can sign in after it.
    #[must_use]
    pub const fn leaves_account_active(self) -> bool {
        !matches!(self, Self::Active { is_active: false, .. })
    }

    /// The sentence for the administrators, and for the account.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Role { account, before, after } => {
                let (before, after) = (before.as_str(), after.as_str());
                text!("mail-members-support-role-changed", account = account, before = before, after = after)
            }
            Self::RoleFromGroups { account, role } => {
                text!("mail-members-support-role-from-groups", account = account, role = role.as_str())
            }
            Self::Active { account, is_active: true } => text!("mail-members-support-activated", account = account),
            Self::Active { account, is_active: false } => text!("mail-members-support-deactivated", account = account),
            Self::Joined { account, role } => {
                text!("mail-members-support-joined", account = account, role = role.as_str())
            }
            Self::VendorTeam { team, slug, is_vendor: true } => {
                text!("mail-members-vendor-team-marked", team = team, slug = slug)
            }
            Self::VendorTeam { team, slug, is_vendor: false } => {
                text!("mail-members-vendor-team-unmarked", team = team, slug = slug)
            }
        }
    }
}
