//! The audit trail: what can happen, and how an event is shown.

mod detail;
mod trail;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use detail::{AuditDetail, BrowserName};
pub use trail::{AuditEntry, AuditFilter, AuditPage};

/// What kind of actor a request has, for logs and the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum ActorKind {
    /// Nobody is signed in.
    Anonymous,
    /// An account without a role in support.
    Member,
    /// An account of support.
    Support,
    /// The operator.
    Operator,
    /// The portal itself.
    Portal,
}

coded!(ActorKind);

impl ActorKind {
    /// Whether an account acts, which has an e-mail address to be named by.
    #[must_use]
    pub const fn has_account(self) -> bool {
        matches!(self, Self::Member | Self::Support)
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)+) => {
        /// What happened: every security-relevant act, with a stable code.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
        )]
        pub enum AuditAction {
            $($(#[$doc])* #[strum(serialize = $code)] $variant,)+
        }

        coded!(AuditAction);
    };
}

actions! {
    // teams and connections
    /// Team created.
    TeamCreated = "team.created",
    /// Team given another name.
    TeamRenamed = "team.renamed",
    /// Team imported from a file.
    TeamImported = "team.imported",
    /// Configuration submitted for review.
    TeamSubmitted = "team.submitted",
    /// Configuration taken back from review.
    TeamWithdrawn = "team.withdrawn",
    /// Team went live after a successful test.
    TeamActivated = "team.activated",
    /// Team approved.
    TeamApproved = "team.approved",
    /// Changes asked for.
    ChangesRequested = "team.changes_requested",
    /// Team suspended.
    TeamSuspended = "team.suspended",
    /// Team resumed.
    TeamResumed = "team.resumed",
    /// Team's administrators reminded of its set-up.
    TeamReminded = "team.reminded",
    /// Identity provider's addresses saved.
    UrlsSaved = "connection.urls_saved",
    /// Addresses filled in from metadata.
    UrlsFromMetadata = "connection.urls_from_metadata",
    /// App Federation Metadata URL changed.
    MetadataUrlSaved = "connection.metadata_url_saved",
    /// Claim mapping saved.
    ClaimsSaved = "connection.claims_saved",
    /// Sign-in options saved.
    OptionsSaved = "connection.options_saved",
    /// Identity provider chosen.
    IdentityProviderChosen = "team.identity_provider_chosen",
    /// Request binding saved.
    BindingSaved = "connection.binding_saved",
    /// Certificate added.
    CertificateAdded = "connection.certificate_added",
    /// Certificate removed.
    CertificateRemoved = "connection.certificate_removed",
    /// Revision made live.
    MadeLive = "connection.made_live",
    /// Rolled back to an earlier revision.
    RolledBack = "connection.rolled_back",
    /// All sessions of the team's people ended.
    TeamSessionsEnded = "team.sessions_ended",
    /// Draft discarded.
    DraftDiscarded = "connection.draft_discarded",
    /// Key created.
    KeyCreated = "key.created",
    /// Key made current.
    KeyMadeCurrent = "key.made_current",
    /// Key deleted.
    KeyDeleted = "key.deleted",
    /// Person provisioned.
    PersonProvisioned = "person.provisioned",
    /// Person deactivated.
    PersonDeactivated = "person.deactivated",
    /// Person activated again.
    PersonReactivated = "person.reactivated",
    /// Person erased.
    PersonErased = "person.erased",
    /// Sessions of a person ended.
    PersonSessionsEnded = "person.sessions_ended",
    /// People downloaded.
    PeopleExported = "person.exported",
    /// XML of a sign-in looked at.
    XmlViewed = "sign_in.xml_viewed",
    /// Sign-ins downloaded.
    SignInsExported = "sign_in.exported",
    /// List of teams downloaded.
    TeamsExported = "team.exported",
    // reviews and notes of support's
    /// Support began to see the team as its members do.
    TeamViewedBySupport = "team.viewed_by_support",
    /// Review taken.
    ReviewTaken = "review.taken",
    /// Review handed over.
    ReviewHandedOver = "review.handed_over",
    /// Note about a team written.
    NoteWritten = "note.written",
    /// Note about a team deleted.
    NoteDeleted = "note.deleted",
    // applications
    /// Application registered.
    ApplicationCreated = "application.created",
    /// Application changed.
    ApplicationChanged = "application.changed",
    /// Application disabled.
    ApplicationDisabled = "application.disabled",
    /// Application enabled.
    ApplicationEnabled = "application.enabled",
    /// Secret of an application created.
    ApplicationSecretCreated = "application.secret_created",
    /// Secret of an application deleted.
    ApplicationSecretDeleted = "application.secret_deleted",
    /// Key that tokens are signed with created.
    SigningKeyCreated = "signing_key.created",
    /// Key that tokens are signed with deleted.
    SigningKeyDeleted = "signing_key.deleted",
    // accounts
    /// Signed up.
    SignedUp = "account.signed_up",
    /// E-mail address confirmed.
    EmailVerified = "account.email_verified",
    /// Signed in.
    SignedIn = "account.signed_in",
    /// Sign-in failed.
    SignInFailed = "account.sign_in_failed",
    /// Signed out.
    SignedOut = "account.signed_out",
    /// First support account created.
    FirstSupportAccountCreated = "account.first_support_created",
    /// Account created at the command line.
    AccountCreated = "account.created",
    // members, invitations, support accounts
    /// Member invited.
    MemberInvited = "member.invited",
    /// Invitation sent again.
    InvitationResent = "invitation.resent",
    /// Invitation taken back.
    InvitationRevoked = "invitation.revoked",
    /// Invitation accepted.
    InvitationAccepted = "invitation.accepted",
    /// Member's role changed.
    MemberRoleChanged = "member.role_changed",
    /// Member removed.
    MemberRemoved = "member.removed",
    /// Member left.
    MemberLeft = "member.left",
    /// Ownership handed over.
    OwnershipTransferred = "member.ownership_transferred",
    /// Second-factor rule for members changed.
    SecondFactorPolicyChanged = "team.second_factor_policy_changed",
    /// Onboarding link sent.
    OnboardingLinkSent = "team.onboarding_link_sent",
    /// Support account invited.
    SupportInvited = "support.invited",
    /// Support account's role changed.
    SupportRoleChanged = "support.role_changed",
    /// Support role set from the identity provider's groups.
    SupportRoleFromGroups = "support.role_from_groups",
    /// Support account linked to a person of the vendor's team.
    SupportLinked = "support.linked",
    /// Account deactivated.
    AccountDeactivated = "account.deactivated",
    /// Account activated again.
    AccountReactivated = "account.reactivated",
    /// Team marked as the vendor's.
    VendorTeamMarked = "team.vendor_marked",
    /// Team no longer the vendor's.
    VendorTeamUnmarked = "team.vendor_unmarked",
    /// Groups that give support roles changed.
    VendorRolesChanged = "team.vendor_roles_changed",
    // passwords, addresses, guessing
    /// Confirmation link asked for again.
    ConfirmationResent = "account.confirmation_resent",
    /// Link for a new password asked for.
    PasswordResetRequested = "account.password_reset_requested",
    /// Password reset by a mailed link.
    PasswordReset = "account.password_reset",
    /// Password changed.
    PasswordChanged = "account.password_changed",
    /// Wrong password given to confirm a change.
    PasswordRejected = "account.password_refused",
    /// Change of e-mail address asked for.
    EmailChangeRequested = "account.email_change_requested",
    /// E-mail address changed.
    EmailChanged = "account.email_changed",
    /// Change of e-mail address undone.
    EmailChangeUndone = "account.email_change_undone",
    /// Owner told of a burst of failed sign-ins.
    FailedLoginNoticeSent = "account.failed_login_notice_sent",
    // second factors and sessions
    /// Password accepted, second factor awaited.
    SecondFactorPending = "account.factor_awaited",
    /// Second factor refused.
    SecondFactorFailed = "account.factor_failed",
    /// Confirmed again who they are.
    Reauthenticated = "account.reauthenticated",
    /// Confirming again refused.
    ReauthenticationFailed = "account.reauthentication_failed",
    /// Authenticator app added.
    TotpAdded = "factor.totp_added",
    /// Authenticator app removed.
    TotpRemoved = "factor.totp_removed",
    /// Passkey added.
    PasskeyAdded = "factor.passkey_added",
    /// Passkey renamed.
    PasskeyRenamed = "factor.passkey_renamed",
    /// Passkey removed.
    PasskeyRemoved = "factor.passkey_removed",
    /// Recovery codes created.
    RecoveryCodesCreated = "factor.recovery_codes_created",
    /// Recovery code used.
    RecoveryCodeUsed = "factor.recovery_code_used",
    /// Second factors taken away.
    FactorsReset = "factor.reset",
    /// Session ended.
    SessionEnded = "session.ended",
    /// All other sessions ended.
    OtherSessionsEnded = "session.others_ended",
    /// Signed out by the identity provider.
    SignedOutByIdp = "session.ended_by_idp",
    // operation
    /// Undelivered mail tried again.
    MailTriedAgain = "mail.tried_again",
    /// Undelivered mail discarded.
    MailDiscarded = "mail.discarded",
    /// Secrets sealed with the current key.
    SecretsResealed = "secrets.resealed",
}

impl AuditAction {
    /// Whether it changes how a team's people sign in, or decides on that.
    #[must_use]
    pub fn is_about_connection(self) -> bool {
        let code = self.as_str();
        code.starts_with("connection.")
            || code.starts_with("key.")
            || matches!(
                self,
                Self::TeamSubmitted
                    | Self::TeamWithdrawn
                    | Self::TeamActivated
                    | Self::TeamApproved
                    | Self::ChangesRequested
                    | Self::TeamSuspended
                    | Self::TeamResumed
            )
    }
}
