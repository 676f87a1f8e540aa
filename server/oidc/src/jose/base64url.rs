//! Base64url without padding (RFC 7515 §2), strict: one text for one sequence of bytes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The text of those bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of that text: none if it has padding, white space, or bits that mean nothing.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_text_of_some_bytes_is_read() {
        assert_eq!(decode("_-8"), Some(vec![0xff, 0xef]));
        for text in ["_-8=", "_-9", "/+8", " _-8", "_-8\n", "_"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}
