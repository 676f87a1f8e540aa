//! Why a response is not accepted.

use chrono::{DateTime, SecondsFormat, Utc};

use super::problems::{ConfirmationError, InternalFault, NameIdError, TimedPart};
use super::shape_error::ShapeError;
use crate::bindings::post::FormValueError;
use crate::display::{displayable, joined_or_placeholder, or_placeholder};
use crate::xml::{Construct, DuplicateChild, InstantError, PrefilterError, XmlError};

/// Why a response is rejected: one variant per reason. The texts say what happened and what
/// to do about it, for an administrator; none contains the assertion, and every value taken
/// from the document is cut to 300 characters and has no control characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no certificate to verify with.
    #[error("no signing certificate is set up: upload the identity provider's certificate")]
    NotConfigured,
    /// Larger than is let in.
    #[error(
        "the response has {actual} bytes, of which {limit} are allowed: have the identity provider send fewer groups"
    )]
    TooLarge {
        /// What is let in.
        limit: usize,
        /// How large it is.
        actual: usize,
    },
    /// The posted value is not Base64.
    #[error("SAMLResponse is not Base64: start again from the sign-in page")]
    NotBase64,
    /// Not text in UTF-8.
    #[error("the response is not text in UTF-8: have the identity provider send UTF-8")]
    NotUtf8,
    /// Not well-formed.
    #[error("the response is not well-formed XML ({what}): start again from the sign-in page")]
    NotXml {
        /// What the parser says.
        what: XmlError,
    },
    /// With a construct that is not read, or with more of one than is read.
    #[error("the response contains {what}, which this service does not read: have the identity provider leave it out")]
    ForbiddenConstruct {
        /// Which.
        what: Construct,
    },
    /// Not one response with one assertion in it, put together as SAML says.
    #[error("the response is not put together as SAML says: {what}")]
    WrongShape {
        /// What is wrong.
        what: ShapeError,
    },
    /// More than one assertion: which one counts is what signature wrapping plays with.
    #[error("the response has several assertions: have the identity provider send one")]
    SeveralAssertions,
    /// The assertion is encrypted, and there is no key to decrypt it with.
    #[error(
        "the assertion is encrypted, and no key is set up: switch token encryption off at the identity provider, or create a key and upload its certificate there"
    )]
    Encrypted,
    /// The name identifier is encrypted by itself (core §2.2.4), which is not supported.
    #[error(
        "the name identifier is encrypted by itself: have the identity provider encrypt the whole assertion, or nothing"
    )]
    EncryptedNameId,
    /// An algorithm of encryption that is not allowed.
    #[error(
        "the assertion is encrypted with {algorithm}, which is not allowed: have the identity provider use AES-256 and RSA-OAEP"
    )]
    EncryptionNotAllowed {
        /// Its identifier.
        algorithm: String,
    },
    /// Encrypted to a certificate that is not one of ours, as the message itself says.
    #[error(
        "the assertion is encrypted for another certificate than ours: upload the current certificate for token encryption at the identity provider"
    )]
    EncryptedForOther,
    /// It could not be decrypted, or what came out is not a signed assertion. Deliberately
    /// one reason for all: whoever could tell them apart could decrypt with our help.
    #[error(
        "the assertion could not be decrypted: upload the current certificate for token encryption at the identity provider"
    )]
    DecryptionFailed,
    /// The identity provider answered with an error.
    #[error("the identity provider did not sign the person in: {}", .message.as_deref().or(.sub_code.as_deref()).unwrap_or(.code))]
    StatusNotSuccess {
        /// The top-level status code (core §3.2.2.2).
        code: String,
        /// The second-level one.
        sub_code: Option<String>,
        /// What it says, such as `AADSTS50105: …`.
        message: Option<String>,
    },
    /// Neither response nor assertion is signed.
    #[error("neither the response nor the assertion is signed: have the identity provider sign the assertion")]
    SignatureMissing,
    /// An algorithm that is not allowed.
    #[error(
        "the response is signed with {algorithm}, which is not allowed: have the identity provider sign with SHA-256"
    )]
    AlgorithmNotAllowed {
        /// Its identifier.
        algorithm: String,
    },
    /// No certificate verifies the signature.
    #[error(
        "no certificate that is set up verifies the signature: upload the one the identity provider signs with now"
    )]
    SignatureInvalid,
    /// What was signed is not what came.
    #[error(
        "the response was changed after it was signed: look for a proxy or an extension that rewrites it, and start again"
    )]
    DigestMismatch,
    /// Two engines that share no code do not find the same bytes signed.
    #[error("two signature libraries read the response differently: it was refused")]
    EnginesDisagree,
    /// The second engine could not read what ours verified.
    #[error("the second signature library could not read the response: it was refused")]
    SecondEngineUnreadable,
    /// The certificate that signed has expired.
    #[error("the certificate that signed expired on {}: renew it at the identity provider and upload the new one", date(.not_after))]
    CertificateExpired {
        /// When.
        not_after: DateTime<Utc>,
    },
    /// The certificate that signed is not valid yet.
    #[error("the certificate that signed is valid only from {}: activate another one at the identity provider", date(.not_before))]
    CertificateNotYetValid {
        /// From when.
        not_before: DateTime<Utc>,
    },
    /// Not SAML 2.0.
    #[error("the response says it is SAML version {actual}: this service speaks 2.0")]
    WrongVersion {
        /// What it says.
        actual: String,
    },
    /// Issued by somebody else.
    #[error("the issuer is {actual}, not {expected}: compare the identifier of the identity provider that is set up")]
    WrongIssuer {
        /// Who is set up.
        expected: String,
        /// Who it says it is.
        actual: String,
        /// Whether the response says so, or the assertion in it.
        on_response: bool,
    },
    /// Meant for another audience, or for none.
    #[error("the assertion is meant for {}, not for {expected}: compare Identifier (Entity ID) at the identity provider", joined_or_placeholder(.actual))]
    WrongAudience {
        /// Our entity id.
        expected: String,
        /// The audiences it names.
        actual: Vec<String>,
    },
    /// Sent to another address, or signed for none.
    #[error("the response is addressed to {}, not to {expected}: compare Reply URL at the identity provider", or_placeholder(.actual.as_deref()))]
    WrongDestination {
        /// Our address.
        expected: String,
        /// The one it names.
        actual: Option<String>,
    },
    /// Confirmed for another address, or for none.
    #[error("the assertion is confirmed for {}, not for {expected}: compare Reply URL at the identity provider", or_placeholder(.actual.as_deref()))]
    WrongRecipient {
        /// Our address.
        expected: String,
        /// The one it names.
        actual: Option<String>,
    },
    /// Another value than expected in nothing but white space, or in characters that nobody
    /// sees (core §1.3.1).
    #[error("{what} is {actual}, not {expected}: have the identity provider leave out the white space, which counts")]
    WhiteSpace {
        /// Which value.
        what: &'static str,
        /// It as it should be.
        expected: String,
        /// It as it came, with the white space to be seen.
        actual: String,
    },
    /// No bearer confirmation that can be used.
    #[error(
        "the assertion has no usable bearer confirmation ({what}): have the identity provider use the Web Browser SSO profile"
    )]
    NoBearerConfirmation {
        /// What is missing.
        what: ConfirmationError,
    },
    /// Its time is over.
    #[error("{what} ended at {}, and it is {}: start again, and compare the clocks", timestamp(.not_on_or_after), timestamp(.now))]
    Expired {
        /// Whose time.
        what: TimedPart,
        /// When it ended.
        not_on_or_after: DateTime<Utc>,
        /// When it was looked at.
        now: DateTime<Utc>,
    },
    /// Its time has not come.
    #[error("{what} begins at {}, and it is {}: compare the clocks", timestamp(.not_before), timestamp(.now))]
    NotYetValid {
        /// Whose time.
        what: TimedPart,
        /// When it begins.
        not_before: DateTime<Utc>,
        /// When it was looked at.
        now: DateTime<Utc>,
    },
    /// A date that cannot be, or an issue instant that is too long ago or in the future.
    #[error("{what} is {value}, and it is {}: compare the clocks, and start again", timestamp(.now))]
    ImplausibleTime {
        /// Which date.
        what: TimedPart,
        /// What it says.
        value: String,
        /// When it was looked at.
        now: DateTime<Utc>,
    },
    /// Not an instant as SAML writes them (core §1.3.3).
    #[error(
        "{what} is {value}, which is no instant in UTC as SAML writes them: have the identity provider write it as 2026-11-23T13:00:00Z"
    )]
    MalformedTime {
        /// Which date.
        what: TimedPart,
        /// What it says.
        value: String,
    },
    /// `ForceAuthn` was requested, and the person authenticated before that.
    #[error("the person authenticated at {}, before they were asked to again at {}: have them sign in anew at the identity provider", timestamp(.authenticated_at), timestamp(.forced_at))]
    AuthnTooOld {
        /// When, as the assertion says.
        authenticated_at: DateTime<Utc>,
        /// When the request was made.
        forced_at: DateTime<Utc>,
    },
    /// Authenticated in another way than was requested.
    #[error("the person authenticated by {}, not by {}: compare the authentication context that is asked for", or_placeholder(.actual.as_deref()), joined_or_placeholder(.expected))]
    AuthnContextNotRequested {
        /// The classes that were requested.
        expected: Vec<String>,
        /// The one that the assertion names.
        actual: Option<String>,
    },
    /// A condition we do not know, so cannot keep (core §2.5.1.1).
    #[error(
        "the assertion carries the condition {name}, which this service does not know: have the identity provider leave it out"
    )]
    UnknownCondition {
        /// Its name.
        name: String,
    },
    /// No name identifier.
    #[error(
        "the assertion names nobody: choose a source attribute for Unique User Identifier (Name ID) that everybody has"
    )]
    NameIdMissing,
    /// A name identifier without a value.
    #[error(
        "the name identifier is empty: choose a source attribute for Unique User Identifier (Name ID) that everybody has"
    )]
    NameIdEmpty,
    /// A name identifier with characters or a length that is not accepted.
    #[error("the name identifier {what}: choose another source attribute for Unique User Identifier (Name ID)")]
    NameIdUnusable {
        /// Why not.
        what: NameIdError,
        /// What is wrong with it: its value, its format or its qualifier.
        value: String,
    },
    /// It answers no request, and the sign-in was not IdP-initiated.
    #[error("the response answers no request: begin at this service's sign-in address")]
    Unsolicited,
    /// It answers another request.
    #[error("the response answers another request than the one that is open: start again from the sign-in page")]
    UnknownRequest {
        /// The open request, if one is.
        expected: Option<String>,
        /// The one it answers.
        actual: String,
    },
    /// A fault of this service.
    #[error("the response could not be examined ({what}): try again")]
    Internal {
        /// What failed.
        what: InternalFault,
    },
}

