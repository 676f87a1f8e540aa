//! Authentication requests and the binding they travel in.

use std::io::Write as _;

use base64::Engine as _;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use saml::authn_request::{AuthnRequest, ReadRequestError, ReceivedAuthnRequest, RequestId, RequestOptions};
use saml::bindings::redirect::{self, MESSAGE_LIMIT, RedirectError};
use saml::bindings::{MessageKind, SendError};

use crate::corpus::attacks::redirect::queries;
use crate::support::*;

const SSO: &str = "https://login.microsoftonline.com/8f4f2a34/saml2";
const AWKWARD: &str = "urn:a&b<c>\"d'";

fn id() -> RequestId {
    RequestId::from_random([0xab; 16])
}

fn request<'a>(id: &'a RequestId, destination: &'a str) -> AuthnRequest<'a> {
    static NONE: RequestOptions = RequestOptions::NONE;
    AuthnRequest { id, issuer: AWKWARD, acs_url: ACS, destination, issue_instant: now(), options: &NONE }
}

fn query(message: &[u8]) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(message).unwrap();
    parameter(&encoder.finish().unwrap())
}

fn parameter(bytes: &[u8]) -> String {
    let message = base64::engine::general_purpose::STANDARD.encode(bytes);
    url::form_urlencoded::Serializer::new(String::new()).append_pair("SAMLRequest", &message).finish()
}

#[test]
fn an_id_is_an_ncname_of_128_bits() {
    assert_eq!(id().as_str(), format!("_{}", "ab".repeat(16)));
}

#[test]
fn a_request_comes_out_of_its_address_as_it_went_in() {
    let (id, destination) = (id(), format!("{SSO}?idpid=1"));
    let url = request(&id, &destination).redirect_url("opaque state", Some("b.simon@contoso.com"), None).unwrap();
    assert!(url.as_str().starts_with(&format!("{SSO}?idpid=1&SAMLRequest=")), "{url}");
    assert!(url.as_str().ends_with("&login_hint=b.simon%40contoso.com"), "{url}");
    let message = redirect::decode(url.query().unwrap()).unwrap();
    assert_eq!(message.kind, MessageKind::Request);
    assert_eq!(message.relay_state.as_deref(), Some("opaque state"));
    let received = ReceivedAuthnRequest::parse(&message.xml).unwrap();
    assert_eq!(
        received,
        ReceivedAuthnRequest {
            id: id.to_string(),
            issuer: AWKWARD.into(),
            acs_url: Some(ACS.into()),
            destination: Some(destination),
            issue_instant: now(),
            has_subject: false,
        }
    );
}

#[test]
fn a_request_leaves_out_what_entra_rejects() {
    let xml = request(&id(), SSO).to_xml();
    for part in ["Subject", "RequestedAuthnContext", "NameIDPolicy", "Signature"] {
        assert!(!xml.contains(part), "{part}");
    }
}

#[test]
fn relay_state_is_at_most_80_bytes() {
    let id = id();
    let request = request(&id, SSO);
    assert!(request.redirect_url(&"a".repeat(80), None, None).is_ok());
    let error = request.redirect_url(&"é".repeat(41), None, None).unwrap_err();
    assert_eq!(error, SendError::RelayStateTooLong { actual: 82 });
}

#[test]
fn a_sign_in_address_that_cannot_be_used_is_rejected() {
    let id = id();
    assert!(matches!(request(&id, "/saml2").redirect_url("", None, None), Err(SendError::Destination(_))));
    let script = request(&id, "javascript:alert(1)").redirect_url("", None, None).unwrap_err();
    assert_eq!(script, SendError::NotHttp { scheme: "javascript".into() });
    let taken = format!("{SSO}?RelayState=x");
    let error = request(&id, &taken).redirect_url("", None, None).unwrap_err();
    assert_eq!(error, SendError::ReservedParameter { parameter: "RelayState".into() });
}

#[test]
fn a_hint_that_is_no_address_is_left_out() {
    let id = id();
    for hint in ["", "a\nb", &"x".repeat(321)] {
        let url = request(&id, SSO).redirect_url("s", Some(hint), None).unwrap();
        assert!(!url.as_str().contains("login_hint"), "{url}");
    }
}

#[test]
fn a_parameter_twice_is_rejected() {
    for parameter in ["SAMLRequest", "RelayState", "SigAlg", "Signature", "SAMLEncoding"] {
        let doubled = format!("{}&{parameter}=1&{parameter}=2", query(b"<a/>"));
        assert_eq!(redirect::decode(&doubled), Err(RedirectError::Duplicate { parameter }));
    }
    let encoded = format!("{}&%53AMLRequest=1", query(b"<a/>"));
    assert_eq!(redirect::decode(&encoded), Err(RedirectError::Duplicate { parameter: "SAMLRequest" }));
}

#[test]
fn queries_without_one_message_are_rejected() {
    assert_eq!(redirect::decode("a=b"), Err(RedirectError::NoMessage));
    let both = format!("{}&SAMLResponse=AAAA", query(b"<a/>"));
    assert_eq!(redirect::decode(&both), Err(RedirectError::TwoMessages));
    let other = format!("{}&SAMLEncoding=urn:x", query(b"<a/>"));
    assert_eq!(redirect::decode(&other), Err(RedirectError::Encoding));
    assert_eq!(redirect::decode("SAMLRequest=%"), Err(RedirectError::NotBase64));
    assert_eq!(redirect::decode(&parameter(b"<a/>")), Err(RedirectError::NotDeflated));
    assert_eq!(redirect::decode(&query(b"\xff")), Err(RedirectError::NotDeflated));
}

#[test]
fn inflate_bombs_are_rejected() {
    assert!(redirect::decode(&query(&vec![b' '; MESSAGE_LIMIT])).is_ok());
    for bad in queries() {
        assert_eq!(redirect::decode(&bad.query).map(|_| ()), Err(bad.error), "{}", bad.name);
    }
}

#[test]
fn a_received_request_must_have_its_parts() {
    let xml = request(&id(), SSO).to_xml();
    let without = |from: &str, to: &str| {
        assert!(xml.contains(from), "{from}");
        ReceivedAuthnRequest::parse(&xml.replace(from, to)).unwrap_err()
    };
    assert_eq!(without("ID=\"_", "x=\"_"), ReadRequestError::InvalidPart { part: "ID" });
    assert_eq!(without("2026-11-23T13:00:00.000Z", "now"), ReadRequestError::InvalidPart { part: "IssueInstant" });
    assert_eq!(without("saml:Issuer", "saml:Other"), ReadRequestError::InvalidPart { part: "Issuer" });
    assert_eq!(without("Version=\"2.0\"", "Version=\"1.1\""), ReadRequestError::NotAnAuthnRequest);
    assert!(matches!(ReceivedAuthnRequest::parse("<!DOCTYPE a><a/>"), Err(ReadRequestError::NotXml { .. })));
    let subject = xml.replace("</saml:Issuer>", "</saml:Issuer><saml:Subject/>");
    assert!(ReceivedAuthnRequest::parse(&subject).unwrap().has_subject);
}
