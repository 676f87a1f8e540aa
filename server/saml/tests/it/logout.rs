//! Single logout, both ways.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use saml::authn_request::RequestId;
use saml::logout::{
    LogoutError, LogoutExpected, LogoutMessage, LogoutRequest, LogoutResponse, LogoutStatus, NameId,
    ReceivedLogoutRequest, ReceivedLogoutResponse,
};
use saml::redirect::{self, MessageKind, RedirectError, RedirectSignatureError, SendError};
use saml::response::{CLOCK_SKEW, Rejection, Trust};

use crate::schema::assert_valid;
use crate::support::*;

const SLO: &str = "https://portal.example/saml/contoso/logout";
const IDP_SLO: &str = "https://login.microsoftonline.com/8f4f2a34/saml2";
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

fn id() -> RequestId {
    RequestId::from_random([0xab; 16])
}

fn name_id() -> NameId {
    NameId {
        value: "b.simon&<\"'@contoso.com".into(),
        format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent".into()),
        name_qualifier: Some("a\"b".into()),
        sp_name_qualifier: Some(SP.into()),
    }
}

fn our_request<'a>(id: &'a RequestId, name_id: &'a NameId, session_indexes: &'a [String]) -> LogoutRequest<'a> {
    LogoutRequest {
        id,
        issuer: SP,
        destination: IDP_SLO,
        issue_instant: now(),
        not_on_or_after: Some(now() + TimeDelta::minutes(5)),
        reason: Some("urn:oasis:names:tc:SAML:2.0:logout:user"),
        name_id,
        session_indexes,
    }
}

fn our_response(id: &RequestId, status: LogoutStatus) -> LogoutResponse<'_> {
    LogoutResponse { id, issuer: SP, destination: IDP_SLO, issue_instant: now(), in_response_to: "_their&", status }
}

/// Entra's request, as its documentation shows it.
fn request() -> String {
    format!(
        "<samlp:LogoutRequest xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_idp1\" Version=\"2.0\" IssueInstant=\"2026-11-23T12:59:58.123Z\" NotOnOrAfter=\"2026-11-23T13:05:00Z\" Destination=\"{SLO}\"><Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer><NameID xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" Format=\"urn:f\" NameQualifier=\"q\" SPNameQualifier=\"s\">{PERSON}</NameID><samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex></samlp:LogoutRequest>"
    )
}

fn response() -> String {
    format!(
        "<samlp:LogoutResponse ID=\"_idp2\" Version=\"2.0\" IssueInstant=\"2026-11-23T12:59:58.123Z\" Destination=\"{SLO}\" InResponseTo=\"{REQUEST}\" xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"><Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer><samlp:Status><samlp:StatusCode Value=\"{SUCCESS}\"/></samlp:Status></samlp:LogoutResponse>"
    )
}

fn plain(parameter: &str, xml: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(parameter, &deflated(xml)).append_pair("RelayState", "state").finish()
}

fn signed_by(key: &Key, parameter: &str, xml: &str) -> String {
    let algorithm = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    let octets = url::form_urlencoded::Serializer::new(plain(parameter, xml)).append_pair("SigAlg", algorithm).finish();
    let mut signer = Signer::new(MessageDigest::sha256(), &key.private).unwrap();
    let signature = STANDARD.encode(signer.sign_oneshot_to_vec(octets.as_bytes()).unwrap());
    url::form_urlencoded::Serializer::new(octets).append_pair("Signature", &signature).finish()
}

fn signed(parameter: &str, xml: &str) -> String {
    signed_by(rsa(), parameter, xml)
}

fn receive_from(idp_entity_id: &str, query: &str) -> Result<LogoutMessage, LogoutError> {
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(idp_entity_id, &certificates);
    let expected = LogoutExpected { slo_url: SLO, in_response_to: Some(REQUEST), clock_skew: CLOCK_SKEW };
    LogoutMessage::by_redirect(query, &trust, &expected, now())
}

fn receive(query: &str) -> Result<LogoutMessage, LogoutError> {
    receive_from(IDP, query)
}

/// What becomes of a signed request, or response, in which something is changed.
fn changed(parameter: &str, from: &str, to: &str) -> Result<LogoutMessage, LogoutError> {
    let xml = if parameter == "SAMLRequest" { request() } else { response() };
    assert!(xml.contains(from), "{from}");
    receive(&signed(parameter, &xml.replace(from, to)))
}

