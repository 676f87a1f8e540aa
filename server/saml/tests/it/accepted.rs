//! Responses that honest identity providers send.

use saml::response::{GatedResponse, Rejection, ShapeError, SignedParts};

use crate::support::*;

fn assert_simon(xml: &str, key: &Key, parts: SignedParts) {
    let assertion = verify_with(xml, std::slice::from_ref(&key.certificate)).unwrap();
    assert_eq!(assertion.name_id(), PERSON);
    assert_eq!(assertion.signed_parts(), parts);
    assert_eq!(assertion.certificate_thumbprint_sha256(), key.certificate.thumbprint_sha256());
}

#[test]
fn a_signed_assertion_is_read_whole() {
    let assertion = verify(&Draft::entra().signed()).unwrap();
    assert_eq!(assertion.assertion_id(), "_a1");
    assert_eq!(assertion.name_id(), PERSON);
    assert_eq!(assertion.name_id_format(), Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"));
    assert_eq!(assertion.session_indexes().to_lines().as_deref(), Some("_s1"));
    assert_eq!(assertion.session_not_on_or_after(), None);
    assert_eq!(assertion.replay_until().to_rfc3339(), "2026-11-23T14:12:58.123+00:00");
    let attributes: Vec<_> = assertion.attributes().iter().map(|a| (a.name.as_str(), a.values.clone())).collect();
    assert_eq!(
        attributes,
        [
            ("http://schemas.microsoft.com/identity/claims/tenantid", vec!["8f4f2a34".to_owned()]),
            ("groups", vec!["one".to_owned(), "two & three".to_owned()]),
        ]
    );
}

#[test]
fn assertion_response_or_both_may_be_signed() {
    let (draft, signature) = (Draft::entra(), Signature::default());
    assert_simon(&draft.assertion_signed(rsa(), &signature), rsa(), SignedParts::Assertion);
    assert_simon(&draft.response_signed(rsa(), &signature), rsa(), SignedParts::Response);
    assert_simon(&draft.both_signed(rsa(), &signature), rsa(), SignedParts::Both);
}

#[test]
fn every_allowed_algorithm_verifies() {
    for method in ["rsa-sha256", "rsa-sha384", "rsa-sha512"] {
        assert_simon(&Draft::entra().assertion_signed(rsa(), &Signature::by(method)), rsa(), SignedParts::Assertion);
    }
    for key in [p256(), p384()] {
        for method in ["ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512"] {
            assert_simon(&Draft::entra().both_signed(key, &Signature::by(method)), key, SignedParts::Both);
        }
    }
    for digest in ["http://www.w3.org/2001/04/xmldsig-more#sha384", "http://www.w3.org/2001/04/xmlenc#sha512"] {
        let signature = Signature { digest: digest.into(), ..Signature::default() };
        assert_simon(&Draft::entra().assertion_signed(rsa(), &signature), rsa(), SignedParts::Assertion);
    }
}

#[test]
fn each_canonicalisation_without_comments_verifies() {
    for algorithm in ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11"] {
        let mut signature = Signature { canonicalization: algorithm.into(), ..Signature::default() };
        signature.transforms = signature.transforms.replace("http://www.w3.org/2001/10/xml-exc-c14n#", algorithm);
        // inclusive canonicalisation takes the namespaces around an assertion into it, so
        // only the whole document is signed that way
        assert_simon(&Draft::entra().response_signed(rsa(), &signature), rsa(), SignedParts::Response);
    }
}

#[test]
fn a_list_of_inclusive_prefixes_is_let_in() {
    let mut signature = Signature::default();
    signature.transforms = signature.transforms.replace(
        "xml-exc-c14n#\"/>",
        "xml-exc-c14n#\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"xs\"/></ds:Transform>",
    );
    assert_simon(&Draft::entra().assertion_signed(rsa(), &signature), rsa(), SignedParts::Assertion);
}

#[test]
fn the_second_certificate_may_be_the_one_that_signed() {
    let certificates = [other_rsa().certificate.clone(), rsa().certificate.clone()];
    let assertion = verify_with(&Draft::entra().signed(), &certificates).unwrap();
    assert_eq!(assertion.certificate_thumbprint_sha256(), rsa().certificate.thumbprint_sha256());
}

#[test]
fn certificates_of_another_kind_of_key_are_passed_over_in_either_order() {
    let certificates = [p256().certificate.clone(), rsa().certificate.clone()];
    assert!(verify_with(&Draft::entra().signed(), &certificates).is_ok());
    let ecdsa = Draft::entra().assertion_signed(p256(), &Signature::by("ecdsa-sha256"));
    let certificates = [rsa().certificate.clone(), p384().certificate.clone(), p256().certificate.clone()];
    assert!(verify_with(&ecdsa, &certificates).is_ok());
}

#[test]
fn a_renewed_certificate_counts_though_the_old_one_has_the_same_key() {
    let certificates = [expired().certificate.clone(), rsa().certificate.clone()];
    assert!(verify_with(&Draft::entra().signed(), &certificates).is_ok());
}

