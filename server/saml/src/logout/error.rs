//! Why a logout message is rejected.

use chrono::{DateTime, Utc};

use crate::bindings::redirect::RedirectSignatureError;
use crate::response::Rejection;

/// Why a logout message may not be acted upon. What is quoted from the message is shortened,
/// and must be escaped where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogoutError {
    /// What came by redirect cannot be read or believed.
    #[error(transparent)]
    Redirect(#[from] RedirectSignatureError),
    /// What came by POST cannot be read or believed.
    #[error("{0}")]
    Post(#[from] Rejection),
    /// Not XML that is let in.
    #[error("the logout message is not acceptable XML: {detail}")]
    NotXml {
        /// Why not.
        detail: String,
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
    #[error("the logout message is for {}, expected was {expected}", actual.as_deref().unwrap_or("nobody"))]
    WrongDestination {
        /// Our address.
        expected: String,
        /// What the message says.
        actual: Option<String>,
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
    /// The response answers another request, or none was sent.
    #[error(
        "the logout response answers {actual}, and {}",
        expected.as_ref().map_or("no logout was asked for".to_owned(), |id| format!("the request was {id}"))
    )]
    UnknownRequest {
        /// The request that was sent.
        expected: Option<String>,
        /// What the response says.
        actual: String,
    },
}
