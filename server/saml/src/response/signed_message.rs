//! Other messages of the protocol that are signed as a whole.

use chrono::{DateTime, Utc};

use super::document::ParsedDocument;
use super::rejection::Rejection;
use super::shape;
use super::signature_engine::{self, SignedElement};
use crate::trust::Trust;

/// Verifies another message of the protocol, such as a `LogoutRequest`, that is signed as a
/// whole, and returns the bytes that were signed.
pub(crate) fn verify(
    xml: &str,
    name: &'static str,
    trust: &Trust<'_>,
    now: DateTime<Utc>,
) -> Result<String, Rejection> {
    let parsed = ParsedDocument::parse(xml.to_owned())?;
    let signature = shape::check_message(parsed.root(), name)?.ok_or(Rejection::SignatureMissing)?;
    let signed = SignedElement { element: parsed.root().id(), signature: &signature };
    Ok(signature_engine::verify(&parsed, signed, trust, now)?.canonical)
}