fn changed_request(from: &str, to: &str) -> LogoutError {
    changed("SAMLRequest", from, to).unwrap_err()
}

fn changed_response(from: &str, to: &str) -> LogoutError {
    changed("SAMLResponse", from, to).unwrap_err()
}

#[test]
fn our_request_is_in_the_order_of_the_schema_and_escaped() {
    let (id, name_id, indexes) = (id(), name_id(), ["_1&".to_owned(), "_2".to_owned()]);
    let xml = our_request(&id, &name_id, &indexes).to_xml();
    assert_valid("protocol", &xml);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    let names: Vec<_> = root.children().map(|child| child.tag_name().name()).collect();
    assert_eq!(names, ["Issuer", "NameID", "SessionIndex", "SessionIndex"]);
    let node = root.children().nth(1).unwrap();
    assert_eq!(node.text(), Some(name_id.value.as_str()));
    let attributes = ["Format", "NameQualifier", "SPNameQualifier"].map(|name| node.attribute(name));
    assert_eq!(
        attributes,
        [name_id.format.as_deref(), name_id.name_qualifier.as_deref(), name_id.sp_name_qualifier.as_deref()]
    );
    assert_eq!(root.children().nth(2).unwrap().text(), Some("_1&"));
    assert_eq!(root.attribute("NotOnOrAfter"), Some("2026-11-23T13:05:00.000Z"));
    let bare = NameId { value: "x".into(), ..NameId::default() };
    let least = LogoutRequest { not_on_or_after: None, reason: None, ..our_request(&id, &bare, &[]) }.to_xml();
    assert_valid("protocol", &least);
    assert!(least.ends_with("<saml:NameID>x</saml:NameID></samlp:LogoutRequest>"), "{least}");
}

#[test]
fn our_messages_are_signed_when_there_is_a_key() {
    let (id, name_id) = (id(), name_id());
    let request = our_request(&id, &name_id, &[]);
    let response = our_response(&id, LogoutStatus::Success);
    let certificates = [sp_key().certificate().clone()];
    let ours = Trust::new(SP, &certificates);
    for (url, xml) in [
        (request.redirect_url("state", Some(sp_key())).unwrap(), request.to_xml()),
        (response.redirect_url("state", Some(sp_key())).unwrap(), response.to_xml()),
    ] {
        let message = redirect::verify(url.query().unwrap(), &ours, now()).unwrap();
        assert_eq!((message.xml, message.relay_state.as_deref()), (xml, Some("state")));
    }
    let unsigned = request.redirect_url("", None).unwrap();
    assert_eq!(redirect::verify(unsigned.query().unwrap(), &ours, now()), Err(RedirectSignatureError::Unsigned));
    for form in [request.post_form("s", Some(sp_key())).unwrap(), response.post_form("s", Some(sp_key())).unwrap()] {
        let xml = String::from_utf8(STANDARD.decode(form.message).unwrap()).unwrap();
        assert_valid("protocol", &xml);
        assert!(xmlsec_verifies(&xml, sp_key().certificate_der()));
    }
    let elsewhere = LogoutRequest { destination: "mailto:a@b", ..request };
    assert_eq!(elsewhere.redirect_url("", None), Err(SendError::NotWeb { scheme: "mailto".into() }));
}

