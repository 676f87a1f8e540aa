//! The identity provider's logout messages, by redirect.

use chrono::TimeDelta;
use saml::bindings::redirect::{RedirectError, RedirectSignatureError};
use saml::logout::{NameId, ReceivedLogoutRequest, ReceivedLogoutResponse};

use super::*;

/// What becomes of a signed request, or response, in which something is changed.
fn changed(parameter: &str, from: &str, to: &str) -> Result<LogoutMessage, LogoutRejection> {
    let xml = if parameter == "SAMLRequest" { request() } else { response() };
    assert!(xml.contains(from), "{from}");
    receive(&signed(parameter, &xml.replace(from, to)))
}

fn changed_request(from: &str, to: &str) -> LogoutRejection {
    changed("SAMLRequest", from, to).unwrap_err()
}

fn changed_response(from: &str, to: &str) -> LogoutRejection {
    changed("SAMLResponse", from, to).unwrap_err()
}

#[test]
fn a_signed_request_is_read_whole() {
    let expected = ReceivedLogoutRequest {
        id: "_idp1".into(),
        issue_instant: now() - TimeDelta::milliseconds(1877),
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
fn a_request_may_leave_out_sessions_and_end() {
    let xml = request()
        .replace("<samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex>", "")
        .replace(" NotOnOrAfter=\"2026-11-23T13:05:00Z\"", "");
    let Ok(LogoutMessage::Request(request)) = receive(&signed("SAMLRequest", &xml)) else { panic!("refused") };
    assert_eq!((request.session_indexes.len(), request.not_on_or_after), (0, None));
}

#[test]
fn what_is_signed_must_name_our_address() {
    let destination = format!(" Destination=\"{SLO}\"");
    let nowhere = Err(LogoutRejection::DestinationMissing { expected: SLO.into() });
    assert_eq!(receive(&signed("SAMLRequest", &request().replace(&destination, ""))), nowhere);
    assert_eq!(receive(&signed("SAMLResponse", &response().replace(&destination, ""))), nowhere);
    // an answer that nobody signed is worth the same anywhere
    assert!(receive(&plain("SAMLResponse", &response().replace(&destination, ""))).is_ok());
    let empty = changed_request(SLO, "");
    assert!(matches!(empty, LogoutRejection::WrongDestination { .. }), "{empty}");
}

#[test]
fn a_request_must_be_signed_by_the_identity_provider() {
    let query = signed("SAMLRequest", &request());
    let unsigned = Err(LogoutRejection::Redirect(RedirectSignatureError::Unsigned));
    assert_eq!(receive(&plain("SAMLRequest", &request())), unsigned);
    let (without, _) = query.split_once("&Signature=").unwrap();
    assert_eq!(receive(without), unsigned);
    let mismatch = Err(LogoutRejection::Redirect(RedirectSignatureError::Mismatch));
    assert_eq!(receive(&signed_by(other_rsa(), "SAMLRequest", &request())), mismatch);
    assert_eq!(receive(&query.replace("RelayState=state", "RelayState=other")), mismatch);
    let twice = RedirectSignatureError::Query(RedirectError::Duplicate { parameter: "SAMLRequest" });
    assert_eq!(receive(&format!("{query}&SAMLRequest=x")), Err(LogoutRejection::Redirect(twice)));
    let trust = Trust::new(IDP, &[]);
    let expected = ExpectedLogoutMessage { slo_url: SLO, in_response_to: None, clock_skew: CLOCK_SKEW };
    let refused = LogoutMessage::from_redirect(&query, &trust, &expected, now());
    assert_eq!(refused, Err(LogoutRejection::Redirect(RedirectSignatureError::NoCertificate)));
}

#[test]
fn a_request_that_ended_or_is_old_or_of_tomorrow_is_rejected() {
    let ended = changed_request("2026-11-23T13:05:00Z", "2026-11-23T12:57:00Z");
    assert!(matches!(ended, LogoutRejection::Expired { .. }), "{ended}");
    assert!(changed("SAMLRequest", "2026-11-23T13:05:00Z", "2026-11-23T12:57:01Z").is_ok());
    for instant in ["2026-11-23T12:46:59Z", "2026-11-23T13:03:01Z"] {
        let implausible = changed_request("2026-11-23T12:59:58.123Z", instant);
        assert!(matches!(implausible, LogoutRejection::ImplausibleTime { .. }), "{implausible}");
    }
    for instant in ["2026-11-23T12:47:00Z", "2026-11-23T13:03:00Z"] {
        assert!(changed("SAMLRequest", "2026-11-23T12:59:58.123Z", instant).is_ok(), "{instant}");
    }
    for instant in ["+262142-12-31T23:59:59Z", "", "now"] {
        let wrong = changed_request("2026-11-23T13:05:00Z", instant);
        assert_eq!(wrong, LogoutRejection::InvalidPart { part: "NotOnOrAfter" });
    }
}

#[test]
fn every_part_of_a_request_counts() {
    let part = |part| LogoutRejection::InvalidPart { part };
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
    assert_eq!(long, LogoutRejection::NameIdTooLong { actual: 257, limit: 256 });
    assert!(changed("SAMLRequest", PERSON, &"x".repeat(256)).is_ok());
    assert_eq!(changed_request("NameID", "EncryptedID"), LogoutRejection::EncryptedId);
}

#[test]
fn a_message_of_another_kind_is_rejected() {
    let wrong = |expected| Err(LogoutRejection::WrongMessage { expected });
    assert_eq!(receive(&signed("SAMLRequest", &response())), wrong("LogoutRequest"));
    assert_eq!(receive(&signed("SAMLResponse", &request())), wrong("LogoutResponse"));
    assert_eq!(receive(&signed("SAMLRequest", "<LogoutRequest/>")), wrong("LogoutRequest"));
    for xml in ["<!DOCTYPE a><a/>", "<a>", "", "<a><!-- --></a>"] {
        let refused = receive(&signed("SAMLRequest", xml));
        assert!(
            matches!(refused, Err(LogoutRejection::NotXml { .. } | LogoutRejection::ForbiddenConstruct { .. })),
            "{xml} {refused:?}"
        );
    }
}

#[test]
fn a_request_from_or_for_somebody_else_is_rejected() {
    let stranger = changed_request(IDP, "https://sts.windows.net/other/");
    let (expected, actual) = (IDP.to_owned(), "https://sts.windows.net/other/".to_owned());
    assert_eq!(stranger, LogoutRejection::WrongIssuer { expected, actual });
    // Entra's other name is for responses only
    let alias = IDP.replace("sts.windows.net", "login.microsoftonline.com");
    assert!(matches!(changed_request(IDP, &alias), LogoutRejection::WrongIssuer { .. }));
    let elsewhere = changed_request(SLO, "https://portal.example/saml/other/logout");
    assert!(matches!(elsewhere, LogoutRejection::WrongDestination { .. }), "{elsewhere}");
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
fn half_a_signature_on_a_response_is_rejected() {
    let query = signed("SAMLResponse", &response());
    let unsigned = Err(LogoutRejection::Redirect(RedirectSignatureError::Unsigned));
    let (without_signature, _) = query.split_once("&Signature=").unwrap();
    assert_eq!(receive(without_signature), unsigned);
    assert_eq!(receive(&query.replace("SigAlg=", "x=")), unsigned);
    let mismatch = Err(LogoutRejection::Redirect(RedirectSignatureError::Mismatch));
    assert_eq!(receive(&signed_by(other_rsa(), "SAMLResponse", &response())), mismatch);
}

#[test]
fn a_response_may_come_from_entras_other_name_of_the_same_tenant() {
    let from = |issuer: &str| receive(&signed("SAMLResponse", &response().replace(IDP, issuer)));
    let alias = IDP.replace("sts.windows.net", "login.microsoftonline.com");
    assert!(from(&alias).is_ok());
    for issuer in [alias.trim_end_matches('/'), "https://login.microsoftonline.com/other/", &format!("{alias}x/")] {
        assert!(matches!(from(issuer), Err(LogoutRejection::WrongIssuer { .. })), "{issuer}");
    }
    // nobody else has two names
    for idp in ["https://idp.example/", "https://sts.windows.net/", "https://sts.windows.net//"] {
        let answer = "https://login.microsoftonline.com/";
        let refused = receive_from(idp, &signed("SAMLResponse", &response().replace(IDP, answer)));
        assert!(matches!(refused, Err(LogoutRejection::WrongIssuer { .. })), "{idp}");
    }
}

#[test]
fn a_response_must_answer_the_request_that_was_sent() {
    let other = changed_response(REQUEST, "_other");
    assert_eq!(other, LogoutRejection::UnknownRequest { expected: REQUEST.into(), actual: "_other".into() });
    assert_eq!(changed_response("InResponseTo", "x"), LogoutRejection::InvalidPart { part: "InResponseTo" });
    let certificates = [rsa().certificate.clone()];
    let trust = Trust::new(IDP, &certificates);
    let none = ExpectedLogoutMessage { slo_url: SLO, in_response_to: None, clock_skew: CLOCK_SKEW };
    let unsolicited =
        LogoutMessage::from_redirect(&signed("SAMLResponse", &response()), &trust, &none, now()).unwrap_err();
    assert_eq!(unsolicited, LogoutRejection::Unsolicited { actual: REQUEST.into() });
    assert!(unsolicited.to_string().ends_with("no logout was asked for"), "{unsolicited}");
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
    assert_eq!(changed_response(&code, ""), LogoutRejection::InvalidPart { part: "Status" });
    assert_eq!(changed_response(&code, &code.repeat(2)), LogoutRejection::InvalidPart { part: "StatusCode" });
}
