//! The gate: what a message must look like before any signature code sees it. Whoever posts
//! a response chooses what a signature library works through, so this admits one shape only,
//! the one that honest identity providers send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::document::ParsedDocument;
use super::envelope::Envelope;
use super::rejection::Rejection;
use super::shape::{self, ResponseContent};
use crate::base64_text;
use crate::bindings::redirect::inflate;
use crate::identifiers::ASSERTION;
use crate::xml::{attribute, is_named, parse_instant};

/// A decoded response may have this many bytes. Entra's have 6,000; 150 groups make 16,000.
pub const RESPONSE_LIMIT: usize = 256 * 1024;
/// And its form value this many: Base64 of the above, with some line breaks.
const FORM_VALUE_LIMIT: usize = 360 * 1024;
/// A longer document is kept, but cut to this many characters.
const LOSSY_CHARS: usize = 16 * 1024;

/// A response that passed the gate: safe to be read, not to be believed.
#[derive(Debug)]
pub struct GatedResponse {
    pub(super) parsed: ParsedDocument,
    pub(super) envelope: Envelope,
    pub(super) content: ResponseContent,
    in_response_to: Option<String>,
}

impl GatedResponse {
    /// Decodes the `SAMLResponse` form value (bindings §3.5.4) and lets it through the gate.
    pub fn decode(saml_response_form_value: &str) -> Result<Self, Rejection> {
        Self::admit(decode_form_value(saml_response_form_value)?)
    }

    /// Lets a response through the gate, whether it came from a form or out of a decryption.
    pub(super) fn admit(xml: String) -> Result<Self, Rejection> {
        let parsed = ParsedDocument::parse(xml)?;
        let content = shape::check_response(parsed.root())?;
        let envelope = Envelope::read(parsed.root())?;
        let in_response_to = envelope.in_response_to.clone().or_else(|| confirmed_request(parsed.root(), &content));
        Ok(Self { parsed, envelope, content, in_response_to })
    }

    /// The request that the response says it answers: a hint to look an attempt up by, which
    /// anybody can have written.
    #[must_use]
    pub fn in_response_to(&self) -> Option<&str> {
        self.in_response_to.as_deref()
    }

    /// When the response says that it was issued, which anybody can have written.
    #[must_use]
    pub fn issue_instant(&self) -> Option<DateTime<Utc>> {
        parse_instant(&self.envelope.issue_instant).ok()
    }

    /// Whether its assertion is encrypted. A caller answers the rejection of such a response
    /// after a fixed time, so that nobody learns by the clock what decryption came to.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        matches!(self.content, ResponseContent::Encrypted { .. })
    }

    /// Whether its assertion is encrypted so that the ciphertext can be altered, with no
    /// signature around it: AES-CBC in a response that is not signed. Whoever may learn which
    /// variants of such a message get how far can decrypt it with our help, so a caller must
    /// tell strangers one reason for every rejection that comes after decryption.
    #[must_use]
    pub fn is_malleable(&self) -> bool {
        match &self.content {
            ResponseContent::Encrypted { encrypted, on_response: None } => encrypted.is_malleable(),
            ResponseContent::Encrypted { .. } | ResponseContent::Nothing | ResponseContent::Assertion { .. } => false,
        }
    }

    /// The certificates that the message says its assertion is encrypted to, as DER.
    #[must_use]
    pub fn recipient_certificates(&self) -> Vec<Vec<u8>> {
        match &self.content {
            ResponseContent::Encrypted { encrypted, .. } => encrypted.recipients(),
            ResponseContent::Nothing | ResponseContent::Assertion { .. } => Vec::new(),
        }
    }

    /// The decoded XML, as received and not verified: to be kept for the tenant's
    /// administrators, never to be read by this service.
    #[must_use]
    pub fn xml(&self) -> &str {
        self.parsed.borrow_owner()
    }
}

/// The XML in a form value (bindings §3.5.4).
fn decode_form_value(form_value: &str) -> Result<String, Rejection> {
    if form_value.len() > FORM_VALUE_LIMIT {
        return Err(Rejection::TooLarge { limit: FORM_VALUE_LIMIT, actual: form_value.len() });
    }
    let bytes = match STANDARD.decode(form_value) {
        Ok(bytes) => bytes,
        // line breaks are allowed; most identity providers write none
        Err(_) => base64_text::decode(form_value).map_err(|_| Rejection::NotBase64)?,
    };
    if bytes.len() > RESPONSE_LIMIT {
        return Err(Rejection::TooLarge { limit: RESPONSE_LIMIT, actual: bytes.len() });
    }
    let text = String::from_utf8(bytes).map_err(|_| Rejection::NotUtf8)?;
    // .NET's writers put a byte order mark before the document, of which it is no part (XML §4.3.3)
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The XML in a value that was compressed, as HTTP-Redirect has it and HTTP-POST has not (bindings §3.4.4.1,
/// §3.5.4): to tell what is wrong with it, never to be believed. None if it was not compressed.
#[must_use]
pub fn decode_deflated(value: &str) -> Option<String> {
    inflate(value).ok().filter(|text| text.trim_start_matches('\u{feff}').trim_start().starts_with('<'))
}

/// Whether an XML is a message of a sign-out, which has an address of its own.
#[must_use]
pub fn is_logout_message(xml: &str) -> bool {
    match GatedResponse::admit(xml.to_owned()) {
        Err(Rejection::WrongShape { what }) => what.is_logout_message(),
        _ => false,
    }
}

/// What a form value that did not pass the gate holds, as text: to be kept for the tenant's
/// administrators, never to be read by this service. What cannot be decoded comes as it is.
#[must_use]
pub fn decode_lossy(form_value: &str) -> String {
    let decoded = base64_text::decode(form_value).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = decode_deflated(form_value).or(decoded).unwrap_or_else(|| form_value.to_owned());
    if text.len() <= RESPONSE_LIMIT { text } else { text.chars().take(LOSSY_CHARS).collect() }
}

/// The request that the first confirmation names; only ever a hint.
fn confirmed_request(root: Node<'_, '_>, content: &ResponseContent) -> Option<String> {
    matches!(content, ResponseContent::Assertion { .. }).then_some(())?;
    let data = root.descendants().find(|node| is_named(*node, ASSERTION, "SubjectConfirmationData"))?;
    attribute(data, "InResponseTo").map(str::to_owned)
}
