//! Why a logout message is rejected.

use chrono::{DateTime, SecondsFormat, Utc};
use strum::{IntoStaticStr, VariantNames};

use crate::bindings::redirect::RedirectSignatureError;
use crate::error_code::ErrorCode;
use crate::response::Rejection;
use crate::xml::{Construct, PrefilterError, XmlError};

/// Why a logout message may not be acted upon. What is quoted from the message is shortened,
/// and must be escaped where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case", prefix = "logout_")]
#[non_exhaustive]
pub enum LogoutRejection {
    /// What came by redirect cannot be read or believed.
    #[error(transparent)]
    Redirect(#[from] RedirectSignatureError),
    /// What came by POST cannot be read or believed.
    #[error("{0}")]
    Post(#[from] Rejection),
    /// Not well-formed.
    #[error("the logout message is not well-formed XML: {what}")]
    NotXml {
        /// Why not.
        what: XmlError,
    },
    /// With a construct that is not read.
    #[error("the logout message contains {what}")]
    ForbiddenConstruct {
        /// Which.
        what: Construct,
    },
    /// XML, but no logout message of SAML 2.0, or the other one than its parameter says.
    #[error("the message is not a SAML 2.0 {expected}")]
    WrongMessage {
        /// What it should be.
        expected: &'static str,
    },
    /// A part is missing, wrong or there twice.
    #[error("the logout message's {part} is missing, wrong or there twice")]
    InvalidPart {
        /// Which.
        part: &'static str,
    },
    /// Whom the request is about is encrypted.
    #[error(
        "the logout request names the person in an EncryptedID, which is not supported: \
         let the identity provider send the NameID in the clear"
    )]
    EncryptedId,
    /// The name identifier is longer than any.
    #[error("the logout request's NameID has {actual} bytes, of which {limit} are allowed")]
    NameIdTooLong {
        /// How long it is.
        actual: usize,
        /// How long it may be.
        limit: usize,
    },
    /// From somebody else.
    #[error("the logout message is from {actual}, expected was {expected}")]
    WrongIssuer {
        /// The identity provider's entity id.
        expected: String,
        /// What the message says.
        actual: String,
    },
    /// For somebody else.
    #[error("the logout message is for {actual}, expected was {expected}")]
    WrongDestination {
        /// Our address.
        expected: String,
        /// What the message says.
        actual: String,
    },
    /// Signed, and for nobody in particular.
    #[error("the logout message is for nobody, expected was {expected}")]
    DestinationMissing {
        /// Our address.
        expected: String,
    },
    /// Issued long ago, or in the future.
    #[error("the logout message was issued at {issue_instant}, it is {now}: check both clocks")]
    ImplausibleTime {
        /// When it says it was issued.
        issue_instant: DateTime<Utc>,
        /// When it came.
        now: DateTime<Utc>,
    },
    /// The request's time is over.
    #[error("the logout request ended at {not_on_or_after}, it is {now}")]
    Expired {
        /// When.
        not_on_or_after: DateTime<Utc>,
        /// When it came.
        now: DateTime<Utc>,
    },
    /// The response answers another request.
    #[error("the logout response answers {actual}, and the request was {expected}")]
    UnknownRequest {
        /// The request that was sent.
        expected: String,
        /// What the response says.
        actual: String,
    },
    /// The response answers a request that is not open.
    #[error("the logout response answers {actual}, and no logout was asked for")]
    Unsolicited {
        /// What the response says.
        actual: String,
    },
}

impl From<PrefilterError> for LogoutRejection {
    fn from(error: PrefilterError) -> Self {
        match error {
            PrefilterError::Forbidden(what) => Self::ForbiddenConstruct { what },
            PrefilterError::Malformed(what) => Self::NotXml { what },
        }
    }
}

/// What came by POST has a code for all that may be wrong with it: a caller can say more of the rejection.
impl ErrorCode for LogoutRejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Redirect(error) => error.code(),
            Self::NotXml { what } => what.code(),
            Self::ForbiddenConstruct { what } => what.code(),
            own => own.into(),
        }
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Redirect(error) => error.values(),
            Self::NotXml { what } => what.values(),
            Self::ForbiddenConstruct { what } => what.values(),
            Self::Post(_) | Self::EncryptedId => Vec::new(),
            Self::WrongMessage { expected } => vec![("expected", (*expected).to_owned())],
            Self::InvalidPart { part } => vec![("part", (*part).to_owned())],
            Self::NameIdTooLong { actual, limit } => {
                vec![("actual", actual.to_string()), ("limit", limit.to_string())]
            }
            Self::WrongIssuer { expected, actual }
            | Self::WrongDestination { expected, actual }
            | Self::UnknownRequest { expected, actual } => {
                vec![("expected", expected.clone()), ("actual", actual.clone())]
            }
            Self::DestinationMissing { expected } => vec![("expected", expected.clone())],
            Self::Unsolicited { actual } => vec![("actual", actual.clone())],
            Self::ImplausibleTime { issue_instant: at, now } | Self::Expired { not_on_or_after: at, now } => {
                vec![("at", whole_seconds(at)), ("now", whole_seconds(now))]
            }
        }
    }
}

fn whole_seconds(instant: &DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
