//! Why somebody was not let in.

use model::{FindingCode, Reference, TeamSlug};
use saml::response::Rejection;
use store::attempts::{Attempt, Failure};
use store::teams::Team;

use crate::{Error, Internal};

/// A sign-in that was refused: what the page says, and what the attempt remembers.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why.
    pub code: FindingCode,
    /// The attempt's reference, if there is an attempt.
    pub reference: Option<Reference>,
    /// The team's name, where it is no secret: its own people came to its address.
    pub team_name: Option<String>,
    /// For a test sign-in: the team whose set-up shows the details.
    pub test_of: Option<TeamSlug>,
}

/// What a step of a sign-in ends with instead of its result.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// Refused, for a reason that has a name.
    #[error("sign-in refused: {}", .0.code.as_str())]
    Refused(Box<Refusal>),
    /// Our own fault.
    #[error(transparent)]
    Internal(Error),
}

impl<E: Into<Internal>> From<E> for SignOnError {
    fn from(error: E) -> Self {
        Self::Internal(Error::Internal(error.into()))
    }
}

impl From<Error> for SignOnError {
    fn from(error: Error) -> Self {
        Self::Internal(error)
    }
}

impl SignOnError {
    /// A refusal before there is an attempt.
    pub(super) fn refused(code: FindingCode, team: Option<&Team>) -> Self {
        Self::Refused(Box::new(Refusal {
            code,
            reference: None,
            team_name: team.map(|team| team.name.clone()),
            test_of: None,
        }))
    }

    /// A refusal that belongs to an attempt.
    pub(super) fn of_attempt(code: FindingCode, team: &Team, attempt: &Attempt) -> Self {
        Self::Refused(Box::new(Refusal {
            code,
            reference: Some(Reference::from_stored(attempt.reference.clone())),
            team_name: Some(team.name.clone()),
            test_of: attempt.is_test.then(|| team.slug().ok()).flatten(),
        }))
    }
}

/// What a rejected response is remembered as.
pub(super) fn failure(rejection: &Rejection) -> Failure {
    Failure { finding: finding(rejection), expected: rejection.expected(), actual: rejection.actual(), seen: None }
}

/// The stable code of each of the protocol's verdicts.
fn finding(rejection: &Rejection) -> FindingCode {
    use FindingCode as Code;
    match rejection {
        Rejection::NotBase64 => Code::NotBase64,
        Rejection::TooLarge { .. } => Code::TooLarge,
        Rejection::NotUtf8 | Rejection::NotXml { .. } => Code::NotXml,
        Rejection::ForbiddenConstruct { .. } => Code::ForbiddenConstruct,
        Rejection::WrongShape { .. } => Code::WrongShape,
        Rejection::Encrypted => Code::Encrypted,
        Rejection::EncryptedForOther => Code::EncryptedForOther,
        Rejection::EncryptionNotAllowed { .. } => Code::EncryptionNotAllowed,
        Rejection::DecryptionFailed => Code::DecryptionFailed,
        Rejection::StatusNotSuccess { .. } => Code::StatusNotSuccess,
        Rejection::SignatureMissing => Code::SignatureMissing,
        Rejection::AlgorithmNotAllowed { .. } => Code::AlgorithmNotAllowed,
        Rejection::SignatureInvalid => Code::SignatureInvalid,
        Rejection::DigestMismatch => Code::DigestMismatch,
        Rejection::EnginesDisagree => Code::EnginesDisagree,
        Rejection::CertificateExpired { .. } | Rejection::CertificateNotYetValid { .. } => Code::CertificateExpired,
        Rejection::WrongVersion { .. } => Code::WrongVersion,
        Rejection::WrongIssuer { .. } => Code::WrongIssuer,
        Rejection::WrongAudience { .. } => Code::WrongAudience,
        Rejection::WrongDestination { .. } => Code::WrongDestination,
        Rejection::WrongRecipient { .. } => Code::WrongRecipient,
        Rejection::NoBearerConfirmation => Code::NoBearerConfirmation,
        Rejection::Expired { .. } => Code::Expired,
        Rejection::NotYetValid { .. } => Code::NotYetValid,
        Rejection::ImplausibleTime { .. } => Code::ImplausibleTime,
        Rejection::UnknownCondition { .. } => Code::UnknownCondition,
        Rejection::NameIdMissing | Rejection::NameIdUnusable { .. } => Code::NameIdMissing,
        Rejection::Unsolicited => Code::Unsolicited,
        Rejection::UnknownRequest { .. } => Code::UnknownRequest,
        Rejection::NotConfigured => Code::NotConfigured,
        Rejection::Internal { .. } => Code::Internal,
    }
}
