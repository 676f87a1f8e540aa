//! Single logout with one application, whoever begins.

use axum::Router;
use axum::http::StatusCode;
use saml::authn_request::RequestId;
use saml::certificate::SigningCertificate;
use saml::logout::{ExpectedLogoutMessage, LogoutMessage, LogoutRequest, LogoutResponse, LogoutStatus, NameId};
use saml::response::{CLOCK_SKEW, Trust};
use serde_json::json;

use crate::support::{Answer, Browser, IDENTIFIER, app, mock, register, tenant};

const LOGOUT_URL: &str = "https://portal.example/v2/auth/sso/saml/contoso/logout";

async fn scene(more: &[(&str, serde_json::Value)]) -> (Router, SigningCertificate, Browser) {
    let (router, certificate) = mock();
    let mut all = vec![("logout_url", json!(LOGOUT_URL))];
    all.extend(more.iter().cloned());
    assert_eq!(register(&router, &app(&all)).await, StatusCode::NO_CONTENT);
    let mut browser = Browser::new(&router);
    assert_eq!(browser.sign_in().await.status, StatusCode::OK);
    (router, certificate, browser)
}

/// The portal's request, by HTTP-Redirect.
fn ask(id: &RequestId, issuer: &str, name_id: &str) -> String {
    let request = LogoutRequest {
        id,
        issuer,
        destination: &tenant().sso_url(),
        issue_instant: mock_entra::server::now(),
        not_on_or_after: None,
        reason: None,
        name_id: &NameId { value: name_id.into(), ..NameId::default() },
        session_indexes: &[],
    };
    request.redirect_url("where I was", None).unwrap().into()
}

/// What the mock sent to the portal, read as the portal does.
fn read(answer: &Answer, certificate: &SigningCertificate, in_response_to: Option<&str>) -> LogoutMessage {
    let (address, query) = answer.location.split_once('?').unwrap_or_else(|| panic!("{}", answer.body));
    assert_eq!(address, LOGOUT_URL);
    let (entity_id, certificates) = (tenant().entity_id(), [certificate.clone()]);
    let expected = ExpectedLogoutMessage { slo_url: LOGOUT_URL, in_response_to, clock_skew: CLOCK_SKEW };
    let trust = Trust::new(&entity_id, &certificates);
    LogoutMessage::from_redirect(query, &trust, &expected, mock_entra::server::now()).unwrap()
}

#[tokio::test]
async fn an_application_signs_out_under_either_name_whatever_the_name_identifier() {
    for alias in [false, true] {
        let (_, certificate, mut browser) = scene(&[("logout_alias", json!(alias))]).await;
        let id = RequestId::from_random([3; 16]);
        let answer = browser.get(&ask(&id, IDENTIFIER, "somebody else")).await;
        let LogoutMessage::Response(response) = read(&answer, &certificate, Some(id.as_str())) else {
            panic!("a response")
        };
        assert!(response.is_success() && response.signed);
        assert_eq!(response.relay_state.as_deref(), Some("where I was"));
        let (_, query) = answer.location.split_once('?').unwrap();
        let xml = saml::bindings::redirect::decode(query).unwrap().xml;
        assert_eq!(xml.contains(">https://login.microsoftonline.com/"), alias, "{xml}");
        let again = browser.get(&ask(&id, IDENTIFIER, "b.simon@contoso.com")).await;
        assert!(again.body.contains("AADSTS50068:"), "the session is over: {}", again.body);
    }
}

#[tokio::test]
async fn an_application_without_logout_url_is_not_answered() {
    let (_, _, mut browser) = scene(&[("logout_url", json!(""))]).await;
    let answer = browser.get(&ask(&RequestId::from_random([3; 16]), IDENTIFIER, "x")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("You signed out") && answer.body.contains("has no Logout URL"), "{}", answer.body);
}

#[tokio::test]
async fn only_a_participant_may_sign_out() {
    let (router, _, mut browser) = scene(&[]).await;
    let id = RequestId::from_random([3; 16]);
    let strange = browser.get(&ask(&id, "urn:another", "x")).await;
    assert!(strange.body.contains("AADSTS50068:"), "{}", strange.body);
    let elsewhere = Browser::new(&router).get(&ask(&id, IDENTIFIER, "x")).await;
    assert!(elsewhere.body.contains("AADSTS50068:"), "{}", elsewhere.body);
    assert!(browser.get("/myapps").await.body.contains("b.simon@contoso.com"), "still signed in");
}

#[tokio::test]
async fn signing_out_everywhere_tells_the_application_and_waits_for_its_answer() {
    for status in [LogoutStatus::Success, LogoutStatus::PartialLogout] {
        let (_, certificate, mut browser) = scene(&[]).await;
        let asked = browser.submit("/sign-out", "").await;
        let LogoutMessage::Request(request) = read(&asked, &certificate, None) else { panic!("a request") };
        assert_eq!(request.name_id.value, "b.simon@contoso.com");
        assert_eq!(request.session_indexes.len(), 1);
        let respond = |in_response_to| {
            let response = LogoutResponse {
                id: &RequestId::from_random([4; 16]),
                issuer: IDENTIFIER,
                destination: &tenant().sso_url(),
                issue_instant: mock_entra::server::now(),
                in_response_to,
                status,
            };
            response.redirect_url("", None).unwrap().to_string()
        };
        let invented = browser.get(&respond("_invented")).await;
        assert!(invented.body.contains("AADSTS50061:"), "{}", invented.body);
        let page = browser.get(&respond(&request.id)).await.body;
        assert!(page.contains("You signed out"), "{page}");
        assert_eq!(page.contains("did not confirm"), status != LogoutStatus::Success, "{page}");
        assert!(browser.get("/myapps").await.body.contains("Nowhere."));
    }
}

#[tokio::test]
async fn signing_out_everywhere_of_nowhere_is_done_at_once() {
    let (router, _) = mock();
    let answer = Browser::new(&router).submit("/sign-out", "").await;
    assert!(answer.body.contains("You signed out"), "{}", answer.body);
}
