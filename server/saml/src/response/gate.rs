//! The gate: what a message must look like before any signature code sees it. Whoever posts
//! a response chooses what a signature library works through, so this admits one shape only,
//! the one that honest identity providers send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;

use super::document::Parsed;
use super::envelope::Envelope;
use super::shape::{self, Content};
use super::{GatedResponse, Rejection};
use crate::names::ASSERTION;
use crate::xml::{Limits, attribute, is};

/// A decoded response may have this many bytes. Entra's have 6,000; 150 groups make 16,000.
pub const RESPONSE_LIMIT: usize = 256 * 1024;
/// And its form value this many: Base64 of the above, with some line breaks.
const FORM_VALUE_LIMIT: usize = 360 * 1024;
/// What is larger than a response may be is kept cut to so many characters.
const RECEIVED_CHARS: usize = 16 * 1024;

/// What a message may have of everything.
pub(super) const LIMITS: Limits =
    Limits { elements: 4_000, depth: 32, attributes: 32, namespaces: 1_000, in_scope: 32, comments: false };

/// Decodes a form value and lets it through the gate.
pub(super) fn decode(form_value: &str) -> Result<GatedResponse, Rejection> {
    admit(decode_form_value(form_value)?)
}

/// The XML in a form value (bindings §3.5.4).
pub(super) fn decode_form_value(form_value: &str) -> Result<String, Rejection> {
    if form_value.len() > FORM_VALUE_LIMIT {
        return Err(Rejection::TooLarge { limit: FORM_VALUE_LIMIT, actual: form_value.len() });
    }
    let bytes = match STANDARD.decode(form_value) {
        Ok(bytes) => bytes,
        // line breaks are allowed; most identity providers write none
        Err(_) => STANDARD.decode(dense(form_value)).map_err(|_| Rejection::NotBase64)?,
    };
    if bytes.len() > RESPONSE_LIMIT {
        return Err(Rejection::TooLarge { limit: RESPONSE_LIMIT, actual: bytes.len() });
    }
    let text = String::from_utf8(bytes).map_err(|_| Rejection::NotUtf8)?;
    // .NET's writers put a byte order mark before the document, of which it is no part (XML §4.3.3)
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What a form value that did not pass the gate holds, as text: to be kept for the tenant's
/// administrators, never to be read by this service. What cannot be decoded comes as it is.
#[must_use]
pub fn received(form_value: &str) -> String {
    let decoded = STANDARD.decode(dense(form_value)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = decoded.unwrap_or_else(|| form_value.to_owned());
    if text.len() <= RESPONSE_LIMIT { text } else { text.chars().take(RECEIVED_CHARS).collect() }
}

/// Lets a response through the gate, whether it came from a form or out of a decryption.
pub(super) fn admit(xml: String) -> Result<GatedResponse, Rejection> {
    let parsed = Parsed::admit(xml)?;
    let content = shape::response(parsed.root())?;
    let envelope = Envelope::read(parsed.root())?;
    let hint = envelope.in_response_to.clone().or_else(|| confirmed_request(parsed.root(), &content));
    Ok(GatedResponse { parsed, envelope, content, hint })
}

/// The request that the first confirmation names; only ever a hint.
fn confirmed_request(root: Node<'_, '_>, content: &Content) -> Option<String> {
    matches!(content, Content::Assertion { .. }).then_some(())?;
    let data = root.descendants().find(|node| is(*node, ASSERTION, "SubjectConfirmationData"))?;
    attribute(data, "InResponseTo").map(str::to_owned)
}

/// Without white space.
pub(super) fn dense(text: &str) -> String {
    text.split_ascii_whitespace().collect()
}

pub(super) const fn wrong(what: &'static str) -> Rejection {
    Rejection::WrongShape { what }
}
