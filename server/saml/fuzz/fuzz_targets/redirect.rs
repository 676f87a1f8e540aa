//! Whatever stands in a query or a logout form, reading it ends in a verdict, inflating has
//! an end, and nobody is signed out: no seed is signed with the key that is trusted.

#![no_main]

#[expect(dead_code, unused_imports, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use libfuzzer_sys::fuzz_target;
use saml::authn_request::ReceivedAuthnRequest;
use saml::bindings::MessageKind;
use saml::bindings::redirect::{self, MESSAGE_LIMIT};
use saml::logout::{ExpectedLogoutMessage, LogoutMessage};
use saml::response::{CLOCK_SKEW, Trust};
use support::{IDP, now, rsa};

fuzz_target!(|data: (bool, &[u8])| {
    let (as_message, bytes) = data;
    let query = if as_message { query_of(bytes) } else { String::from_utf8_lossy(bytes).into_owned() };
    if let Ok(message) = redirect::decode(&query) {
        assert!(message.xml.len() <= MESSAGE_LIMIT);
        drop(ReceivedAuthnRequest::parse(&message.xml));
    }
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let expected =
        ExpectedLogoutMessage { slo_url: "https://portal.example/slo", in_response_to: None, clock_skew: CLOCK_SKEW };
    assert!(LogoutMessage::from_redirect(&query, &trust, &expected, now()).is_err());
    for kind in [MessageKind::Request, MessageKind::Response] {
        let form_value = STANDARD.encode(bytes);
        assert!(LogoutMessage::from_post(kind, &form_value, None, &trust, &expected, now()).is_err());
    }
});

/// Those bytes deflated, in a query.
fn query_of(message: &[u8]) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(message).unwrap();
    let encoded =
        STANDARD.encode(encoder.finish().unwrap()).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("SAMLRequest={encoded}&RelayState=x")
}
