//! The identity provider's logout messages, by POST.

use saml::bindings::MessageKind;
use saml::response::Rejection;

use super::*;

fn post(kind: MessageKind, form_value: &str) -> Result<LogoutMessage, LogoutRejection> {
    let certificates = [rsa().certificate.clone()];
    let expected = ExpectedLogoutMessage { slo_url: SLO, in_response_to: Some(REQUEST), clock_skew: CLOCK_SKEW };
    LogoutMessage::from_post(kind, form_value, Some("state"), &Trust::new(IDP, &certificates), &expected, now())
}

/// A message with the identity provider's signature in it.
fn enveloped(key: &Key, id: &str, xml: &str) -> String {
    sign(&xml.replace("</Issuer>", &format!("</Issuer>{}", Signature::default().template(id))), key)
}

fn posted_request(xml: &str) -> Result<LogoutMessage, LogoutRejection> {
    post(MessageKind::Request, &encode(enveloped(rsa(), "_idp1", xml)))
}

#[test]
fn what_is_posted_and_signed_is_read_as_what_comes_by_redirect() {
    assert_eq!(posted_request(&request()), receive(&signed("SAMLRequest", &request())));
    let posted = post(MessageKind::Response, &encode(enveloped(rsa(), "_idp2", &response())));
    assert_eq!(posted, receive(&signed("SAMLResponse", &response())));
}

#[test]
fn what_is_posted_must_be_signed_and_whole() {
    for (kind, xml) in [(MessageKind::Request, request()), (MessageKind::Response, response())] {
        assert_eq!(post(kind, &encode(xml)), Err(LogoutRejection::Post(Rejection::SignatureMissing)));
    }
    let good = enveloped(rsa(), "_idp1", &request());
    let tampered = good.replace(PERSON, "admin@contoso.com");
    assert!(matches!(post(MessageKind::Request, &encode(tampered)), Err(LogoutRejection::Post(_))));
    let stranger = enveloped(other_rsa(), "_idp1", &request());
    assert!(matches!(post(MessageKind::Request, &encode(stranger)), Err(LogoutRejection::Post(_))));
    let other_kind = post(MessageKind::Response, &encode(&good));
    assert!(matches!(other_kind, Err(LogoutRejection::Post(Rejection::WrongShape { .. }))), "{other_kind:?}");
    let wrapped = format!(
        "<samlp:LogoutRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_evil\">{good}</samlp:LogoutRequest>"
    );
    assert!(matches!(post(MessageKind::Request, &encode(wrapped)), Err(LogoutRejection::Post(_))));
    assert_eq!(post(MessageKind::Request, "%"), Err(LogoutRejection::Post(Rejection::NotBase64)));
    assert_eq!(post(MessageKind::Request, &encode([0xff])), Err(LogoutRejection::Post(Rejection::NotUtf8)));
    let long = post(MessageKind::Request, &"A".repeat(64 * 1024 + 1));
    assert!(matches!(long, Err(LogoutRejection::Post(Rejection::TooLarge { .. }))));
}

#[test]
fn what_is_posted_must_name_our_address() {
    let nowhere = posted_request(&request().replace(&format!(" Destination=\"{SLO}\""), ""));
    assert_eq!(nowhere, Err(LogoutRejection::DestinationMissing { expected: SLO.into() }));
    assert!(matches!(
        posted_request(&request().replace(SLO, "https://x/")),
        Err(LogoutRejection::WrongDestination { .. })
    ));
    assert!(matches!(posted_request(&request().replace(IDP, "urn:x")), Err(LogoutRejection::WrongIssuer { .. })));
}
