//! What a finding means and what can be done about it, for the admin who can fix it; and one
//! sentence for the person who only wanted to sign in. The text is in `findings.ftl` of the
//! message catalogue; here is who can fix it, where, and with which values. What was seen and
//! what is expected are shown beside it.

mod authn;
mod certificates;
mod claims;
mod conditions;
mod encryption;
mod example;
mod finding_text;
mod message;
mod portal;
mod request_options;
mod requests;
mod signatures;
mod statuses;

use messages::text;
use model::{FindingCode, IdentityProvider};

pub use example::{FindingExample, example};
pub use finding_text::{FindingText, finding_text, title};
pub use portal::team_not_active;
pub use request_options::{RequestOption, is_about_request, request_facts, suspected_options};
pub use statuses::{second_status_text, unrequested_status_text};

use crate::remediation::{Remediation, TeamValue};

/// Who can fix a finding, where, and with which values.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one line for each finding")]
pub const fn remediation(code: FindingCode) -> Remediation {
    use FindingCode as Code;
    match code {
        Code::NotBase64 => message::NOT_BASE64,
        Code::NotEncoded => message::NOT_ENCODED,
        Code::TooLarge => message::TOO_LARGE,
        Code::LimitExceeded => message::LIMIT_EXCEEDED,
        Code::NotXml => message::NOT_XML,
        Code::ForbiddenConstruct => message::FORBIDDEN_CONSTRUCT,
        Code::DoctypePresent => message::DOCTYPE_PRESENT,
        Code::ResponseMissing => message::RESPONSE_MISSING,
        Code::ResponseCompressed => message::RESPONSE_COMPRESSED,
        Code::ResponseByArtifact => message::RESPONSE_BY_ARTIFACT,
        Code::LogoutAtReplyUrl => message::LOGOUT_AT_REPLY_URL,
        Code::WsFederation => message::WS_FEDERATION,
        Code::WrongShape => message::WRONG_SHAPE,
        Code::SeveralAssertions => message::SEVERAL_ASSERTIONS,
        Code::WrongVersion => message::WRONG_VERSION,
        Code::ResponseInQuery => message::RESPONSE_IN_QUERY,
        Code::NoPassive => statuses::NO_PASSIVE,
        Code::NoAuthnContext => statuses::NO_AUTHN_CONTEXT,
        Code::InvalidNameIdPolicy => statuses::INVALID_NAME_ID_POLICY,
        Code::RequestUnsupported => statuses::REQUEST_UNSUPPORTED,
        Code::RequestDenied => statuses::REQUEST_DENIED,
        Code::AuthnFailed => statuses::AUTHN_FAILED,
        Code::UnsupportedBinding => statuses::UNSUPPORTED_BINDING,
        Code::StatusRequester => statuses::REQUESTER,
        Code::StatusResponder => statuses::RESPONDER,
        Code::StatusVersionMismatch => statuses::VERSION_MISMATCH,
        Code::StatusNotSuccess => statuses::NOT_SUCCESS,
        Code::Encrypted => encryption::ENCRYPTED,
        Code::EncryptedPart => encryption::ENCRYPTED_PART,
        Code::EncryptedForOther => encryption::ENCRYPTED_FOR_OTHER,
        Code::EncryptionNotAllowed => encryption::ENCRYPTION_NOT_ALLOWED,
        Code::DecryptionFailed => encryption::DECRYPTION_FAILED,
        Code::EncryptedToOldKey => encryption::ENCRYPTED_TO_OLD_KEY,
        Code::SignatureMissing => signatures::SIGNATURE_MISSING,
        Code::AlgorithmNotAllowed => signatures::ALGORITHM_NOT_ALLOWED,
        Code::AlgorithmSha1 => signatures::ALGORITHM_SHA1,
        Code::SignatureInvalid => signatures::SIGNATURE_INVALID,
        Code::SignedByOtherKey => signatures::SIGNED_BY_OTHER_KEY,
        Code::DigestMismatch => signatures::DIGEST_MISMATCH,
        Code::EnginesDisagree => signatures::ENGINES_DISAGREE,
        Code::SecondEngineUnreadable => signatures::SECOND_ENGINE_UNREADABLE,
        Code::SignedAssertion => signatures::SIGNED_ASSERTION,
        Code::SignedResponse => signatures::SIGNED_RESPONSE,
        Code::SignedBoth => signatures::SIGNED_BOTH,
        Code::CertificateUnknown => certificates::CERTIFICATE_UNKNOWN,
        Code::CertificateNext => certificates::CERTIFICATE_NEXT,
        Code::CertificateNotInMetadata => certificates::CERTIFICATE_NOT_IN_METADATA,
        Code::CertificateExpired => certificates::CERTIFICATE_EXPIRED,
        Code::CertificateNotYetValid => certificates::CERTIFICATE_NOT_YET_VALID,
        Code::CertificateReplaced => certificates::CERTIFICATE_REPLACED,
        Code::CertificateEndsSoon => certificates::CERTIFICATE_ENDS_SOON,
        Code::WrongIssuer => conditions::WRONG_ISSUER,
        Code::IssuerOtherTenant => conditions::ISSUER_OTHER_TENANT,
        Code::IssuerWithoutSlash => conditions::ISSUER_WITHOUT_SLASH,
        Code::CommonTenant => conditions::COMMON_TENANT,
        Code::WhiteSpace => conditions::WHITE_SPACE,
        Code::WrongAudience => conditions::WRONG_AUDIENCE,
        Code::AudienceMissing => conditions::AUDIENCE_MISSING,
        Code::WrongDestination => conditions::WRONG_DESTINATION,
        Code::WrongRecipient => conditions::WRONG_RECIPIENT,
        Code::NoBearerConfirmation => conditions::NO_BEARER_CONFIRMATION,
        Code::Expired => conditions::EXPIRED,
        Code::NotYetValid => conditions::NOT_YET_VALID,
        Code::ValidityWrong => conditions::VALIDITY_WRONG,
        Code::ClockBehind | Code::ClockAhead | Code::ClockSlightlyBehind | Code::ClockSlightlyAhead => {
            conditions::CLOCK
        }
        Code::ImplausibleTime => conditions::IMPLAUSIBLE_TIME,
        Code::MalformedTime => conditions::MALFORMED_TIME,
        Code::AuthnInstantTooOld => authn::AUTHN_INSTANT_TOO_OLD,
        Code::AuthnContextNotRequested => authn::AUTHN_CONTEXT_NOT_REQUESTED,
        Code::AuthnContextWeaker => authn::AUTHN_CONTEXT_WEAKER,
        Code::UnknownCondition => conditions::UNKNOWN_CONDITION,
        Code::NameIdMissing => claims::NAME_ID_MISSING,
        Code::NameIdEmpty => claims::NAME_ID_EMPTY,
        Code::NameIdUnusable => claims::NAME_ID_UNUSABLE,
        Code::NameIdFormatUnknown => claims::NAME_ID_FORMAT_UNKNOWN,
        Code::NameIdTransient => claims::NAME_ID_TRANSIENT,
        Code::NameIdFormatOther => claims::NAME_ID_FORMAT_OTHER,
        Code::EmailMissing => claims::EMAIL_MISSING,
        Code::EmailEmpty => claims::EMAIL_EMPTY,
        Code::EmailFromNameId => claims::EMAIL_FROM_NAME_ID,
        Code::EmailInvalid => claims::EMAIL_INVALID,
        Code::EmailDomain => claims::EMAIL_DOMAIN,
        Code::SeveralValues => claims::SEVERAL_VALUES,
        Code::GroupOverage => claims::GROUP_OVERAGE,
        Code::GuestAccount => claims::GUEST_ACCOUNT,
        Code::GroupsMissing => claims::GROUPS_MISSING,
        Code::GroupsJoined => claims::GROUPS_JOINED,
        Code::GroupsObjectIds => claims::GROUPS_OBJECT_IDS,
        Code::EmailLetterCase => claims::EMAIL_LETTER_CASE,
        Code::EmailPlus => claims::EMAIL_PLUS,
        Code::EmailShared => claims::EMAIL_SHARED,
        Code::NameIdChanged => claims::NAME_ID_CHANGED,
        Code::LogoutUnanswered => requests::LOGOUT_UNANSWERED,
        Code::Unsolicited => requests::UNSOLICITED,
        Code::InResponseToMissing => requests::IN_RESPONSE_TO_MISSING,
        Code::RequestUnknown => requests::REQUEST_UNKNOWN,
        Code::IdpInitiatedResponse => requests::IDP_INITIATED_RESPONSE,
        Code::RequestOfOtherTeam => requests::REQUEST_OF_OTHER_TEAM,
        Code::ReplyUrlOfOtherTeam => requests::REPLY_URL_OF_OTHER_TEAM,
        Code::ReplyUrlUnknown => requests::REPLY_URL_UNKNOWN,
        Code::RelayStateNotAllowed => requests::RELAY_STATE_NOT_ALLOWED,
        Code::RequestExpired => requests::REQUEST_EXPIRED,
        Code::Replayed => requests::REPLAYED,
        Code::SignedOut => requests::SIGNED_OUT,
        Code::OtherBrowser => requests::OTHER_BROWSER,
        Code::CookieMissing => requests::COOKIE_MISSING,
        Code::CodeExpired => requests::CODE_EXPIRED,
        Code::InterstitialDeclined => requests::INTERSTITIAL_DECLINED,
        Code::TeamNotActive => portal::TEAM_NOT_ACTIVE,
        Code::PersonDeactivated => portal::PERSON_DEACTIVATED,
        Code::ApplicationNotAllowed => portal::APPLICATION_NOT_ALLOWED,
        Code::NotConfigured => portal::NOT_CONFIGURED,
        Code::LoginUrlUnusable => portal::LOGIN_URL_UNUSABLE,
        Code::SupportDeactivated => portal::SUPPORT_DEACTIVATED,
        Code::SupportAccountExists => portal::SUPPORT_ACCOUNT_EXISTS,
        Code::TooManyAttempts => portal::TOO_MANY_ATTEMPTS,
        Code::Internal => portal::INTERNAL,
    }
}

