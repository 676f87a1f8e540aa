//! The form value before there is a document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::response::{
    GatedResponse, RESPONSE_LIMIT, Rejection, ShapeError, decode_deflated, decode_lossy, is_logout_message,
};

use crate::support::*;

/// A message of the protocol of SAML 2.0, or of an older one.
fn message(version: &str, name: &str) -> String {
    format!("<p:{name} xmlns:p=\"urn:oasis:names:tc:SAML:{version}:protocol\" MajorVersion=\"1\" MinorVersion=\"1\"/>")
}

#[test]
fn what_is_not_base64_is_rejected() {
    assert_eq!(GatedResponse::decode("<Response/>").unwrap_err(), Rejection::NotBase64);
    assert_eq!(GatedResponse::decode("AAA").unwrap_err(), Rejection::NotBase64);
}

#[test]
fn what_is_too_large_is_rejected_undecoded_and_decoded() {
    let long = "A".repeat(400 * 1024);
    let limit = 360 * 1024;
    assert_eq!(GatedResponse::decode(&long).unwrap_err(), Rejection::TooLarge { limit, actual: 400 * 1024 });
    let actual = RESPONSE_LIMIT + 1;
    assert_eq!(rejection_of(&" ".repeat(actual)), Rejection::TooLarge { limit: RESPONSE_LIMIT, actual });
}

#[test]
fn what_was_compressed_is_told_and_kept_in_the_clear() {
    let xml = message("2.0", "Response");
    let mut compressed = Vec::with_capacity(1024);
    assert!(saml::raw_deflate::compress_into(&xml, &mut compressed));
    let value = STANDARD.encode(&compressed);
    assert!(matches!(GatedResponse::decode(&value), Err(Rejection::NotUtf8 | Rejection::NotXml { .. })));
    assert_eq!((decode_deflated(&value).as_deref(), decode_lossy(&value)), (Some(xml.as_str()), xml.clone()));
    assert_eq!((decode_deflated(&STANDARD.encode(&xml)), decode_lossy(&STANDARD.encode(&xml))), (None, xml));
    assert_eq!(decode_deflated("no Base64"), None);
}

#[test]
fn another_message_is_named() {
    for (version, name, expected) in [
        ("1.0", "Response", Rejection::WrongVersion { actual: "1.1".into() }),
        ("1.0", "Request", Rejection::WrongShape { what: ShapeError::OtherDocument { expected: "Response" } }),
        (
            "2.0",
            "AuthnRequest",
            Rejection::WrongShape {
                what: ShapeError::OtherMessage { expected: "Response", actual: "AuthnRequest".into() },
            },
        ),
    ] {
        let xml = message(version, name);
        assert_eq!(rejection_of(&xml), expected, "{xml}");
        assert!(!is_logout_message(&xml), "{xml}");
    }
    for name in ["LogoutRequest", "LogoutResponse"] {
        assert!(is_logout_message(&message("2.0", name)), "{name}");
    }
    assert!(!is_logout_message("<html/>") && !is_logout_message("LogoutResponse"));
}
