//! Base64 as messages and documents carry it: line breaks and other white space are allowed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The bytes behind Base64 text.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    STANDARD.decode(without_whitespace(text))
}

/// The text without its ASCII white space.
pub(crate) fn without_whitespace(text: &str) -> String {
    text.split_ascii_whitespace().collect()
}
