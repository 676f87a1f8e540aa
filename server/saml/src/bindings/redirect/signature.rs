//! Verifying what came by redirect, over the octets as they came.
//!
//! Encoding a value anew would not give back what was signed: .NET writes `%2f` where others
//! write `%2F`. So the signed string is put together from the raw values (bindings §3.4.4.1).

use chrono::{DateTime, SecondsFormat, Utc};
use strum::{IntoStaticStr, VariantNames};

use super::decode::{Parameters, RedirectError, RedirectMessage};
use crate::base64_text;
use crate::certificate::SigningCertificate;
use crate::error_code::ErrorCode;
use crate::signature_method::SignatureMethod;
use crate::trust::{Trust, ValidityPolicy};

/// An algorithm's identifier is shown, so it is not let grow.
const DISPLAY_CHARS: usize = 100;

/// Why a message that came by redirect may not be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case", prefix = "redirect_signature_")]
#[non_exhaustive]
pub enum RedirectSignatureError {
    /// No message can be read.
    #[error(transparent)]
    Query(#[from] RedirectError),
    /// `SigAlg` or `Signature` is missing.
    #[error("the message is not signed: let the identity provider sign what it sends by redirect")]
    Unsigned,
    /// An algorithm that is not allowed.
    #[error("the signature's algorithm {algorithm} is not allowed: let the identity provider sign with RSA-SHA256")]
    Algorithm {
        /// Which.
        algorithm: String,
    },
    /// The signature is no Base64.
    #[error("the signature is not Base64")]
    NotBase64,
    /// No certificate is known.
    #[error("the identity provider has no certificate here: upload one")]
    NoCertificate,
    /// The signature is good, the certificate's time is over.
    #[error("the signing certificate ended on {not_after}: upload the one that the identity provider signs with now")]
    Expired {
        /// When.
        not_after: DateTime<Utc>,
    },
    /// The signature is good, the certificate's time has not come.
    #[error("the signing certificate only begins on {not_before}")]
    NotYetValid {
        /// When.
        not_before: DateTime<Utc>,
    },
    /// No certificate's key made the signature.
    #[error(
        "the signature was not made with any of the known certificates, or the message was changed on its way: \
         compare the thumbprints with the identity provider's"
    )]
    Mismatch,
}

impl ErrorCode for RedirectSignatureError {
    fn code(&self) -> &'static str {
        match self {
            Self::Query(error) => error.code(),
            own => own.into(),
        }
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Query(error) => error.values(),
            Self::Algorithm { algorithm } => vec![("algorithm", algorithm.clone())],
            Self::Expired { not_after: at } | Self::NotYetValid { not_before: at } => {
                vec![("at", at.to_rfc3339_opts(SecondsFormat::Secs, true))]
            }
            Self::Unsigned | Self::NotBase64 | Self::NoCertificate | Self::Mismatch => Vec::new(),
        }
    }
}

/// Reads the message in a raw query (without the question mark), if one of the trusted
/// certificates has signed it. Who wrote it, for whom and when is not looked at.
pub fn verify(query: &str, trust: &Trust<'_>, now: DateTime<Utc>) -> Result<RedirectMessage, RedirectSignatureError> {
    let parameters = Parameters::read(query)?;
    parameters.verify(trust, now)?;
    Ok(parameters.message()?)
}

/// The same, but a message with neither `SigAlg` nor `Signature` is let through. Tells
/// whether it was signed; one of the two alone is no way to be unsigned.
pub(crate) fn verify_if_signed(
    query: &str,
    trust: &Trust<'_>,
    now: DateTime<Utc>,
) -> Result<(RedirectMessage, bool), RedirectSignatureError> {
    let parameters = Parameters::read(query)?;
    let signed = parameters.sig_alg.is_some() || parameters.signature.is_some();
    if signed {
        parameters.verify(trust, now)?;
    }
    Ok((parameters.message()?, signed))
}

impl Parameters<'_> {
    fn verify(&self, trust: &Trust<'_>, now: DateTime<Utc>) -> Result<(), RedirectSignatureError> {
        let (Some(algorithm), Some(signature)) = (&self.sig_alg, &self.signature) else {
            return Err(RedirectSignatureError::Unsigned);
        };
        let method = SignatureMethod::from_uri(&algorithm.decoded).ok_or_else(|| {
            let algorithm = algorithm.decoded.chars().filter(|c| !c.is_control()).take(DISPLAY_CHARS).collect();
            RedirectSignatureError::Algorithm { algorithm }
        })?;
        let signature = base64_text::decode(&signature.decoded).map_err(|_| RedirectSignatureError::NotBase64)?;
        if trust.certificates.is_empty() {
            return Err(RedirectSignatureError::NoCertificate);
        }
        let signed = self.signed_octets(algorithm.raw);
        let has_signed = |known: &&SigningCertificate| known.verify(method, signed.as_bytes(), &signature);
        // several certificates may hold the same key; one valid certificate is enough
        let is_usable =
            |known: &SigningCertificate| trust.validity == ValidityPolicy::Ignored || known.is_valid_at(now);
        if trust.certificates.iter().filter(|known| is_usable(known)).any(|known| has_signed(&known)) {
            return Ok(());
        }
        match trust.certificates.iter().filter(|known| !is_usable(known)).find(has_signed) {
            Some(known) if known.not_after() < now => {
                Err(RedirectSignatureError::Expired { not_after: known.not_after() })
            }
            Some(known) => Err(RedirectSignatureError::NotYetValid { not_before: known.not_before() }),
            None => Err(RedirectSignatureError::Mismatch),
        }
    }

    /// What was signed, in the order of the binding, whatever the order in the query.
    fn signed_octets(&self, sig_alg: &str) -> String {
        let relay_state = self.relay_state.as_ref().map(|state| format!("&RelayState={}", state.raw));
        let (name, message) = (self.kind.parameter(), self.message.raw);
        format!("{name}={message}{}&SigAlg={sig_alg}", relay_state.unwrap_or_default())
    }
}
