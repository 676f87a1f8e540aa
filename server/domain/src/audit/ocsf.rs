//! Events for other programs: one JSON object a line, in the classes of the Open
//! Cybersecurity Schema Framework (OCSF 1.5, <https://schema.ocsf.io>) where one fits.

use messages::Text as _;
use model::AuditAction;
use serde_json::{Value, json};
use store::audit::AuditEvent;

use super::{detail, kind_without_account};
use crate::Services;

const OCSF_VERSION: &str = "1.5.0";
/// Identity & Access Management.
const CATEGORY: u32 = 3;

/// A class of OCSF and an activity in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OcsfClass {
    /// Account Change (3001).
    Account(u32),
    /// Authentication (3002).
    Authentication(u32),
    /// Entity Management (3004).
    Entity(u32),
    /// User Access Management (3005).
    Access(u32),
}

// Activities, by the numbers of their class.
const CREATE: u32 = 1;
const ENABLE: u32 = 2;
const PASSWORD_CHANGE: u32 = 3;
const PASSWORD_RESET: u32 = 4;
const DISABLE: u32 = 5;
const FACTOR_ENABLE: u32 = 10;
const FACTOR_DISABLE: u32 = 11;
const READ: u32 = 2;
const UPDATE: u32 = 3;
const DELETE: u32 = 4;
const LOGON: u32 = 1;
const LOGOFF: u32 = 2;
const ASSIGN: u32 = 1;
const REVOKE: u32 = 2;
const OTHER: u32 = 99;

impl OcsfClass {
    const fn uid(self) -> u32 {
        match self {
            Self::Account(_) => 3001,
            Self::Authentication(_) => 3002,
            Self::Entity(_) => 3004,
            Self::Access(_) => 3005,
        }
    }

    const fn activity(self) -> u32 {
        match self {
            Self::Account(activity)
            | Self::Authentication(activity)
            | Self::Entity(activity)
            | Self::Access(activity) => activity,
        }
    }
}

/// Where an action belongs.
const fn class(action: AuditAction) -> OcsfClass {
    use AuditAction as A;
    match action {
        A::SignedIn | A::SignInFailed | A::SecondFactorPending | A::SecondFactorFailed => {
            OcsfClass::Authentication(LOGON)
        }
        A::SignedOut
        | A::SignedOutByIdp
        | A::SessionEnded
        | A::OtherSessionsEnded
        | A::TeamSessionsEnded
        | A::PersonSessionsEnded => OcsfClass::Authentication(LOGOFF),
        A::Reauthenticated | A::ReauthenticationFailed | A::PasswordRejected | A::FailedLoginNoticeSent => {
            OcsfClass::Authentication(OTHER)
        }
        A::SignedUp
        | A::FirstSupportAccountCreated
        | A::AccountCreated
        | A::PersonProvisioned
        | A::SupportInvited
        | A::InvitationAccepted => OcsfClass::Account(CREATE),
        A::AccountReactivated | A::PersonReactivated => OcsfClass::Account(ENABLE),
        A::PasswordChanged => OcsfClass::Account(PASSWORD_CHANGE),
        A::PasswordReset | A::PasswordResetRequested => OcsfClass::Account(PASSWORD_RESET),
        A::AccountDeactivated | A::PersonDeactivated => OcsfClass::Account(DISABLE),
        A::TotpAdded | A::PasskeyAdded | A::RecoveryCodesCreated => OcsfClass::Account(FACTOR_ENABLE),
        A::TotpRemoved | A::PasskeyRemoved | A::FactorsReset => OcsfClass::Account(FACTOR_DISABLE),
        A::EmailVerified
        | A::ConfirmationResent
        | A::EmailChangeRequested
        | A::EmailChanged
        | A::EmailChangeUndone
        | A::PasskeyRenamed
        | A::RecoveryCodeUsed
        | A::SupportLinked => OcsfClass::Account(OTHER),
        A::MemberInvited
        | A::MemberRoleChanged
        | A::OwnershipTransferred
        | A::ReviewTaken
        | A::ReviewHandedOver
        | A::SupportRoleChanged
        | A::SupportRoleFromGroups
        | A::OnboardingLinkSent
        | A::InvitationResent => OcsfClass::Access(ASSIGN),
        A::MemberRemoved | A::MemberLeft | A::InvitationRevoked => OcsfClass::Access(REVOKE),
        A::TeamCreated
        | A::TeamImported
        | A::CertificateAdded
        | A::KeyCreated
        | A::NoteWritten
        | A::ApplicationCreated
        | A::ApplicationSecretCreated
        | A::SigningKeyCreated => OcsfClass::Entity(CREATE),
        A::XmlViewed | A::TeamViewedBySupport | A::SignInsExported | A::TeamsExported | A::PeopleExported => {
            OcsfClass::Entity(READ)
        }
        A::ApplicationSecretDeleted
        | A::SigningKeyDeleted
        | A::CertificateRemoved
        | A::KeyDeleted
        | A::NoteDeleted
        | A::DraftDiscarded
        | A::MailDiscarded
        | A::PersonErased => OcsfClass::Entity(DELETE),
        A::ApplicationChanged
        | A::ApplicationDisabled
        | A::ApplicationEnabled
        | A::TeamSubmitted
        | A::TeamWithdrawn
        | A::TeamActivated
        | A::TeamApproved
        | A::ChangesRequested
        | A::TeamSuspended
        | A::TeamResumed
        | A::TeamReminded
        | A::UrlsSaved
        | A::UrlsFromMetadata
        | A::MetadataUrlSaved
        | A::ClaimsSaved
        | A::OptionsSaved
        | A::BindingSaved
        | A::TeamRenamed
        | A::IdentityProviderChosen
        | A::MadeLive
        | A::RolledBack
        | A::KeyMadeCurrent
        | A::SecondFactorPolicyChanged
        | A::VendorTeamMarked
        | A::VendorTeamUnmarked
        | A::VendorRolesChanged
        | A::SecretsResealed
        | A::MailTriedAgain => OcsfClass::Entity(UPDATE),
    }
}

