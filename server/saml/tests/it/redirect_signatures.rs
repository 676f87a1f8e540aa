//! Signatures beside messages that came by redirect.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use saml::bindings::MessageKind;
use saml::bindings::redirect::{RedirectError, RedirectSignatureError, verify};
use saml::certificate::SigningCertificate;
use saml::response::{Trust, ValidityPolicy};

use crate::support::*;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

fn escaped(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// The octets, signed by Entra's key.
fn signed(octets: &str) -> String {
    format!("{octets}&Signature={}", escaped(&sign(rsa(), MessageDigest::sha256(), octets)))
}

fn sign(key: &Key, digest: MessageDigest, octets: &str) -> String {
    let mut signer = Signer::new(digest, &key.private).unwrap();
    STANDARD.encode(signer.sign_oneshot_to_vec(octets.as_bytes()).unwrap())
}

fn octets() -> String {
    format!("SAMLRequest={}&RelayState=a%2fb&SigAlg={}", escaped(&deflated("<a/>")), escaped(RSA_SHA256))
}

fn check(query: &str) -> Result<String, RedirectSignatureError> {
    check_with(query, &[&rsa().certificate])
}

fn check_with(query: &str, certificates: &[&SigningCertificate]) -> Result<String, RedirectSignatureError> {
    let certificates: Vec<_> = certificates.iter().copied().cloned().collect();
    verify(query, &Trust::new(IDP, &certificates), now()).map(|message| message.xml)
}

#[test]
fn a_signed_message_is_read() {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let message = verify(&signed(&octets()), &trust, now()).unwrap();
    assert_eq!((message.kind, message.xml.as_str()), (MessageKind::Request, "<a/>"));
    assert_eq!(message.relay_state.as_deref(), Some("a/b"));
    let response = octets().replace("SAMLRequest", "SAMLResponse");
    let message = verify(&signed(&response), &trust, now()).unwrap();
    assert_eq!(message.kind, MessageKind::Response);
}

#[test]
fn what_was_escaped_in_the_manner_of_dotnet_is_verified_as_it_came() {
    let lower = octets().replace("%2F", "%2f").replace("%3A", "%3a").replace("%2B", "%2b").replace("%3D", "%3d");
    assert_ne!(lower, octets());
    assert_eq!(check(&signed(&lower)).as_deref(), Ok("<a/>"));
    let upper = signed(&lower).replace("SigAlg=http%3a", "SigAlg=http%3A");
    assert_eq!(check(&upper), Err(RedirectSignatureError::Mismatch));
}

#[test]
fn the_order_in_the_query_does_not_count() {
    let query = signed(&octets());
    let mut parts: Vec<_> = query.split('&').collect();
    parts.reverse();
    parts.insert(1, "login_hint=x");
    assert_eq!(check(&parts.join("&")).as_deref(), Ok("<a/>"));
    // but the order in what is signed does
    let reordered = format!("SigAlg={}&SAMLRequest={}", escaped(RSA_SHA256), escaped(&deflated("<a/>")));
    assert_eq!(check(&signed(&reordered)), Err(RedirectSignatureError::Mismatch));
}

#[test]
fn every_signed_parameter_counts() {
    let query = signed(&octets());
    let message = escaped(&deflated("<a/>"));
    for (from, to) in [
        (format!("SAMLRequest={message}"), format!("SAMLRequest={}", escaped(&deflated("<b/>")))),
        ("SAMLRequest=".to_owned(), "SAMLResponse=".to_owned()),
        ("RelayState=a%2fb".to_owned(), "RelayState=a%2Fb".to_owned()),
        ("RelayState=a%2fb".to_owned(), "RelayState=other".to_owned()),
        ("&RelayState=a%2fb".to_owned(), String::new()),
        ("rsa-sha256".to_owned(), "rsa-sha512".to_owned()),
    ] {
        assert!(query.contains(&from), "{from}");
        assert_eq!(check(&query.replace(&from, &to)), Err(RedirectSignatureError::Mismatch), "{from} {to}");
    }
    let (_, signature) = query.split_once("&Signature=").unwrap();
    let other = escaped(&sign(other_rsa(), MessageDigest::sha256(), &octets()));
    assert_eq!(check(&query.replace(signature, &other)), Err(RedirectSignatureError::Mismatch));
    for bad in ["", "AAAA", &escaped(&STANDARD.encode([0; 256]))] {
        assert_eq!(check(&query.replace(signature, bad)), Err(RedirectSignatureError::Mismatch), "{bad}");
    }
    assert_eq!(check(&query.replace(signature, "%00")), Err(RedirectSignatureError::NotBase64));
    let added = signed(&octets().replace("&RelayState=a%2fb", ""));
    assert_eq!(check(&format!("{added}&RelayState=")), Err(RedirectSignatureError::Mismatch));
}

#[test]
fn a_parameter_twice_is_rejected_wherever_it_stands() {
    let query = signed(&octets());
    for parameter in ["SAMLRequest", "RelayState", "SigAlg", "Signature"] {
        let twice = Err(RedirectSignatureError::Query(RedirectError::Duplicate { parameter }));
        assert_eq!(check(&format!("{parameter}=x&{query}")), twice);
        assert_eq!(check(&format!("{query}&{parameter}=x")), twice);
        assert_eq!(check(&format!("{query}&{parameter}")), twice);
    }
    let escaped = format!("{query}&%53igAlg=x");
    let twice = Err(RedirectSignatureError::Query(RedirectError::Duplicate { parameter: "SigAlg" }));
    assert_eq!(check(&escaped), twice);
    let both = format!("{query}&SAMLResponse=x");
    assert_eq!(check(&both), Err(RedirectSignatureError::Query(RedirectError::TwoMessages)));
}

#[test]
fn without_algorithm_or_signature_it_is_unsigned() {
    let unsigned = Err(RedirectSignatureError::Unsigned);
    let plain = format!("SAMLRequest={}", escaped(&deflated("<a/>")));
    assert_eq!(check(&plain), unsigned);
    assert_eq!(check(&octets()), unsigned);
    assert_eq!(check(&format!("{plain}&Signature=AAAA")), unsigned);
}

#[test]
fn algorithms_that_are_not_allowed_are_rejected_by_name() {
    for algorithm in [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "",
    ] {
        let octets = octets().replace(&escaped(RSA_SHA256), &escaped(algorithm));
        let refused = Err(RedirectSignatureError::Algorithm { algorithm: algorithm.into() });
        assert_eq!(check(&signed(&octets)), refused);
    }
}

#[test]
fn sha_512_is_allowed() {
    let octets = octets().replace("rsa-sha256", "rsa-sha512");
    let signature = sign(rsa(), MessageDigest::sha512(), &octets);
    assert_eq!(check(&format!("{octets}&Signature={}", escaped(&signature))).as_deref(), Ok("<a/>"));
}

#[test]
fn any_certificate_will_do_if_its_time_is_now() {
    let query = signed(&octets());
    let all = [&p256().certificate, &other_rsa().certificate, &expired().certificate, &rsa().certificate];
    assert_eq!(check_with(&query, &all).as_deref(), Ok("<a/>"));
    assert_eq!(check_with(&query, &[]), Err(RedirectSignatureError::NoCertificate));
    let fitting = [&p256().certificate, &other_rsa().certificate];
    assert_eq!(check_with(&query, &fitting), Err(RedirectSignatureError::Mismatch));
    let ended = Err(RedirectSignatureError::Expired { not_after: expired().certificate.not_after() });
    assert_eq!(check_with(&query, &[&expired().certificate]), ended);
    let begins = Err(RedirectSignatureError::NotYetValid { not_before: unready().certificate.not_before() });
    assert_eq!(check_with(&query, &[&unready().certificate]), begins);
    let certificates = [expired().certificate.clone()];
    let lenient = Trust { validity: ValidityPolicy::Ignored, ..Trust::new(IDP, &certificates) };
    assert!(verify(&query, &lenient, now()).is_ok());
}