/// The same where this identity provider is in use: Entra has no setting for the binding of its responses.
#[must_use]
pub const fn remediation_for(code: FindingCode, provider: IdentityProvider) -> Remediation {
    match (code, provider) {
        (FindingCode::ResponseByArtifact | FindingCode::ResponseInQuery, IdentityProvider::Entra) => {
            message::LOOK_IN_LOGS
        }
        _ => remediation(code),
    }
}

/// The value that a finding expects, where it is one that is entered, in Entra or in a form of
/// ours, or looked for there: that is worth copying, a limit is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedValue {
    /// One of the team's.
    Team(TeamValue),
    /// The thumbprints of certificates.
    Thumbprints,
    /// The name of a claim.
    ClaimName,
    /// An authentication context class.
    AuthnContext,
    /// The format of the name identifier.
    NameIdFormat,
    /// E-mail domains.
    EmailDomains,
}

impl ExpectedValue {
    /// What it is called where it is entered or looked for.
    #[must_use]
    pub fn label(self, provider: IdentityProvider) -> String {
        match self {
            Self::Team(value) => value.label(provider),
            Self::Thumbprints => text!("findings-expected-thumbprint"),
            Self::ClaimName => text!("findings-expected-claim-name"),
            Self::AuthnContext => text!("findings-expected-authn-context"),
            Self::NameIdFormat => text!("findings-expected-name-id-format"),
            Self::EmailDomains => text!("findings-expected-email-domains"),
        }
    }
}

