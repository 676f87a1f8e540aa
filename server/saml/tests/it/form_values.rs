//! The form value before there is a document.

use saml::response::{GatedResponse, RESPONSE_LIMIT, Rejection};

use crate::support::*;

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
