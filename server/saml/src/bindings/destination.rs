//! Where a message is sent, by whichever binding.

use url::Url;

use crate::sp_key::SpKeyError;

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
    NotHttp {
        /// What it begins with.
        scheme: String,
    },
    /// The identity provider's address already has a parameter of the binding's.
    #[error("the identity provider's address already has the parameter {parameter}")]
    ReservedParameter {
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
    pub const fn is_destination_error(&self) -> bool {
        matches!(self, Self::Destination(_) | Self::NotHttp { .. } | Self::ReservedParameter { .. })
    }
}

/// A destination that a browser can be sent to, with a `RelayState` that may go there.
pub(crate) fn parse_destination(destination: &str, relay_state: &str) -> Result<Url, SendError> {
    if relay_state.len() > RELAY_STATE_LIMIT {
        return Err(SendError::RelayStateTooLong { actual: relay_state.len() });
    }
    let url = Url::parse(destination)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        scheme => Err(SendError::NotHttp { scheme: scheme.to_owned() }),
    }
}