/// Which value a finding expects, if it is worth copying.
#[must_use]
pub const fn expected_value(code: FindingCode) -> Option<ExpectedValue> {
    use FindingCode as Code;
    match code {
        Code::WrongAudience | Code::AudienceMissing => Some(ExpectedValue::Team(TeamValue::Identifier)),
        Code::WrongDestination | Code::WrongRecipient | Code::ReplyUrlOfOtherTeam | Code::ReplyUrlUnknown => {
            Some(ExpectedValue::Team(TeamValue::ReplyUrl))
        }
        Code::WrongIssuer | Code::IssuerOtherTenant | Code::IssuerWithoutSlash | Code::CommonTenant => {
            Some(ExpectedValue::Team(TeamValue::IdpEntityId))
        }
        Code::CertificateUnknown
        | Code::CertificateReplaced
        | Code::SignatureInvalid
        | Code::SignedByOtherKey
        | Code::EncryptedForOther
        | Code::DecryptionFailed
        | Code::EncryptedToOldKey => Some(ExpectedValue::Thumbprints),
        Code::EmailMissing => Some(ExpectedValue::ClaimName),
        Code::NameIdFormatOther => Some(ExpectedValue::NameIdFormat),
        Code::AuthnContextNotRequested => Some(ExpectedValue::AuthnContext),
        Code::EmailDomain => Some(ExpectedValue::EmailDomains),
        _ => None,
    }
}

