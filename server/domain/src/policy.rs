//! Who may do what: one table. Every handler and server function comes to it through
//! [`Actor::team`], [`Actor::vendor`] or [`Actor::own`], and a test walks all of them as
//! each kind of actor (`server/tests/it/policy.rs`).
//!
//! [`Actor::team`]: crate::Actor::team
//! [`Actor::vendor`]: crate::Actor::vendor
//! [`Actor::own`]: crate::Actor::own

use model::{Role, SupportRole};

/// How an actor stands to what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Signed in, and nothing more: to another team, or to the vendor's pages.
    Account,
    /// The same, of an account whose person signs in through the vendor's own identity
    /// provider: it has no credentials here.
    Managed,
    /// A member of the team.
    Member(Role),
    /// The vendor's staff.
    Support(SupportRole),
    /// The operator, at the command line.
    Operator,
}

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See one's own account, its sessions and factors; create a team; end sessions.
    UseAccount,
    /// Change one's own password, address or factors.
    ChangeCredentials,
    /// End sessions of one's own, besides the one that asks.
    EndSessions,
    /// See the team's pages.
    View,
    /// See the team's audit trail.
    ViewAudit,
    /// See the XML of the team's sign-ins: what was sent and received, personal data and all.
    ViewXml,
    /// Leave the team.
    Leave,
    /// Change the connection, test it, take it back from review.
    Configure,
    /// Submit it, make it live, roll it back.
    GoLive,
    /// Put a key of the team's in use or out of it, which can stop every sign-in.
    ReplaceKeys,
    /// See how many sessions the team's people have, and end all of them.
    EndTeamSessions,
    /// Invite; take an invitation back.
    Invite,
    /// Change roles, remove members, hand over ownership, ask all for a second factor.
    ManageMembers,
    /// Support: see every team.
    Review,
    /// Support: see the XML of any team's sign-ins.
    ReviewXml,
    /// Support: approve, ask for changes, suspend, resume.
    Decide,
    /// Support: create teams and send their first owners links.
    Onboard,
    /// Support: see mail that did not arrive, try it again or let it go.
    ManageMail,
    /// Support: see the vendor's audit trail.
    ViewVendorAudit,
    /// Support: invite, change and deactivate support accounts; say which team is the vendor's.
    ManageSupport,
}

use Role::{Admin, Owner, Viewer};
use Standing::{Account, Managed, Member, Operator, Support};
use SupportRole::{Administrator, Reviewer};

/// Whoever is signed in asks for their own with the standing of their account.
const ANYBODY: &[Standing] = &[Account, Managed];
const MEMBERS: &[Standing] = &[Member(Viewer), Member(Admin), Member(Owner), Operator];
const ADMINS: &[Standing] = &[Member(Admin), Member(Owner), Operator];
const OWNERS: &[Standing] = &[Member(Owner), Operator];
const SUPPORT: &[Standing] = &[Support(Reviewer), Support(Administrator), Operator];
const ADMINISTRATORS: &[Standing] = &[Support(Administrator), Operator];

impl Action {
    /// Every action.
    pub const ALL: [Self; 20] = [
        Self::UseAccount,
        Self::ChangeCredentials,
        Self::EndSessions,
        Self::View,
        Self::ViewAudit,
        Self::ViewXml,
        Self::Leave,
        Self::Configure,
        Self::GoLive,
        Self::ReplaceKeys,
        Self::EndTeamSessions,
        Self::Invite,
        Self::ManageMembers,
        Self::Review,
        Self::ReviewXml,
        Self::Decide,
        Self::Onboard,
        Self::ManageMail,
        Self::ViewVendorAudit,
        Self::ManageSupport,
    ];

    /// The table: who may.
    #[must_use]
    pub const fn allowed(self) -> &'static [Standing] {
        match self {
            Self::UseAccount | Self::EndSessions => ANYBODY,
            Self::ChangeCredentials => &[Account],
            Self::View | Self::Leave => MEMBERS,
            Self::ViewAudit
            | Self::ViewXml
            | Self::Configure
            | Self::GoLive
            | Self::ReplaceKeys
            | Self::EndTeamSessions => ADMINS,
            Self::Invite | Self::ManageMembers => OWNERS,
            Self::Review | Self::ReviewXml | Self::Decide | Self::Onboard | Self::ManageMail => SUPPORT,
            Self::ViewVendorAudit | Self::ManageSupport => ADMINISTRATORS,
        }
    }

    /// Whether the actor must have proved lately that it is still the one who signed in.
    #[must_use]
    pub const fn is_sensitive(self) -> bool {
        matches!(
            self,
            Self::ChangeCredentials
                | Self::EndSessions
                | Self::ViewXml
                | Self::ReviewXml
                | Self::GoLive
                | Self::ReplaceKeys
                | Self::EndTeamSessions
                | Self::Invite
                | Self::ManageMembers
                | Self::Decide
                | Self::Onboard
                | Self::ManageSupport
        )
    }

    /// Whether it is support that asks: decides as which somebody asks who is both staff and
    /// a member.
    #[must_use]
    pub const fn is_vendors(self) -> bool {
        matches!(
            self,
            Self::Review
                | Self::ReviewXml
                | Self::Decide
                | Self::Onboard
                | Self::ManageMail
                | Self::ViewVendorAudit
                | Self::ManageSupport
        )
    }
}

/// Whether somebody of this standing may.
#[must_use]
pub fn may(standing: Standing, action: Action) -> bool {
    action.allowed().contains(&standing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_role_may_all_that_a_lower_one_may() {
        for action in Action::ALL {
            let may = |standing| super::may(standing, action);
            assert!(!may(Member(Viewer)) || may(Member(Admin)), "{action:?}");
            assert!(!may(Member(Admin)) || may(Member(Owner)), "{action:?}");
            assert!(!may(Support(Reviewer)) || may(Support(Administrator)), "{action:?}");
        }
    }

    #[test]
    fn support_is_no_member_and_members_are_no_support() {
        let own = [Action::UseAccount, Action::ChangeCredentials, Action::EndSessions];
        for action in Action::ALL.into_iter().filter(|action| !own.contains(action)) {
            for role in [Viewer, Admin, Owner] {
                assert!(!(action.is_vendors() && may(Member(role), action)), "{action:?} {role:?}");
            }
            for role in [Reviewer, Administrator] {
                assert!(!may(Support(role), action) || action.is_vendors(), "{action:?} {role:?}");
            }
            assert!(!may(Account, action), "{action:?}");
        }
    }
}
