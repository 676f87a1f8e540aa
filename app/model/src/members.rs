//! Members of a team, invitations, and support, as pages show them.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::{AccountId, InvitationId};
use crate::{EmailAddress, Role, SetupStep, SupportRole, TeamSlug, TeamView, Timestamp};

/// What an invitation invites to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum InvitationKind {
    /// By an owner, into a team.
    Member,
    /// By support, to become a new team's first owner.
    Onboarding,
    /// By an administrator, into the vendor's support.
    Support,
}

coded!(InvitationKind);

/// The role that an invitation gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedRole {
    /// A member of a team.
    Member(Role),
    /// The first owner of a new team.
    FirstOwner,
    /// A role in support.
    Support(SupportRole),
}

impl InvitedRole {
    /// What kind of invitation gives it.
    #[must_use]
    pub const fn kind(self) -> InvitationKind {
        match self {
            Self::Member(_) => InvitationKind::Member,
            Self::FirstOwner => InvitationKind::Onboarding,
            Self::Support(_) => InvitationKind::Support,
        }
    }

    /// The code of the role, in the team or in support.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member(role) => role.as_str(),
            Self::FirstOwner => Role::Owner.as_str(),
            Self::Support(role) => role.as_str(),
        }
    }
}

/// An invitation that was not accepted yet. The link itself is only in the mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Its identifier.
    pub id: InvitationId,
    /// Whom.
    pub email: String,
    /// To what, and as what.
    pub role: InvitedRole,
    /// Who invited.
    pub invited_by: String,
    /// When the link was mailed last.
    pub sent_at: Timestamp,
    /// Until when the link works.
    pub expires_at: Timestamp,
    /// Whether it still does.
    pub state: InvitationState,
}

/// Whether the link of an invitation works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// It does.
    Open,
    /// Its time is over.
    Expired,
    /// Its granter may not invite any more. Sent again by somebody who may, it works again.
    Withdrawn,
}

/// A member in the team's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Their account.
    pub account: AccountId,
    /// What they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
    /// Whether one of their sessions has proved a second factor.
    pub second_factor: bool,
    /// When they last signed in, if that session still stands.
    pub last_sign_in_at: Option<Timestamp>,
}

/// A team's page of members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MembersView {
    /// The team.
    pub team: TeamView,
    /// Who looks.
    pub you: AccountId,
    /// Its members, in the order they came.
    pub members: Vec<TeamMember>,
    /// Who has not accepted yet; only owners see it.
    pub invitations: Vec<InvitationView>,
    /// Whether all members need a second factor here.
    pub second_factor_required: bool,
}

/// What a link of an invitation leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    /// To what, and as what.
    pub role: InvitedRole,
    /// Into which team; none for the vendor's support.
    pub team_name: Option<String>,
    /// The address that is invited.
    pub email: String,
    /// Who invited.
    pub invited_by: String,
    /// Until when the link works.
    pub expires_at: Timestamp,
    /// How the browser's own account stands to it.
    pub invitee: Invitee,
    /// Whether whoever sent it could still give this; if not, the link does not work.
    pub stands: bool,
}

/// Who opened the link of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitee {
    /// Nobody is signed in, and the invited address has no account.
    New,
    /// Nobody is signed in, and the invited address has an account.
    HasAccount,
    /// The invited account.
    Invited,
    /// Another account.
    Other(EmailAddress),
}

/// What somebody joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AcceptedInvitation {
    /// A team.
    Team(TeamSlug),
    /// A team that is not live yet, by somebody who may set it up: the step to go on with.
    TeamInSetUp(TeamSlug, SetupStep),
    /// A team whose set-up begins now.
    NewTeam(TeamSlug),
    /// The vendor's support.
    Support,
}

/// A support account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportAccountView {
    /// Its identifier.
    pub id: AccountId,
    /// What it signs in with.
    pub email: String,
    /// What it may do; none if the identity provider's groups give it nothing any more.
    pub role: Option<SupportRole>,
    /// Whether it signs in through the vendor's own identity provider.
    pub through_idp: bool,
    /// Whether it is the only administrator who can sign in: then it stays one.
    pub only_administrator: bool,
    /// Whether one of its sessions has proved a second factor.
    pub second_factor: bool,
    /// When it last signed in, if that session still stands.
    pub last_sign_in_at: Option<Timestamp>,
    /// Since when it cannot sign in.
    pub deactivated_at: Option<Timestamp>,
}

/// The page of support accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportAccountsView {
    /// Who looks.
    pub you: AccountId,
    /// They, by e-mail address.
    pub accounts: Vec<SupportAccountView>,
    /// Who has not accepted yet.
    pub invitations: Vec<InvitationView>,
}

/// A group of the vendor's identity provider, and the role in support that it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRole {
    /// The group, as the claim has it; Entra's is an object identifier.
    pub group: String,
    /// The role.
    pub role: SupportRole,
}

/// What an administrator sees of a team: whether it is the vendor's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorTeamView {
    /// Whether it is.
    pub is_vendor: bool,
    /// Which of its groups are which role.
    pub roles: Vec<GroupRole>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in [InvitationKind::Member, InvitationKind::Onboarding, InvitationKind::Support] {
            assert_eq!(InvitationKind::parse(kind.as_str()), Some(kind));
        }
    }
}