/// Whether what was tried did not come to pass.
const fn failed(action: AuditAction) -> bool {
    matches!(
        action,
        AuditAction::SignInFailed
            | AuditAction::SecondFactorFailed
            | AuditAction::ReauthenticationFailed
            | AuditAction::PasswordRejected
    )
}

/// An event as a line of JSON.
pub(super) fn ocsf_line(services: &Services, event: &AuditEvent) -> String {
    let action = event.action.clone().known();
    let class = action.map_or(OcsfClass::Entity(OTHER), class);
    let (uid, activity) = (class.uid(), class.activity());
    let failed = action.is_some_and(failed);
    let brand = &services.settings.brand;
    let mut object = json!({
        "class_uid": uid,
        "category_uid": CATEGORY,
        "activity_id": activity,
        "type_uid": uid * 100 + activity,
        "severity_id": 1,
        "status_id": if failed { 2 } else { 1 },
        "time": event.at.timestamp_millis(),
        "message": action.map_or_else(|| event.action.as_str().to_owned(), |action| action.text()),
        "metadata": {
            "version": OCSF_VERSION,
            "uid": event.id.to_string(),
            "event_code": event.action.as_str(),
            "product": { "name": brand.product_name, "vendor_name": brand.vendor_name },
            "tenant_uid": event.team_id.map(|id| id.to_string()),
        },
        "actor": { "user": { "name": actor_name(event), "type": event.actor_kind.as_str() } },
        "unmapped": {
            "detail": event.detail.as_deref().map(detail::exported),
            "before": event.before_value.as_deref().map(parsed),
            "after": event.after_value.as_deref().map(parsed),
            "sequence": event.sequence,
            "previous_hash": hex::encode(&event.previous_hash),
            "hash": hex::encode(&event.hash),
        },
    });
    let about = event.target.as_deref().unwrap_or(&event.actor);
    let (key, value) = match class {
        OcsfClass::Entity(_) => {
            ("entity", json!({ "name": event.target, "type": event.action.as_str().split('.').next() }))
        }
        OcsfClass::Account(_) | OcsfClass::Authentication(_) | OcsfClass::Access(_) => {
            ("user", json!({ "name": about }))
        }
    };
    if let Value::Object(fields) = &mut object {
        fields.insert(key.to_owned(), value);
        if let Some(ip) = &event.ip {
            fields.insert("src_endpoint".to_owned(), json!({ "ip": ip }));
        }
    }
    object.to_string()
}

/// What was written as JSON, as such.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}
/// An account's address, or the code of what kind of actor it was: earlier versions kept words for that.
fn actor_name(event: &AuditEvent) -> &str {
    kind_without_account(event).map_or(event.actor.as_str(), |kind| kind.as_str())
}
