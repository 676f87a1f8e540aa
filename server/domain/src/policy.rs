//! Who may do what: one table. Every handler and server function asks it through
//! [`Actor::authorize_team`], [`Actor::authorize_support`] or [`Actor::authorize_own`], and a test
//! walks all of them as each kind of actor (`server/tests/it/policy/`).
//!
//! [`Actor::authorize_team`]: crate::Actor::authorize_team
//! [`Actor::authorize_support`]: crate::Actor::authorize_support
//! [`Actor::authorize_own`]: crate::Actor::authorize_own

use model::{Role, SupportRole};

/// The role in which an actor asks for an action. One actor may have several: a member of one
/// team is nothing more than an account to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorRole {
    /// Signed in, and nothing more: to another team, or to the vendor's pages.
    Account,
    /// The same, of an account that signs in through the vendor's own identity provider: it has
    /// no credentials here.
    FederatedAccount,
    /// A member of the team.
    Member(Role),
    /// Support.
    Support(SupportRole),
    /// The operator, at the command line.
    Operator,
}

/// What an actor may ask the portal to do.
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
    /// Take the team's lists of people and sign-ins along as files, which its audit trail notes.
    DownloadLists,
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
    /// Deactivate and erase the team's people, and end their sessions.
    ManagePeople,
    /// Invite; take an invitation back.
    Invite,
    /// Change roles, remove members, hand over ownership, ask all for a second factor.
    ManageMembers,
    /// Support: see every team.
    Review,
    /// Support: see the XML of any team's sign-ins.
    ReviewXml,
    /// Support: write notes about teams.
    WriteNotes,
    /// Support: take a review, or hand it over.
    AssignReview,
    /// Support: approve, ask for changes, suspend, resume.
    Decide,
    /// Support: create teams and send their first owners links.
    Onboard,
    /// Support: see mail that did not arrive, try it again or let it go.
    ManageMail,
    /// Support: see the vendor's audit trail.
    ViewVendorAudit,
    /// Support: register applications, change them, create their secrets.
    ManageApplications,
    /// Support: invite, change and deactivate support accounts; say which team is the vendor's.
    ManageSupport,
}

use ActorRole::{Account, FederatedAccount, Member, Operator, Support};
use Role::{Admin, Owner, Viewer};
use SupportRole::{Administrator, Reviewer};

/// For what is the account's own.
const EVERY_ACCOUNT: &[ActorRole] = &[Account, FederatedAccount];
const MEMBERS: &[ActorRole] = &[Member(Viewer), Member(Admin), Member(Owner), Operator];
const ADMINS: &[ActorRole] = &[Member(Admin), Member(Owner), Operator];
const OWNERS: &[ActorRole] = &[Member(Owner), Operator];
const SUPPORT: &[ActorRole] = &[Support(Reviewer), Support(Administrator), Operator];
const ADMINISTRATORS: &[ActorRole] = &[Support(Administrator), Operator];

impl Action {
    /// Every action.
    pub const ALL: [Self; 25] = [
        Self::UseAccount,
        Self::ChangeCredentials,
        Self::EndSessions,
        Self::View,
        Self::DownloadLists,
        Self::ViewAudit,
        Self::ViewXml,
        Self::Leave,
        Self::Configure,
        Self::GoLive,
        Self::ReplaceKeys,
        Self::EndTeamSessions,
        Self::ManagePeople,
        Self::Invite,
        Self::ManageMembers,
        Self::Review,
        Self::ReviewXml,
        Self::WriteNotes,
        Self::AssignReview,
        Self::Decide,
        Self::Onboard,
        Self::ManageMail,
        Self::ViewVendorAudit,
        Self::ManageApplications,
        Self::ManageSupport,
    ];

    /// The table: the roles that may take the action.
    #[must_use]
    pub const fn allowed_roles(self) -> &'static [ActorRole] {
        match self {
            Self::UseAccount | Self::EndSessions => EVERY_ACCOUNT,
            Self::ChangeCredentials => &[Account],
            Self::View | Self::DownloadLists | Self::Leave => MEMBERS,
            Self::ViewAudit
            | Self::ViewXml
            | Self::Configure
            | Self::GoLive
            | Self::ReplaceKeys
            | Self::EndTeamSessions
            | Self::ManagePeople => ADMINS,
            Self::Invite | Self::ManageMembers => OWNERS,
            Self::Review
            | Self::ReviewXml
            | Self::WriteNotes
            | Self::AssignReview
            | Self::Decide
            | Self::Onboard
            | Self::ManageMail => SUPPORT,
            Self::ViewVendorAudit | Self::ManageApplications | Self::ManageSupport => ADMINISTRATORS,
        }
    }

    /// Whether the action is sensitive: the account must have authenticated lately.
    #[must_use]
    pub const fn needs_reauthentication(self) -> bool {
        matches!(
            self,
            Self::ChangeCredentials
                | Self::EndSessions
                | Self::ViewXml
                | Self::ReviewXml
                | Self::GoLive
                | Self::ReplaceKeys
                | Self::EndTeamSessions
                | Self::ManagePeople
                | Self::Invite
                | Self::ManageMembers
                | Self::Decide
                | Self::Onboard
                | Self::ManageApplications
                | Self::ManageSupport
        )
    }

    /// Whether the action is open to support that sees the team as its members do
    /// ([`crate::viewed_team`]): those that look, write nothing and need no fresh proof.
    #[must_use]
    pub const fn is_open_to_viewing_support(self) -> bool {
        matches!(self, Self::View | Self::ViewAudit)
    }

    /// Whether the action is one of support: an account that is both of support and a member
    /// takes it as support.
    #[must_use]
    pub const fn is_support_action(self) -> bool {
        matches!(
            self,
            Self::Review
                | Self::ReviewXml
                | Self::WriteNotes
                | Self::AssignReview
                | Self::Decide
                | Self::Onboard
                | Self::ManageMail
                | Self::ViewVendorAudit
                | Self::ManageApplications
                | Self::ManageSupport
        )
    }
}

/// Whether an actor in this role may take this action.
#[must_use]
pub fn is_allowed(role: ActorRole, action: Action) -> bool {
    action.allowed_roles().contains(&role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_role_may_all_that_a_lower_one_may() {
        for action in Action::ALL {
            let may = |role| is_allowed(role, action);
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
                assert!(!(action.is_support_action() && is_allowed(Member(role), action)), "{action:?} {role:?}");
            }
            for role in [Reviewer, Administrator] {
                assert!(!is_allowed(Support(role), action) || action.is_support_action(), "{action:?} {role:?}");
            }
            assert!(!is_allowed(Account, action), "{action:?}");
        }
    }
}