/// The one thing that a person can do whose sign-in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonNextStep {
    /// Begin again: that mends it.
    StartAgain,
    /// Tell the IT team, who have to change something.
    TellIt,
}

/// What the person whose sign-in did not work is to do.
#[must_use]
pub const fn next_step_for_person(code: FindingCode) -> PersonNextStep {
    use FindingCode as Code;
    match code {
        Code::CookieMissing
        | Code::OtherBrowser
        | Code::CodeExpired
        | Code::RequestUnknown
        | Code::RequestExpired
        | Code::Replayed
        | Code::SignedOut
        | Code::Expired
        | Code::ImplausibleTime
        | Code::AuthnInstantTooOld
        | Code::InterstitialDeclined
        | Code::TooManyAttempts
        | Code::Unsolicited
        | Code::IdpInitiatedResponse
        | Code::DigestMismatch
        | Code::NotXml
        | Code::NotBase64
        | Code::Internal => PersonNextStep::StartAgain,
        _ => PersonNextStep::TellIt,
    }
}

/// What the person reads who signs in: one plain sentence that helps no attacker.
#[must_use]
pub fn text_for_person(code: FindingCode) -> String {
    use FindingCode as Code;
    match code {
        Code::TeamNotActive => text!("finding-person-team-not-active"),
        Code::PersonDeactivated => text!("finding-person-is-deactivated"),
        Code::ApplicationNotAllowed => text!("finding-person-application-not-allowed"),
        Code::CookieMissing => text!("finding-person-cookie-missing"),
        Code::OtherBrowser
        | Code::CodeExpired
        | Code::RequestUnknown
        | Code::RequestExpired
        | Code::Replayed
        | Code::SignedOut
        | Code::Expired
        | Code::ImplausibleTime => text!("finding-person-sign-in-ended"),
        Code::RequestOfOtherTeam | Code::ReplyUrlOfOtherTeam | Code::ReplyUrlUnknown | Code::LogoutAtReplyUrl => {
            text!("finding-person-wrong-address")
        }
        Code::AuthnInstantTooOld => text!("finding-person-authenticate-again"),
        Code::InterstitialDeclined => text!("finding-person-declined"),
        Code::TooManyAttempts => text!("finding-person-too-many"),
        Code::DigestMismatch | Code::NotXml | Code::NotBase64 => text!("finding-person-changed-on-way"),
        Code::Unsolicited | Code::IdpInitiatedResponse => text!("finding-person-start-elsewhere"),
        Code::NoPassive
        | Code::NoAuthnContext
        | Code::InvalidNameIdPolicy
        | Code::RequestUnsupported
        | Code::RequestDenied
        | Code::AuthnFailed
        | Code::UnsupportedBinding
        | Code::StatusRequester
        | Code::StatusResponder
        | Code::StatusVersionMismatch
        | Code::StatusNotSuccess => text!("finding-person-not-let-through"),
        Code::EmailMissing
        | Code::EmailEmpty
        | Code::EmailInvalid
        | Code::NameIdMissing
        | Code::NameIdEmpty
        | Code::NameIdUnusable => text!("finding-person-unknown-person"),
        Code::NameIdTransient => text!("finding-person-changes-name"),
        Code::EmailDomain => text!("finding-person-not-allowed"),
        Code::GroupsMissing | Code::SupportDeactivated | Code::SupportAccountExists => {
            text!("finding-person-no-support-access")
        }
        Code::Internal => text!("finding-person-internal"),
        _ => text!("finding-person-not-completed"),
    }
}

#[cfg(test)]
mod tests;
