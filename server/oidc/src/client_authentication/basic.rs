//! The `Authorization` header of scheme Basic (RFC 6749 §2.3.1, RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use crate::error::OAuthError;

/// The header is no longer than that, in bytes.
const MAX_HEADER: usize = 8 * 1024;

/// The client's id and its secret.
pub(super) fn credentials(header: &str) -> Result<(String, Zeroizing<String>), OAuthError> {
    let unreadable = "The Authorization header cannot be read: send Basic and client_id:client_secret in Base64, \
                      each form-encoded";
    let (scheme, encoded) = header.trim().split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("Basic") {
        return Err(OAuthError::invalid_client("Clients authenticate with Basic, in the form, or with a key"));
    }
    read(encoded).ok_or_else(|| OAuthError::invalid_client(unreadable))
}

fn read(encoded: &str) -> Option<(String, Zeroizing<String>)> {
    if encoded.len() > MAX_HEADER {
        return None;
    }
    let decoded = Zeroizing::new(STANDARD.decode(encoded.trim_start()).ok()?);
    // the first colon: one in the id is encoded
    let colon = decoded.iter().position(|&byte| byte == b':')?;
    let (id, secret) = decoded.split_at_checked(colon)?;
    let id = form_decode(id)?.to_string();
    Some((id, form_decode(secret.get(1..)?)?))
}

/// The text behind `application/x-www-form-urlencoded` (RFC 6749, appendix B). A `%` without two
/// digits stays as it is: some clients do not encode.
fn form_decode(encoded: &[u8]) -> Option<Zeroizing<String>> {
    let spaced: Zeroizing<Vec<u8>> =
        Zeroizing::new(encoded.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect());
    let decoded = Zeroizing::new(percent_decode(&spaced).collect::<Vec<u8>>());
    str::from_utf8(&decoded).ok().map(|text| Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OAuthErrorCode;

    fn basic(text: &str) -> Result<(String, String), OAuthError> {
        credentials(&format!("Basic {}", STANDARD.encode(text))).map(|(id, secret)| (id, secret.to_string()))
    }

    #[test]
    fn both_halves_are_form_encoded_and_split_at_the_first_colon() {
        for (text, id, secret) in [
            ("id:secret", "id", "secret"),
            ("id:se:cret", "id", "se:cret"),
            ("i%3Ad:a+b%2Bc%25", "i:d", "a b+c%"),
            ("id:100%", "id", "100%"),
            ("%C3%A9:%zz", "é", "%zz"),
            ("id:", "id", ""),
        ] {
            assert_eq!(basic(text).unwrap(), (id.to_owned(), secret.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_scheme_is_read_without_case() {
        // RFC 6749 §2.3.1
        let header = "bAsIc czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3";
        let (id, secret) = credentials(header).unwrap();
        assert_eq!((id.as_str(), secret.as_str()), ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"));
    }

    #[test]
    fn what_is_not_basic_is_refused() {
        let long = format!("Basic {}", STANDARD.encode("a:".repeat(MAX_HEADER)));
        for header in ["", "Basic", "Basic ", "Basic %", "Basic aWQ", "Basic aWQ6cw", "Bearer aWQ6cw==", &long] {
            assert_eq!(credentials(header).unwrap_err().code, OAuthErrorCode::InvalidClient, "{header}");
        }
        assert!(basic("no colon").is_err());
        assert!(basic("%ff:secret").is_err());
    }
}