#[test]
fn keys_inside_the_response_are_never_used() {
    let stranger = encode(other_rsa().certificate.der());
    let key_info = format!(
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{stranger}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    );
    let signature = Signature { key_info, ..Signature::default() };
    assert!(verify(&Draft::entra().assertion_signed(rsa(), &signature)).is_ok());
    assert_eq!(rejection_of(&Draft::entra().assertion_signed(other_rsa(), &signature)), Rejection::SignatureInvalid);
}

#[test]
fn a_declaration_and_line_breaks_in_the_base64_are_let_in() {
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", Draft::entra().signed());
    let folded: Vec<String> =
        encode(xml).as_bytes().chunks(76).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect();
    let gated = GatedResponse::decode(&folded.join("\r\n")).unwrap();
    assert_eq!(gated.in_response_to(), Some(REQUEST));
}

#[test]
fn the_request_is_hinted_at_by_the_confirmation_if_the_response_names_none() {
    let xml = Draft::entra().response(&format!(" InResponseTo=\"{REQUEST}\""), "").signed();
    assert_eq!(GatedResponse::decode(&encode(&xml)).unwrap().in_response_to(), Some(REQUEST));
    assert!(verify(&xml).is_ok());
}

#[test]
fn conditions_that_hold_by_themselves_are_let_in() {
    let xml = Draft::entra().assertion("</Conditions>", "<OneTimeUse/><ProxyRestriction Count=\"0\"/></Conditions>");
    assert!(verify(&xml.signed()).is_ok());
}

#[test]
fn one_audience_of_a_restriction_is_enough() {
    let xml = Draft::entra().assertion("<Audience>", "<Audience>urn:other</Audience><Audience>");
    assert!(verify(&xml.signed()).is_ok());
}

#[test]
fn one_bearer_confirmation_that_holds_is_enough() {
    let other = "<SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><SubjectConfirmationData Recipient=\"https://other.example/\"/></SubjectConfirmation>";
    let xml = Draft::entra().assertion("</NameID>", &format!("</NameID>{other}"));
    assert!(verify(&xml.signed()).is_ok());
}

#[test]
fn the_session_ends_when_the_identity_provider_says() {
    let xml = Draft::entra().assertion("SessionIndex=", "SessionNotOnOrAfter=\"2026-11-23T20:00:00Z\" SessionIndex=");
    let until = verify(&xml.signed()).unwrap().session_not_on_or_after().unwrap();
    assert_eq!(until.to_rfc3339(), "2026-11-23T20:00:00+00:00");
}

/// A second statement, of another session.
fn two_sessions(index: &str) -> String {
    let second = format!(
        "<AuthnStatement AuthnInstant=\"2026-11-23T12:30:00Z\" SessionIndex=\"{index}\"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>"
    );
    Draft::entra().assertion("</Assertion>", &second).signed()
}

#[test]
fn every_statements_session_can_be_signed_out_of() {
    let assertion = verify(&two_sessions("_s2")).unwrap();
    assert_eq!(assertion.session_indexes().iter().collect::<Vec<_>>(), ["_s1", "_s2"]);
    assert!(assertion.session_indexes().contains("_s2"));
    // none is said by the second
    let assertion = verify(&two_sessions("")).unwrap();
    assert_eq!(assertion.session_indexes().iter().collect::<Vec<_>>(), ["_s1"]);
}

#[test]
fn a_session_index_that_cannot_be_kept_is_rejected() {
    assert!(verify(&two_sessions(&"x".repeat(256))).is_ok());
    for (index, what) in [
        ("x".repeat(257), ShapeError::SessionIndexTooLong),
        ("_a&#10;_b".to_owned(), ShapeError::SessionIndexControlCharacter),
    ] {
        assert_eq!(rejection_of(&two_sessions(&index)), Rejection::WrongShape { what });
    }
}

#[test]
fn clocks_may_be_three_minutes_apart() {
    let fast = Draft::entra()
        .assertion("NotBefore=\"2026-11-23T12:55:00.000Z\"", "NotBefore=\"2026-11-23T13:03:00Z\"")
        .assertion("IssueInstant=\"2026-11-23T12:59:58.123Z\"", "IssueInstant=\"2026-11-23T13:03:00Z\"");
    assert!(verify(&fast.signed()).is_ok());
    let slow =
        Draft::entra().assertion("NotOnOrAfter=\"2026-11-23T14:09:58.123Z\"", "NotOnOrAfter=\"2026-11-23T12:57:01Z\"");
    assert!(verify(&slow.signed()).is_ok());
}

#[test]
fn the_whole_name_identifier_is_kept_for_the_sign_out() {
    let format = "<NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\">";
    let qualified = "<NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\" NameQualifier=\"urn:idp\" SPNameQualifier=\"urn:sp\">";
    let assertion = verify(&Draft::entra().assertion(format, qualified).signed()).unwrap();
    let name_id = assertion.full_name_id();
    assert_eq!(name_id.value, PERSON);
    assert_eq!(name_id.format.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"));
    assert_eq!(name_id.name_qualifier.as_deref(), Some("urn:idp"));
    assert_eq!(name_id.sp_name_qualifier.as_deref(), Some("urn:sp"));
}
