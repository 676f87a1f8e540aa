//! Writing a message into an address, signed or not.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::{MessageKind, PARAMETERS, deflate};
use crate::names::RSA_SHA256;
use crate::sp_key::{SpKey, SpKeyError};

/// The binding lets a `RelayState` be no longer (bindings §3.4.3).
pub const RELAY_STATE_LIMIT: usize = 80;

/// Why a message cannot be sent, by whichever binding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The identity provider's address is no absolute URL.
    #[error("the identity provider's address is not a URL: {0}")]
    Destination(#[from] url::ParseError),
    /// The identity provider's address is not on the web.
    #[error("the identity provider's address begins with {scheme}: and not with https:")]
    NotWeb {
        /// What it begins with.
        scheme: String,
    },
    /// The identity provider's address already has a parameter of the binding's.
    #[error("the identity provider's address already has the parameter {parameter}")]
    TakenParameter {
        /// Which.
        parameter: String,
    },
    /// The `RelayState` is longer than the binding allows.
    #[error("RelayState has {actual} bytes, of which {RELAY_STATE_LIMIT} are allowed")]
    RelayStateTooLong {
        /// How long it is.
        actual: usize,
    },
    /// Compression failed.
    #[error("the message could not be compressed")]
    Deflate,
    /// Signing failed.
    #[error("the message could not be signed: {0}")]
    Sign(#[from] SpKeyError),
}

impl SendError {
    /// Whether it is for the identity provider's address, which an administrator entered.
    #[must_use]
    pub const fn is_of_destination(&self) -> bool {
        matches!(self, Self::Destination(_) | Self::NotWeb { .. } | Self::TakenParameter { .. })
    }
}

/// A message on its way to an identity provider.
pub(crate) struct Outgoing<'a> {
    pub(crate) kind: MessageKind,
    pub(crate) destination: &'a str,
    pub(crate) xml: &'a str,
    /// Left out when empty.
    pub(crate) relay_state: &'a str,
    pub(crate) signer: Option<&'a SpKey>,
}

impl Outgoing<'_> {
    /// The address to send a browser to. A query that the destination has stays in front,
    /// and outside of what is signed.
    pub(crate) fn url(&self) -> Result<Url, SendError> {
        let mut url = web_address(self.destination, self.relay_state)?;
        url.set_fragment(None);
        if let Some((taken, _)) = url.query_pairs().find(|(name, _)| PARAMETERS.contains(&name.as_ref())) {
            return Err(SendError::TakenParameter { parameter: taken.into_owned() });
        }
        let mut query = url.query().filter(|own| !own.is_empty()).map(|own| format!("{own}&")).unwrap_or_default();
        query.push_str(&self.parameters()?);
        url.set_query(Some(&query));
        Ok(url)
    }

    /// The binding's parameters. What is signed is these very octets, up to the signature
    /// (bindings §3.4.4.1).
    fn parameters(&self) -> Result<String, SendError> {
        let mut query = String::new();
        append(&mut query, self.kind.parameter(), &deflate(self.xml).map_err(|_| SendError::Deflate)?);
        if !self.relay_state.is_empty() {
            append(&mut query, "RelayState", self.relay_state);
        }
        if let Some(key) = self.signer {
            append(&mut query, "SigAlg", RSA_SHA256);
            let signature = key.sign_rsa_sha256(query.as_bytes())?;
            append(&mut query, "Signature", &STANDARD.encode(signature));
        }
        Ok(query)
    }
}

/// A destination that a browser can be sent to, with a `RelayState` that may go there.
pub(crate) fn web_address(destination: &str, relay_state: &str) -> Result<Url, SendError> {
    if relay_state.len() > RELAY_STATE_LIMIT {
        return Err(SendError::RelayStateTooLong { actual: relay_state.len() });
    }
    let url = Url::parse(destination)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        scheme => Err(SendError::NotWeb { scheme: scheme.to_owned() }),
    }
}

fn append(query: &mut String, name: &str, value: &str) {
    let separator = if query.is_empty() { "" } else { "&" };
    let value: String = byte_serialize(value.as_bytes()).collect();
    // writing to a String cannot fail
    let _ = write!(query, "{separator}{name}={value}");
}
