//! Reading the message in a query. Nothing of it is authenticated here.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use strum::{EnumIter, IntoStaticStr};

use crate::base64_text;
use crate::bindings::message_kind::MessageKind;
use crate::error_code::ErrorCode;
use crate::identifiers::ENCODING_DEFLATE;

/// A message is never inflated further than this: 1 KB can deflate 1 MB.
pub const MESSAGE_LIMIT: usize = 256 * 1024;
/// Nor is a longer query looked at.
const QUERY_LIMIT: usize = 64 * 1024;

/// Why a query carries no message we can read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "redirect_")]
#[non_exhaustive]
pub enum RedirectError {
    /// Neither `SAMLRequest` nor `SAMLResponse`.
    #[error("the query has neither SAMLRequest nor SAMLResponse")]
    NoMessage,
    /// Both of them.
    #[error("the query has both SAMLRequest and SAMLResponse")]
    TwoMessages,
    /// A parameter of the binding's twice: readers disagree about which one counts.
    #[error("the query has {parameter} more than once")]
    Duplicate {
        /// Which.
        parameter: &'static str,
    },
    /// An encoding that is not DEFLATE.
    #[error("the message's encoding is not DEFLATE")]
    Encoding,
    /// The message is no Base64.
    #[error("the message is not Base64")]
    NotBase64,
    /// The message does not inflate to text.
    #[error("the message does not inflate to text")]
    NotDeflated,
    /// The query or the inflated message is longer than the limit.
    #[error("the message is longer than {MESSAGE_LIMIT} bytes, or the query than {QUERY_LIMIT}")]
    TooLarge,
}

impl ErrorCode for RedirectError {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Duplicate { parameter } => vec![("parameter", (*parameter).to_owned())],
            Self::TooLarge => vec![("message", MESSAGE_LIMIT.to_string()), ("query", QUERY_LIMIT.to_string())],
            _ => Vec::new(),
        }
    }
}

/// A message as it came by redirect. Nothing is authenticated: `SigAlg` and `Signature` are
/// taken off, not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectMessage {
    /// Which parameter it came in.
    pub kind: MessageKind,
    /// The message.
    pub xml: String,
    /// What the sender wants back, as it came.
    pub relay_state: Option<String>,
}

/// Reads the message in a raw query (without the question mark).
pub fn decode(query: &str) -> Result<RedirectMessage, RedirectError> {
    Parameters::read(query)?.message()
}

/// One parameter: as it stands in the query, which is what is signed, and its decoded value.
pub(super) struct Parameter<'a> {
    pub(super) raw: &'a str,
    pub(super) decoded: String,
}

/// The binding's parameters in a query, each at most once.
pub(super) struct Parameters<'a> {
    pub(super) kind: MessageKind,
    pub(super) message: Parameter<'a>,
    pub(super) relay_state: Option<Parameter<'a>>,
    pub(super) sig_alg: Option<Parameter<'a>>,
    pub(super) signature: Option<Parameter<'a>>,
}

impl<'a> Parameters<'a> {
    /// Finds the parameters in a raw query.
    pub(super) fn read(query: &'a str) -> Result<Self, RedirectError> {
        if query.len() > QUERY_LIMIT {
            return Err(RedirectError::TooLarge);
        }
        let request = unique_parameter(query, "SAMLRequest")?;
        let response = unique_parameter(query, "SAMLResponse")?;
        let relay_state = unique_parameter(query, "RelayState")?;
        let sig_alg = unique_parameter(query, "SigAlg")?;
        let signature = unique_parameter(query, "Signature")?;
        if unique_parameter(query, "SAMLEncoding")?.is_some_and(|encoding| encoding.decoded != ENCODING_DEFLATE) {
            return Err(RedirectError::Encoding);
        }
        let (kind, message) = match (request, response) {
            (Some(request), None) => (MessageKind::Request, request),
            (None, Some(response)) => (MessageKind::Response, response),
            (Some(_), Some(_)) => return Err(RedirectError::TwoMessages),
            (None, None) => return Err(RedirectError::NoMessage),
        };
        Ok(Self { kind, message, relay_state, sig_alg, signature })
    }

    /// Inflates the message.
    pub(super) fn message(self) -> Result<RedirectMessage, RedirectError> {
        let relay_state = self.relay_state.map(|state| state.decoded);
        Ok(RedirectMessage { kind: self.kind, xml: inflate(&self.message.decoded)?, relay_state })
    }
}

/// The parameter of that name, which may stand at most once. Names are compared decoded:
/// `%53AMLRequest` is one as well.
fn unique_parameter<'a>(query: &'a str, parameter: &'static str) -> Result<Option<Parameter<'a>>, RedirectError> {
    let mut found = query.split('&').filter_map(|part| {
        let (name, value) = url::form_urlencoded::parse(part.as_bytes()).next()?;
        let raw = part.split_once('=').map_or("", |(_, raw)| raw);
        (name == parameter).then(|| Parameter { raw, decoded: value.into_owned() })
    });
    let first = found.next();
    if found.next().is_some() { Err(RedirectError::Duplicate { parameter }) } else { Ok(first) }
}

/// The text that was compressed and encoded as a message (bindings §3.4.4.1).
pub(crate) fn inflate(message: &str) -> Result<String, RedirectError> {
    let deflated = base64_text::decode(message).map_err(|_| RedirectError::NotBase64)?;
    let limit = u64::try_from(MESSAGE_LIMIT).unwrap_or(u64::MAX).saturating_add(1);
    let mut inflated = Vec::new();
    let mut decoder = DeflateDecoder::new(deflated.as_slice()).take(limit);
    decoder.read_to_end(&mut inflated).map_err(|_| RedirectError::NotDeflated)?;
    if inflated.len() > MESSAGE_LIMIT {
        return Err(RedirectError::TooLarge);
    }
    String::from_utf8(inflated).map_err(|_| RedirectError::NotDeflated)
}
