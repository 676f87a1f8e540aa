//! What the response around the assertion says, signed and unsigned.

use saml::response::{Rejection, ShapeError};

use crate::support::*;

/// Why it is rejected with the assertion signed, then with the response signed.
fn with(from: &str, to: &str) -> [Result<(), Rejection>; 2] {
    let draft = Draft::entra().response(from, to);
    [draft.signed(), draft.response_signed(rsa(), &Signature::default())].map(|xml| verify(&xml).map(|_| ()))
}

#[test]
fn an_error_of_the_identity_provider_is_reported_whether_signed_or_not() {
    let success = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>";
    let failure = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode><samlp:StatusMessage>AADSTS50105: not assigned</samlp:StatusMessage>";
    let expected = Err(Rejection::StatusNotSuccess {
        code: "urn:oasis:names:tc:SAML:2.0:status:Responder".into(),
        sub_code: Some("urn:oasis:names:tc:SAML:2.0:status:AuthnFailed".into()),
        message: Some("AADSTS50105: not assigned".into()),
    });
    assert_eq!(with(success, failure), [expected.clone(), expected.clone()]);
    let alone = Draft::entra().response(success, failure).response("[assertion]", "").unsigned();
    assert_eq!(verify(&alone).map(|_| ()), expected);
}

#[test]
fn another_destination_is_rejected_and_a_signed_response_must_name_one() {
    let destination = format!(" Destination=\"{ACS}\"");
    let wrong = |actual: Option<&str>| {
        Err(Rejection::WrongDestination { expected: ACS.into(), actual: actual.map(str::to_owned) })
    };
    let other = "https://other.example/";
    assert_eq!(with(&destination, &format!(" Destination=\"{other}\"")), [wrong(Some(other)), wrong(Some(other))]);
    assert_eq!(with(&destination, ""), [Ok(()), wrong(None)]);
}

#[test]
fn another_issuer_is_rejected_and_a_signed_response_must_name_one() {
    let issuer = format!("<Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer>");
    let other = issuer.replace(IDP, "urn:other");
    let wrong = || Err(Rejection::WrongIssuer { expected: IDP.into(), actual: "urn:other".into(), on_response: true });
    assert_eq!(with(&issuer, &other), [wrong(), wrong()]);
    let missing = Err(Rejection::WrongShape { what: ShapeError::SignedResponseWithoutIssuer });
    assert_eq!(with(&issuer, ""), [Ok(()), missing]);
}

#[test]
fn another_request_is_rejected_and_a_signed_response_must_name_one() {
    let request = format!(" InResponseTo=\"{REQUEST}\"");
    let wrong = || Err(Rejection::UnknownRequest { expected: Some(REQUEST.into()), actual: "_other".into() });
    assert_eq!(with(&request, " InResponseTo=\"_other\""), [wrong(), wrong()]);
    assert_eq!(with(&request, ""), [Ok(()), Err(Rejection::Unsolicited)]);
}

#[test]
fn a_rejection_still_tells_which_request_it_answers() {
    let xml = Draft::entra().unsigned();
    let gated = saml::response::GatedResponse::decode(&encode(xml)).unwrap();
    assert_eq!(gated.in_response_to(), Some(REQUEST));
}