#[test]
fn our_response_says_how_it_went() {
    let id = id();
    let codes = |status| -> Vec<String> {
        let xml = our_response(&id, status).to_xml();
        assert_valid("protocol", &xml);
        let document = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(document.root_element().attribute("InResponseTo"), Some("_their&"));
        let codes = document.descendants().filter(|node| node.tag_name().name() == "StatusCode");
        codes.map(|code| code.attribute("Value").unwrap().rsplit(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(LogoutStatus::Success), ["Success"]);
    assert_eq!(codes(LogoutStatus::Requester), ["Requester"]);
    assert_eq!(codes(LogoutStatus::PartialLogout), ["Responder", "PartialLogout"]);
}

#[test]
fn a_signed_request_is_read_whole() {
    let expected = ReceivedLogoutRequest {
        id: "_idp1".into(),
        name_id: NameId {
            value: PERSON.into(),
            format: Some("urn:f".into()),
            name_qualifier: Some("q".into()),
            sp_name_qualifier: Some("s".into()),
        },
        session_indexes: vec!["_s1".into(), "_s2".into()],
        not_on_or_after: Some(now() + TimeDelta::minutes(5)),
        relay_state: Some("state".into()),
    };
    assert_eq!(receive(&signed("SAMLRequest", &request())), Ok(LogoutMessage::Request(expected)));
}

#[test]
fn a_request_may_leave_out_sessions_end_and_destination() {
    let xml = request()
        .replace("<samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex>", "")
        .replace(" NotOnOrAfter=\"2026-11-23T13:05:00Z\"", "")
        .replace(&format!(" Destination=\"{SLO}\""), "");
    let Ok(LogoutMessage::Request(request)) = receive(&signed("SAMLRequest", &xml)) else { panic!("refused") };
    assert_eq!((request.session_indexes.len(), request.not_on_or_after), (0, None));
}

#[test]
fn a_request_must_be_signed_by_the_identity_provider() {
    let query = signed("SAMLRequest", &request());
    let unsigned = Err(LogoutError::Redirect(RedirectSignatureError::Unsigned));
    assert_eq!(receive(&plain("SAMLRequest", &request())), unsigned);
    let (without, _) = query.split_once("&Signature=").unwrap();
    assert_eq!(receive(without), unsigned);
    let mismatch = Err(LogoutError::Redirect(RedirectSignatureError::Mismatch));
    assert_eq!(receive(&signed_by(other_rsa(), "SAMLRequest", &request())), mismatch);
    assert_eq!(receive(&query.replace("RelayState=state", "RelayState=other")), mismatch);
    let twice = RedirectSignatureError::Query(RedirectError::Duplicate { parameter: "SAMLRequest" });
    assert_eq!(receive(&format!("{query}&SAMLRequest=x")), Err(LogoutError::Redirect(twice)));
    let trust = Trust::new(IDP, &[]);
    let expected = LogoutExpected { slo_url: SLO, in_response_to: None, clock_skew: CLOCK_SKEW };
    let refused = LogoutMessage::by_redirect(&query, &trust, &expected, now());
    assert_eq!(refused, Err(LogoutError::Redirect(RedirectSignatureError::NoCertificate)));
}

#[test]
fn a_request_that_ended_or_is_old_or_of_tomorrow_is_refused() {
    let ended = changed_request("2026-11-23T13:05:00Z", "2026-11-23T12:57:00Z");
    assert!(matches!(ended, LogoutError::Expired { .. }), "{ended}");
    assert!(changed("SAMLRequest", "2026-11-23T13:05:00Z", "2026-11-23T12:57:01Z").is_ok());
    for instant in ["2026-11-23T12:46:59Z", "2026-11-23T13:03:01Z"] {
        let implausible = changed_request("2026-11-23T12:59:58.123Z", instant);
        assert!(matches!(implausible, LogoutError::ImplausibleTime { .. }), "{implausible}");
    }
    for instant in ["2026-11-23T12:47:00Z", "2026-11-23T13:03:00Z"] {
        assert!(changed("SAMLRequest", "2026-11-23T12:59:58.123Z", instant).is_ok(), "{instant}");
    }
    for instant in ["+262142-12-31T23:59:59Z", "", "now"] {
        let wrong = changed_request("2026-11-23T13:05:00Z", instant);
        assert_eq!(wrong, LogoutError::Part { part: "NotOnOrAfter" });
    }
}

#[test]
fn every_part_of_a_request_counts() {
    let part = |part| LogoutError::Part { part };
    assert_eq!(changed_request("Version=\"2.0\"", "Version=\"1.1\""), part("Version"));
    assert_eq!(changed_request("ID=\"_idp1\"", "ID=\"\""), part("ID"));
    assert_eq!(changed_request(" ID=\"_idp1\"", " samlp:ID=\"_idp1\""), part("ID"));
    assert_eq!(changed_request("IssueInstant=\"", "x=\""), part("IssueInstant"));
    assert_eq!(changed_request("Issuer", "Other"), part("Issuer"));
    assert_eq!(changed_request("<Issuer ", "<Issuer Format=\"urn:x\" "), part("Issuer"));
    assert_eq!(changed_request(">_s1<", "><"), part("SessionIndex"));
    assert_eq!(changed_request("NameID", "BaseID"), part("NameID"));
    assert_eq!(changed_request(&format!(">{PERSON}<"), "> <"), part("NameID"));
    assert_eq!(changed_request(&format!(">{PERSON}<"), ">a&#10;b<"), part("NameID"));
    let second = "<NameID xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">x</NameID><samlp:SessionIndex>_s1";
    assert_eq!(changed_request("<samlp:SessionIndex>_s1", second), part("NameID"));
    let long = changed_request(PERSON, &"x".repeat(257));
    assert_eq!(long, LogoutError::NameIdTooLong { actual: 257, limit: 256 });
    assert!(changed("SAMLRequest", PERSON, &"x".repeat(256)).is_ok());
    assert_eq!(changed_request("NameID", "EncryptedID"), LogoutError::EncryptedId);
}

#[test]
fn a_message_of_another_kind_is_refused() {
    let wrong = |expected| Err(LogoutError::WrongMessage { expected });
    assert_eq!(receive(&signed("SAMLRequest", &response())), wrong("LogoutRequest"));
    assert_eq!(receive(&signed("SAMLResponse", &request())), wrong("LogoutResponse"));
    assert_eq!(receive(&signed("SAMLRequest", "<LogoutRequest/>")), wrong("LogoutRequest"));
    for xml in ["<!DOCTYPE a><a/>", "<a>", "", "<a><!-- --></a>"] {
        let refused = receive(&signed("SAMLRequest", xml));
        assert!(matches!(refused, Err(LogoutError::NotXml { .. })), "{xml} {refused:?}");
    }
}

#[test]
fn a_request_from_or_for_somebody_else_is_refused() {
    let stranger = changed_request(IDP, "https://sts.windows.net/other/");
    let (expected, actual) = (IDP.to_owned(), "https://sts.windows.net/other/".to_owned());
    assert_eq!(stranger, LogoutError::WrongIssuer { expected, actual });
    // Entra's other name is for responses only
    let alias = IDP.replace("sts.windows.net", "login.microsoftonline.com");
    assert!(matches!(changed_request(IDP, &alias), LogoutError::WrongIssuer { .. }));
    let elsewhere = changed_request(SLO, "https://portal.example/saml/other/logout");
    assert!(matches!(elsewhere, LogoutError::WrongDestination { .. }), "{elsewhere}");
}

#[test]
fn a_response_is_read_signed_or_not() {
    let expected = |signed| {
        Ok(LogoutMessage::Response(ReceivedLogoutResponse {
            id: "_idp2".into(),
            in_response_to: REQUEST.into(),
            status: SUCCESS.into(),
            sub_status: None,
            status_message: None,
            signed,
            relay_state: Some("state".into()),
        }))
    };
    assert_eq!(receive(&signed("SAMLResponse", &response())), expected(true));
    assert_eq!(receive(&plain("SAMLResponse", &response())), expected(false));
}

#[test]
fn half_a_signature_on_a_response_is_refused() {
    let query = signed("SAMLResponse", &response());
    let unsigned = Err(LogoutError::Redirect(RedirectSignatureError::Unsigned));
    let (without_signature, _) = query.split_once("&Signature=").unwrap();
    assert_eq!(receive(without_signature), unsigned);
    assert_eq!(receive(&query.replace("SigAlg=", "x=")), unsigned);
    let mismatch = Err(LogoutError::Redirect(RedirectSignatureError::Mismatch));
    assert_eq!(receive(&signed_by(other_rsa(), "SAMLResponse", &response())), mismatch);
}

#[test]
fn a_response_may_come_from_entras_other_name_of_the_same_tenant() {
    let from = |issuer: &str| receive(&signed("SAMLResponse", &response().replace(IDP, issuer)));
    let alias = IDP.replace("sts.windows.net", "login.microsoftonline.com");
    assert!(from(&alias).is_ok());
    for issuer in [alias.trim_end_matches('/'), "https://login.microsoftonline.com/other/", &format!("{alias}x/")] {
        assert!(matches!(from(issuer), Err(LogoutError::WrongIssuer { .. })), "{issuer}");
    }
    // nobody else has two names
    for idp in ["https://idp.example/", "https://sts.windows.net/", "https://sts.windows.net//"] {
        let answer = "https://login.microsoftonline.com/";
        let refused = receive_from(idp, &signed("SAMLResponse", &response().replace(IDP, answer)));
        assert!(matches!(refused, Err(LogoutError::WrongIssuer { .. })), "{idp}");
    }
}

#[test]
fn a_response_must_answer_the_request_that_was_sent() {
    let other = changed_response(REQUEST, "_other");
    assert_eq!(other, LogoutError::UnknownRequest { expected: Some(REQUEST.into()), actual: "_other".into() });
    assert_eq!(changed_response("InResponseTo", "x"), LogoutError::Part { part: "InResponseTo" });
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let none = LogoutExpected { slo_url: SLO, in_response_to: None, clock_skew: CLOCK_SKEW };
    let unasked = LogoutMessage::by_redirect(&signed("SAMLResponse", &response()), &trust, &none, now()).unwrap_err();
    assert_eq!(unasked, LogoutError::UnknownRequest { expected: None, actual: REQUEST.into() });
    assert!(unasked.to_string().ends_with("no logout was asked for"), "{unasked}");
}

#[test]
fn a_response_tells_success_from_less() {
    let code = format!("<samlp:StatusCode Value=\"{SUCCESS}\"/>");
    let with = |status: &str| match changed("SAMLResponse", &code, status) {
        Ok(LogoutMessage::Response(response)) => response,
        other => panic!("{other:?}"),
    };
    assert!(with(&code).is_success() && !with(&code).is_partial());
    let partial = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:PartialLogout\"/>";
    for outer in [SUCCESS, "urn:oasis:names:tc:SAML:2.0:status:Responder"] {
        let response = with(&format!("<samlp:StatusCode Value=\"{outer}\">{partial}</samlp:StatusCode>"));
        assert!(response.is_partial() && !response.is_success(), "{outer}");
    }
    let failed = with("<samlp:StatusCode Value=\"urn:x\"/><samlp:StatusMessage> why&#10; </samlp:StatusMessage>");
    assert!(!failed.is_success() && !failed.is_partial());
    assert_eq!((failed.status.as_str(), failed.status_message.as_deref()), ("urn:x", Some("why")));
    assert_eq!(changed_response(&code, ""), LogoutError::Part { part: "Status" });
    assert_eq!(changed_response(&code, &code.repeat(2)), LogoutError::Part { part: "StatusCode" });
}

fn post(kind: MessageKind, form_value: &str) -> Result<LogoutMessage, LogoutError> {
    let certificates = [rsa().certificate.clone()];
    let expected = LogoutExpected { slo_url: SLO, in_response_to: Some(REQUEST), clock_skew: CLOCK_SKEW };
    LogoutMessage::by_post(kind, form_value, Some("state"), &Trust::new(IDP, &certificates), &expected, now())
}

/// A message with the identity provider's signature in it.
fn enveloped(key: &Key, id: &str, xml: &str) -> String {
    sign(&xml.replace("</Issuer>", &format!("</Issuer>{}", Signature::default().template(id))), key)
}

fn posted_request(xml: &str) -> Result<LogoutMessage, LogoutError> {
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
        assert_eq!(post(kind, &encode(xml)), Err(LogoutError::Post(Rejection::SignatureMissing)));
    }
    let good = enveloped(rsa(), "_idp1", &request());
    let tampered = good.replace(PERSON, "admin@contoso.com");
    assert!(matches!(post(MessageKind::Request, &encode(tampered)), Err(LogoutError::Post(_))));
    let stranger = enveloped(other_rsa(), "_idp1", &request());
    assert!(matches!(post(MessageKind::Request, &encode(stranger)), Err(LogoutError::Post(_))));
    let other_kind = post(MessageKind::Response, &encode(&good));
    assert!(matches!(other_kind, Err(LogoutError::Post(Rejection::WrongShape { .. }))), "{other_kind:?}");
    let wrapped = format!(
        "<samlp:LogoutRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_evil\">{good}</samlp:LogoutRequest>"
    );
    assert!(matches!(post(MessageKind::Request, &encode(wrapped)), Err(LogoutError::Post(_))));
    assert_eq!(post(MessageKind::Request, "%"), Err(LogoutError::Post(Rejection::NotBase64)));
    assert_eq!(post(MessageKind::Request, &encode([0xff])), Err(LogoutError::Post(Rejection::NotUtf8)));
    let long = post(MessageKind::Request, &"A".repeat(64 * 1024 + 1));
    assert!(matches!(long, Err(LogoutError::Post(Rejection::TooLarge { .. }))));
}

#[test]
fn what_is_posted_must_name_our_address() {
    let nowhere = posted_request(&request().replace(&format!(" Destination=\"{SLO}\""), ""));
    assert_eq!(nowhere, Err(LogoutError::WrongDestination { expected: SLO.into(), actual: None }));
    assert!(matches!(posted_request(&request().replace(SLO, "https://x/")), Err(LogoutError::WrongDestination { .. })));
    assert!(matches!(posted_request(&request().replace(IDP, "urn:x")), Err(LogoutError::WrongIssuer { .. })));
}