impl Rejection {
    /// A time that cannot be used.
    pub(super) fn invalid_time(what: TimedPart, problem: InstantError, value: &str, now: DateTime<Utc>) -> Self {
        match problem {
            InstantError::Malformed => Self::MalformedTime { what, value: displayable(value) },
            InstantError::YearOutOfRange => Self::ImplausibleTime { what, value: displayable(value), now },
        }
    }

    /// Whether it says that the message is used out of its own validity: not that of a session, nor that
    /// of an authentication.
    #[must_use]
    pub fn is_out_of_validity(&self) -> bool {
        let (Self::Expired { what, .. } | Self::NotYetValid { what, .. }) = self else { return false };
        matches!(what, TimedPart::Assertion | TimedPart::BearerConfirmation)
    }
}

/// The rejection of a message that is not put together as SAML says.
pub(super) const fn invalid(what: ShapeError) -> Rejection {
    Rejection::WrongShape { what }
}

/// The rejection of a message that lacks an element.
pub(super) const fn missing_element(parent: &'static str, element: &'static str) -> Rejection {
    invalid(ShapeError::ElementMissing { parent, element })
}

/// The rejection of a message in which an element lacks an attribute.
pub(super) const fn missing_attribute(element: &'static str, attribute: &'static str) -> Rejection {
    invalid(ShapeError::AttributeMissing { element, attribute })
}

/// The rejection of a message in which an element has a child several times that may stand once.
pub(super) fn repeated_in(parent: &'static str) -> impl FnOnce(DuplicateChild) -> Rejection {
    move |DuplicateChild(element)| invalid(ShapeError::ElementRepeated { parent, element })
}

impl From<FormValueError> for Rejection {
    fn from(error: FormValueError) -> Self {
        match error {
            FormValueError::TooLarge { limit, actual } => Self::TooLarge { limit, actual },
            FormValueError::NotBase64 => Self::NotBase64,
            FormValueError::NotUtf8 => Self::NotUtf8,
        }
    }
}

impl From<PrefilterError> for Rejection {
    fn from(error: PrefilterError) -> Self {
        match error {
            PrefilterError::Forbidden(what) => Self::ForbiddenConstruct { what },
            PrefilterError::Malformed(what) => Self::NotXml { what },
        }
    }
}

fn date(instant: &DateTime<Utc>) -> String {
    instant.date_naive().to_string()
}

fn timestamp(instant: &DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}
