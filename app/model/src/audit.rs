//! The audit trail: what can happen, and how an event is shown.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::Timestamp;

macro_rules! actions {
    ($($variant:ident = $code:literal, $words:literal;)+) => {
        /// What happened: every security-relevant act, with a stable code.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
        )]
        pub enum AuditAction {
            $(#[doc = $words] #[strum(serialize = $code)] $variant,)+
        }

        coded!(AuditAction);

        impl AuditAction {
            /// What happened, in words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }
        }
    };
}

actions! {
    // teams and connections
    TeamCreated = "team.created", "Team created";
    TeamImported = "team.imported", "Team imported from a file";
    TeamSubmitted = "team.submitted", "Configuration submitted for review";
    TeamWithdrawn = "team.withdrawn", "Configuration taken back from review";
    TeamActivated = "team.activated", "Team went live after a successful test";
    TeamApproved = "team.approved", "Team approved";
    ChangesRequested = "team.changes_requested", "Changes asked for";
    TeamSuspended = "team.suspended", "Team suspended";
    TeamResumed = "team.resumed", "Team resumed";
    UrlsSaved = "connection.urls_saved", "Identity provider's addresses saved";
    UrlsFromMetadata = "connection.urls_from_metadata", "Addresses filled in from metadata";
    MetadataUrlSaved = "connection.metadata_url_saved", "App Federation Metadata URL changed";
    ClaimsSaved = "connection.claims_saved", "Claim mapping saved";
    OptionsSaved = "connection.options_saved", "Sign-in options saved";
    BindingSaved = "connection.binding_saved", "Request binding saved";
    CertificateAdded = "connection.certificate_added", "Certificate added";
    CertificateRemoved = "connection.certificate_removed", "Certificate removed";
    MadeLive = "connection.made_live", "Revision made live";
    RolledBack = "connection.rolled_back", "Rolled back to an earlier revision";
    TeamSessionsEnded = "team.sessions_ended", "All sessions of the team's people ended";
    DraftDiscarded = "connection.draft_discarded", "Draft discarded";
    KeyCreated = "key.created", "Key created";
    KeyMadeCurrent = "key.made_current", "Key made current";
    KeyDeleted = "key.deleted", "Key deleted";
    PersonProvisioned = "person.provisioned", "Person provisioned";
    XmlSeen = "sign_in.xml_seen", "XML of a sign-in looked at";
    SignInsExported = "sign_in.exported", "Sign-ins downloaded";
    // accounts
    SignedUp = "account.signed_up", "Signed up";
    EmailVerified = "account.email_verified", "E-mail address confirmed";
    SignedIn = "account.signed_in", "Signed in";
    SignInFailed = "account.sign_in_failed", "Sign-in failed";
    SignedOut = "account.signed_out", "Signed out";
    FirstSupportCreated = "account.first_support_created", "First support account created";
    AccountCreated = "account.created", "Account created at the command line";
    // members, invitations, support accounts
    MemberInvited = "member.invited", "Member invited";
    InvitationResent = "invitation.resent", "Invitation sent again";
    InvitationRevoked = "invitation.revoked", "Invitation taken back";
    InvitationAccepted = "invitation.accepted", "Invitation accepted";
    MemberRoleChanged = "member.role_changed", "Member's role changed";
    MemberRemoved = "member.removed", "Member removed";
    MemberLeft = "member.left", "Member left";
    OwnershipHandedOver = "member.ownership_handed_over", "Ownership handed over";
    SecondFactorPolicyChanged = "team.second_factor_policy_changed", "Second-factor rule for members changed";
    OnboardingLinkSent = "team.onboarding_link_sent", "Onboarding link sent";
    StaffInvited = "staff.invited", "Support account invited";
    StaffRoleChanged = "staff.role_changed", "Support account's role changed";
    StaffRoleFromGroups = "staff.role_from_groups", "Support role set from the identity provider's groups";
    StaffLinked = "staff.linked", "Support account linked to a person of the vendor's team";
    AccountDeactivated = "account.deactivated", "Account deactivated";
    AccountReactivated = "account.reactivated", "Account activated again";
    VendorTeamMarked = "team.vendor_marked", "Team marked as the vendor's";
    VendorTeamUnmarked = "team.vendor_unmarked", "Team no longer the vendor's";
    VendorRolesChanged = "team.vendor_roles_changed", "Groups that give support roles changed";
    // passwords, addresses, guessing
    ConfirmationResent = "account.confirmation_resent", "Confirmation link asked for again";
    PasswordResetAsked = "account.password_reset_asked", "Link for a new password asked for";
    PasswordReset = "account.password_reset", "Password reset by a mailed link";
    PasswordChanged = "account.password_changed", "Password changed";
    PasswordRefused = "account.password_refused", "Wrong password given to confirm a change";
    EmailChangeAsked = "account.email_change_asked", "Change of e-mail address asked for";
    EmailChanged = "account.email_changed", "E-mail address changed";
    EmailChangeUndone = "account.email_change_undone", "Change of e-mail address undone";
    GuessingNoticed = "account.guessing_noticed", "Owner told of a burst of failed sign-ins";
    // second factors and sessions
    FactorAwaited = "account.factor_awaited", "Password accepted, second factor awaited";
    FactorFailed = "account.factor_failed", "Second factor refused";
    Confirmed = "account.confirmed", "Confirmed again who they are";
    ConfirmFailed = "account.confirm_failed", "Confirming again refused";
    TotpAdded = "factor.totp_added", "Authenticator app added";
    TotpRemoved = "factor.totp_removed", "Authenticator app removed";
    PasskeyAdded = "factor.passkey_added", "Passkey added";
    PasskeyRenamed = "factor.passkey_renamed", "Passkey renamed";
    PasskeyRemoved = "factor.passkey_removed", "Passkey removed";
    RecoveryCodesCreated = "factor.recovery_codes_created", "Recovery codes created";
    RecoveryCodeUsed = "factor.recovery_code_used", "Recovery code used";
    FactorsReset = "factor.reset", "Second factors taken away";
    SessionEnded = "session.ended", "Session ended";
    SessionsEnded = "session.others_ended", "All other sessions ended";
    SignedOutByIdp = "session.ended_by_idp", "Signed out by the identity provider";
    // operation
    MailTriedAgain = "mail.tried_again", "Undelivered mail tried again";
    MailDiscarded = "mail.discarded", "Undelivered mail discarded";
    SecretsResealed = "secrets.resealed", "Secrets sealed with the current key";
}

/// Something that happened, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: an e-mail address, "the command line", "somebody not signed in".
    pub actor: String,
    /// What, in words.
    pub action: String,
    /// On what, if not the team itself.
    pub target: Option<String>,
    /// What it was before, as JSON; secrets are left out.
    pub before: Option<String>,
    /// What it is after, as JSON.
    pub after: Option<String>,
    /// Words that go with it: a reason, a note.
    pub detail: Option<String>,
    /// From which address.
    pub ip: Option<String>,
}

/// What a page of the trail shows: empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// By whom: an e-mail address.
    pub actor: String,
    /// What: an action's code.
    pub action: String,
    /// From this day on, such as 2026-11-23.
    pub from: String,
    /// Until this day, it included.
    pub until: String,
    /// On the vendor's page: a team's slug, or [`Self::ALL`]; the vendor's own otherwise.
    pub team: String,
    /// Older than this place in the trail.
    pub older: String,
}

impl AuditFilter {
    /// The vendor's events and every team's.
    pub const ALL: &str = "all";

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_set(&self) -> bool {
        [&self.actor, &self.action, &self.from, &self.until].iter().any(|value| !value.trim().is_empty())
    }
}

/// A page of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The events, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// What it was filtered by.
    pub filter: AuditFilter,
}
