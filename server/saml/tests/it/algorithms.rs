//! Algorithms, keys and certificates that are not allowed.

use saml::response::Rejection;

use crate::support::*;

fn assert_not_allowed(signature: &Signature, algorithm: &str) {
    assert_eq!(
        refusal(&Draft::entra().pretending(signature)),
        Rejection::AlgorithmNotAllowed { algorithm: algorithm.into() }
    );
}

#[test]
fn sha1_is_refused_even_if_the_signature_is_right() {
    let method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    let sha1 = Signature { method: method.into(), ..Signature::default() };
    let xml = Draft::entra().assertion_signed(rsa(), &sha1);
    assert_eq!(refusal(&xml), Rejection::AlgorithmNotAllowed { algorithm: method.into() });
    let digest = "http://www.w3.org/2000/09/xmldsig#sha1";
    let sha1 = Signature { digest: digest.into(), ..Signature::default() };
    let xml = Draft::entra().assertion_signed(rsa(), &sha1);
    assert_eq!(refusal(&xml), Rejection::AlgorithmNotAllowed { algorithm: digest.into() });
}

#[test]
fn keys_that_both_sides_know_and_weak_digests_are_refused() {
    for method in ["hmac-sha256", "rsa-md5", "rsa-sha224", "ecdsa-sha1"] {
        let signature = Signature::by(method);
        assert_not_allowed(&signature, &signature.method);
    }
    for method in ["http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2009/xmldsig11#dsa-sha256", ""] {
        assert_not_allowed(&Signature { method: method.into(), ..Signature::default() }, method);
    }
    let digest = "http://www.w3.org/2001/04/xmldsig-more#md5";
    assert_not_allowed(&Signature { digest: digest.into(), ..Signature::default() }, digest);
}

#[test]
fn somebody_elses_key_is_refused() {
    let xml = Draft::entra().assertion_signed(other_rsa(), &Signature::default());
    assert_eq!(refusal(&xml), Rejection::SignatureInvalid);
}

#[test]
fn both_signatures_must_be_by_the_trusted_key() {
    let theirs = Draft::entra().both_signed(other_rsa(), &Signature::default());
    assert_eq!(refusal(&theirs), Rejection::SignatureInvalid);
    let ours = Draft::entra().both_signed(rsa(), &Signature::default());
    let value = |xml: &str| xml.split("<ds:SignatureValue>").nth(1).unwrap().split_once('<').unwrap().0.to_owned();
    assert_eq!(refusal(&ours.replace(&value(&ours), &value(&theirs))), Rejection::SignatureInvalid);
}

#[test]
fn a_certificate_of_another_kind_of_key_verifies_nothing() {
    let xml = Draft::entra().signed();
    assert_eq!(verify_with(&xml, &[p256().certificate.clone()]), Err(Rejection::SignatureInvalid));
}

#[test]
fn without_a_certificate_nothing_is_accepted() {
    assert_eq!(verify_with(&Draft::entra().signed(), &[]), Err(Rejection::NotConfigured));
    assert_eq!(verify_with(&Draft::entra().unsigned(), &[]), Err(Rejection::NotConfigured));
}

#[test]
fn a_response_without_any_signature_is_refused() {
    assert_eq!(refusal(&Draft::entra().unsigned()), Rejection::SignatureMissing);
}

#[test]
fn a_certificate_out_of_its_validity_is_refused() {
    let xml = Draft::entra().signed();
    let expired = expired().certificate.clone();
    let not_after = expired.not_after();
    assert_eq!(verify_with(&xml, &[expired]), Err(Rejection::CertificateExpired { not_after }));
    let unready = unready().certificate.clone();
    let not_before = unready.not_before();
    assert_eq!(verify_with(&xml, &[unready]), Err(Rejection::CertificateNotYetValid { not_before }));
}

#[test]
fn what_was_changed_after_signing_is_refused() {
    let xml = Draft::entra().signed();
    for (from, to) in [(PERSON, "admin@contoso.com"), (SP, "urn:other"), ("one<", "admins<"), ("_s1", "_s2")] {
        assert!(xml.contains(from));
        assert_eq!(refusal(&xml.replace(from, to)), Rejection::DigestMismatch, "{from}");
    }
}
