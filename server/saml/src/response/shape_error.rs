//! What is wrong with the shape of a message.

use strum::{EnumIter, IntoStaticStr};

use crate::error_code::ErrorCode;
use crate::session_indexes::SessionIndexError;

/// Why a message is not put together as SAML says. Elements and attributes are named as in the schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "shape_")]
#[non_exhaustive]
pub enum ShapeError {
    /// Another document than the message that is read here.
    #[error("the document is not a {expected}")]
    OtherDocument {
        /// The message.
        expected: &'static str,
    },
    /// Another message of the protocol than the one that is read here.
    #[error("the document is not a {expected}")]
    OtherMessage {
        /// The message.
        expected: &'static str,
        /// What it is instead.
        actual: String,
    },
    /// An element that must be there is not.
    #[error("{parent} has no {element}")]
    ElementMissing {
        /// Where it belongs.
        parent: &'static str,
        /// Its name.
        element: &'static str,
    },
    /// An element that may stand once stands several times.
    #[error("{parent} has more than one {element}")]
    ElementRepeated {
        /// Where it stands.
        parent: &'static str,
        /// Its name.
        element: &'static str,
    },
    /// An element that must stand once is missing, or stands several times.
    #[error("{parent} does not have exactly one {element}")]
    NotOneElement {
        /// Where it belongs.
        parent: &'static str,
        /// Its name.
        element: &'static str,
    },
    /// An attribute that must be there is not.
    #[error("{element} has no attribute {attribute}")]
    AttributeMissing {
        /// Whose.
        element: &'static str,
        /// Its name.
        attribute: &'static str,
    },
    /// An element that the schema does not know in this place.
    #[error("an element has a part that SAML does not know")]
    UnknownElement {
        /// Where it stands.
        parent: String,
        /// Its name.
        element: String,
    },
    /// A response in the response.
    #[error("there is a response within the response")]
    NestedResponse,
    /// An assertion elsewhere than in the response itself.
    #[error("an assertion stands where none belongs")]
    MisplacedAssertion,
    /// A signature elsewhere than in the response or the assertion.
    #[error("a signature stands where none belongs")]
    MisplacedSignature,
    /// An element with several signatures.
    #[error("an element has two signatures")]
    TwoSignatures,
    /// A signed element that no signature can refer to.
    #[error("a signed element has no ID")]
    SignedElementWithoutId,
    /// A signed response that does not say whose it is.
    #[error("the signed response names no issuer")]
    SignedResponseWithoutIssuer,
    /// What the signature covers is not what the response carries.
    #[error("something else is signed than what the response carries")]
    OtherElementSigned,
    /// A method, a transform or a digest without its algorithm.
    #[error("an algorithm is not named")]
    AlgorithmMissing,
    /// Something in a signature that is neither of its parts, or a part that is missing.
    #[error("a signature has parts that do not belong")]
    SignatureParts,
    /// `SignedInfo` with other parts than two methods and one reference.
    #[error("a signature does not have exactly one reference")]
    NotOneReference,
    /// A signature method with parameters.
    #[error("a signature method has parameters")]
    MethodParameters,
    /// A reference with other attributes than `URI` and `Id`.
    #[error("a reference has attributes that do not belong")]
    ReferenceAttributes,
    /// A reference to something else than the signed element.
    #[error("a signature refers to something else than its own element")]
    ReferenceElsewhere,
    /// A reference with other parts than transforms, digest method and digest.
    #[error("a reference has parts that do not belong")]
    ReferenceParts,
    /// No transform, or more than the two of SAML.
    #[error("a reference has none of SAML's transforms, or more than those two")]
    TransformCount,
    /// A first transform that is not the enveloped signature.
    #[error("a reference has a transform that is not allowed")]
    TransformNotAllowed,
    /// A canonicalisation that is not allowed, or another transform in its place.
    #[error("a canonicalisation or transform is not allowed")]
    CanonicalizationNotAllowed,
    /// A key that would have to be fetched.
    #[error("a signature's key is to be fetched from elsewhere")]
    KeyElsewhere,
    /// A signature value or a digest that is not Base64.
    #[error("a signature's value or digest is not Base64")]
    SignatureNotBase64,
    /// Something in an encrypted assertion that does not belong.
    #[error("an encrypted assertion has parts that do not belong")]
    EncryptedParts,
    /// No key for the content, or more than are tried.
    #[error("an encrypted assertion has no key, or too many")]
    EncryptedKeyCount,
    /// Ciphertext beside its value, or something in it.
    #[error("encrypted content is not in its CipherValue")]
    CipherValueElsewhere,
    /// Ciphertext that is not Base64.
    #[error("encrypted content is not Base64")]
    CiphertextNotBase64,
    /// A key that was wrapped with a label.
    #[error("an EncryptedKey has a label, which nobody agreed on")]
    EncryptedKeyLabel,
    /// Something else than an assertion was encrypted.
    #[error("what was encrypted is not an assertion")]
    DecryptedOther,
    /// A name of a session that is longer than any.
    #[error("{}", SessionIndexError::TooLong)]
    SessionIndexTooLong,
    /// A name of a session with a character that is not shown.
    #[error("{}", SessionIndexError::ControlCharacter)]
    SessionIndexControlCharacter,
    /// More names of sessions than are kept.
    #[error("{}", SessionIndexError::TooMany)]
    TooManySessionIndexes,
}

impl ShapeError {
    /// Whether the document is a message of a sign-out (core §3.7).
    #[must_use]
    pub fn is_logout_message(&self) -> bool {
        matches!(self, Self::OtherMessage { actual, .. } if matches!(actual.as_str(), "LogoutRequest" | "LogoutResponse"))
    }
}

impl From<SessionIndexError> for ShapeError {
    fn from(error: SessionIndexError) -> Self {
        match error {
            SessionIndexError::TooLong => Self::SessionIndexTooLong,
            SessionIndexError::ControlCharacter => Self::SessionIndexControlCharacter,
            SessionIndexError::TooMany => Self::TooManySessionIndexes,
        }
    }
}

impl ErrorCode for ShapeError {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherDocument { expected } => vec![("expected", (*expected).to_owned())],
            Self::OtherMessage { expected, actual } => {
                vec![("expected", (*expected).to_owned()), ("actual", actual.clone())]
            }
            Self::ElementMissing { parent, element }
            | Self::ElementRepeated { parent, element }
            | Self::NotOneElement { parent, element } => {
                vec![("parent", (*parent).to_owned()), ("element", (*element).to_owned())]
            }
            Self::AttributeMissing { element, attribute } => {
                vec![("element", (*element).to_owned()), ("attribute", (*attribute).to_owned())]
            }
            Self::UnknownElement { parent, element } => {
                vec![("parent", parent.clone()), ("element", element.clone())]
            }
            _ => Vec::new(),
        }
    }
}
