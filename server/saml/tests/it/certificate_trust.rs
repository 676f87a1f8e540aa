//! Certificates that verify nothing.

use saml::response::Rejection;

use crate::support::*;

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
fn a_certificate_out_of_its_validity_is_rejected() {
    let xml = Draft::entra().signed();
    let expired = expired().certificate.clone();
    let not_after = expired.not_after();
    assert_eq!(verify_with(&xml, &[expired]), Err(Rejection::CertificateExpired { not_after }));
    let unready = unready().certificate.clone();
    let not_before = unready.not_before();
    assert_eq!(verify_with(&xml, &[unready]), Err(Rejection::CertificateNotYetValid { not_before }));
}
