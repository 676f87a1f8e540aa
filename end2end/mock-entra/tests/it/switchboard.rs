//! The switchboard's page and API, and what sign-ins come to under a fault.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mock_entra::certificates::EXPIRES_AFTER;
use mock_entra::fault::Fault;
use saml::authn_request::{AuthnRequest, RequestId};
use saml::certificate::SigningCertificate;
use saml::metadata::IdpMetadata;
use saml::response::{ExpectedRequest, GatedResponse, Trust};
use saml::upload::read_certificates;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::support::{
    Answer, Browser, REPLY_URL, authn_request, expected, field, fields, get, mock, request, send, submit, tenant,
};

const UPN: &str = "upn=b.simon%40contoso.com";

async fn post(router: &Router, address: &str, body: &str) -> (StatusCode, String) {
    send(router, Request::post(address).body(Body::from(body.to_owned())).unwrap()).await
}

async fn set_faults(router: &Router, state: Value) {
    assert_eq!(post(router, "/api/faults", &state.to_string()).await.0, StatusCode::NO_CONTENT);
}

async fn state(router: &Router) -> Value {
    serde_json::from_str(&get(router, "/api/faults").await.1).unwrap()
}

/// Answers a request as B.Simon.
async fn sign_in(router: &Router, id: &RequestId) -> Answer {
    let login = request(id, None, None).replace("/saml2?", "/login?");
    Browser::new(router).submit(&login, UPN).await
}

async fn download(router: &Router, which: &str) -> (StatusCode, Vec<u8>) {
    let request = Request::get(format!("/certificates/{which}.cer")).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    (response.status(), to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec())
}

fn verifies(saml_response: &str, id: &RequestId, certificate: &SigningCertificate) -> bool {
    let (entity_id, certificates) = (tenant().entity_id(), [certificate.clone()]);
    let expected = expected(ExpectedRequest::Id(id.as_str()));
    let gated = GatedResponse::decode(saml_response).unwrap();
    gated.verify(&Trust::new(&entity_id, &certificates), &expected, mock_entra::server::now()).is_ok()
}

#[tokio::test]
async fn the_page_explains_every_fault_and_switches_one_on() {
    let (router, _) = mock();
    assert!(get(&router, "/").await.1.contains("href=\"/faults\""));
    let page = get(&router, "/faults").await.1;
    for fault in Fault::ALL {
        let (name, code) = (fault.name(), fault.expected_finding().unwrap_or_default());
        assert!(page.contains(&format!("value=\"{name}\"")) && page.contains(code), "{name}");
    }
    assert!(page.contains("value=\"none\" checked"), "{page}");

    let form = fields(&[("fault", "altered"), ("clock_skew_seconds", "-30"), ("aadsts", "53003")]);
    assert_eq!(submit(&router, "/faults", &form).await.0, StatusCode::SEE_OTHER);
    assert_eq!(
        state(&router).await,
        json!({"fault": "altered", "clock_skew_seconds": -30, "aadsts": 53003, "shape": "entra"})
    );
    let page = get(&router, "/faults").await.1;
    assert!(page.contains("value=\"altered\" checked") && page.contains("30 seconds behind"), "{page}");
    let sign_in = get(&router, &request(&RequestId::from_random([1; 16]), None, None)).await.1;
    for page in [sign_in, get(&router, "/").await.1] {
        assert!(page.contains(Fault::Altered.description()) && page.contains("href=\"/faults\""), "{page}");
    }

    let form = fields(&[("fault", "sha1"), ("clock_skew_seconds", "soon"), ("aadsts", "50105")]);
    let (status, page) = submit(&router, "/faults", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("number of seconds") && page.contains("value=\"soon\""), "{page}");
    assert!(page.contains("value=\"sha1\" checked"), "what was chosen stays");
    assert_eq!(state(&router).await["fault"], "altered", "and is not on");

    assert!(page.contains("Switch it off"));
    submit(&router, "/faults", "fault=none").await;
    assert_eq!(
        state(&router).await,
        json!({"fault": "none", "clock_skew_seconds": 0, "aadsts": 50105, "shape": "entra"})
    );
    assert!(!get(&router, "/faults").await.1.contains("Switch it off"));
}

#[tokio::test]
async fn the_api_takes_the_whole_state() {
    let (router, _) = mock();
    let whole = json!({"fault": "none", "clock_skew_seconds": 0, "aadsts": 50105, "shape": "entra"});
    assert_eq!(state(&router).await, whole);
    set_faults(&router, json!({"fault": "expired", "clock_skew_seconds": 5})).await;
    for wrong in [
        json!({"fault": "unheard-of"}),
        json!({"faults": "expired"}),
        json!({"clock_skew_seconds": i64::MIN}),
        json!({"aadsts": 0}),
    ] {
        let (status, why) = post(&router, "/api/faults", &wrong.to_string()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(!why.is_empty());
    }
    assert_eq!(state(&router).await["fault"], "expired");
    set_faults(&router, json!({})).await;
    assert_eq!(state(&router).await, whole);
    let page = get(&router, &request(&RequestId::from_random([1; 16]), None, None)).await.1;
    assert!(!page.contains("/faults"), "{page}");
}

#[tokio::test]
async fn entra_stops_with_the_number_that_is_set() {
    let (router, _) = mock();
    let id = RequestId::from_random([1; 16]);
    for (state, number) in
        [(json!({"fault": "stops-at-entra"}), 50_105), (json!({"fault": "stops-at-entra", "aadsts": 123_456}), 123_456)]
    {
        set_faults(&router, state).await;
        let page = sign_in(&router, &id).await.body;
        assert!(page.contains(&format!("AADSTS{number}: ")) && page.contains("Correlation Id"), "{page}");
        assert!(!page.contains("SAMLResponse"), "{page}");
    }
    // whoever was stopped is not signed in
    let mut browser = Browser::new(&router);
    browser.sign_in().await;
    assert!(browser.get("/myapps").await.body.contains("Nowhere."));
}

#[tokio::test]
async fn an_error_signs_nobody_in() {
    let (router, _) = mock();
    set_faults(&router, json!({"fault": "status-not-assigned"})).await;
    let mut browser = Browser::new(&router);
    let page = browser.sign_in().await.body;
    assert!(page.contains("You are not signed in") && page.contains("SAMLResponse"), "{page}");
    assert!(browser.get("/myapps").await.body.contains("Nowhere."));
}

#[tokio::test]
async fn a_response_is_held_for_another_browser() {
    let (router, certificate) = mock();
    let id = RequestId::from_random([1; 16]);
    set_faults(&router, json!({"fault": "hold"})).await;
    let held = sign_in(&router, &id).await;
    assert_eq!(held.status, StatusCode::SEE_OTHER);
    assert!(held.location.starts_with("/held/"), "{}", held.location);
    let (status, page) = get(&router, &held.location).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains(&format!("{}{}", tenant().base_url, held.location)) && !page.contains("<script"), "{page}");
    assert_eq!(field(&page, "RelayState"), "state \"1\" & 2");
    assert!(verifies(&field(&page, "SAMLResponse"), &id, &certificate));
    assert_eq!(get(&router, "/held/nothing").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_response_goes_by_get() {
    let (router, certificate) = mock();
    let id = RequestId::from_random([1; 16]);
    set_faults(&router, json!({"fault": "by-get"})).await;
    let sent = sign_in(&router, &id).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let url = url::Url::parse(&sent.location).unwrap();
    assert!(sent.location.starts_with(REPLY_URL), "{url}");
    let parameter = |name| url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
    assert!(verifies(&parameter("SAMLResponse"), &id, &certificate));
    assert_eq!(parameter("RelayState"), "state \"1\" & 2");
}

#[tokio::test]
async fn the_last_response_and_the_request_before_come_back() {
    let (router, _) = mock();
    let ids = [1, 2, 3].map(|number| RequestId::from_random([number; 16]));
    set_faults(&router, json!({"fault": "replay"})).await;
    let response = |answer: Answer| field(&answer.body, "SAMLResponse");
    let first = response(sign_in(&router, &ids[0]).await);
    assert_eq!(response(sign_in(&router, &ids[1]).await), first);
    assert_eq!(response(sign_in(&router, &ids[1]).await), first, "as often as one likes");

    set_faults(&router, json!({"fault": "answers-earlier-request"})).await;
    let answers = |response: String| GatedResponse::decode(&response).unwrap().in_response_to().unwrap().to_owned();
    // whoever goes away without an answer has asked too
    get(&router, &request(&ids[2], None, None)).await;
    let last = RequestId::from_random([4; 16]);
    assert_eq!(answers(response(sign_in(&router, &last).await)), ids[2].as_str());
    assert_eq!(answers(response(sign_in(&router, &ids[2]).await)), ids[1].as_str());
    assert_eq!(answers(response(sign_in(&router, &ids[0]).await)), ids[0].as_str(), "there is none before the first");
}

/// A request of an application that is not the portal's own.
fn request_of(identifier: &str, id: &RequestId) -> String {
    let destination = tenant().sso_url();
    let request = AuthnRequest { issuer: identifier, ..authn_request(id, &destination) };
    let url = request.redirect_url("state", None, None).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

#[tokio::test]
async fn requests_of_other_applications_are_kept_apart() {
    let (router, _) = mock();
    let ids = [1, 2, 3].map(|number| RequestId::from_random([number; 16]));
    let answers = |answer: Answer| {
        let gated = GatedResponse::decode(&field(&answer.body, "SAMLResponse")).unwrap();
        gated.in_response_to().unwrap().to_owned()
    };
    assert!(get(&router, "/faults").await.1.contains("No request has come yet"));
    set_faults(&router, json!({"fault": "answers-foreign-request"})).await;
    let none = "No other application has sent a request";
    let page = get(&router, &request(&ids[0], None, None)).await.1;
    assert!(page.contains(none), "{page}");
    assert_eq!(answers(sign_in(&router, &ids[0]).await), ids[0].as_str(), "there is no other one to answer");

    get(&router, &request_of("https://portal.example/saml/fabrikam", &ids[1])).await;
    let page = get(&router, &request(&ids[2], None, None)).await.1;
    assert!(!page.contains(none), "{page}");
    assert_eq!(answers(sign_in(&router, &ids[2]).await), ids[1].as_str());
    let page = get(&router, "/faults").await.1;
    assert!(page.contains("Requests have come from") && page.contains("saml/fabrikam"), "{page}");

    // the one before is the application's own
    set_faults(&router, json!({"fault": "answers-earlier-request"})).await;
    assert_eq!(answers(sign_in(&router, &ids[2]).await), ids[0].as_str());
    let page = get(&router, &request(&ids[0], None, None)).await.1;
    assert!(page.contains("has sent no request before"), "{page}");
}

#[tokio::test]
async fn a_form_of_ws_federation_has_its_own_fields() {
    let (router, _) = mock();
    let id = RequestId::from_random([1; 16]);
    set_faults(&router, json!({"fault": "ws-federation"})).await;
    let page = sign_in(&router, &id).await.body;
    assert_eq!(field(&page, "wa"), "wsignin1.0");
    assert_eq!(field(&page, "wctx"), "state \"1\" & 2");
    for name in ["SAMLResponse", "RelayState"] {
        assert!(!page.contains(&format!("name=\"{name}\"")), "{page}");
    }
    assert!(page.contains("RequestSecurityTokenResponse") && page.contains("Assertion"), "{page}");
    // and is no response that could come again
    set_faults(&router, json!({"fault": "replay"})).await;
    let page = sign_in(&router, &id).await.body;
    GatedResponse::decode(&field(&page, "SAMLResponse")).unwrap();
}

fn metadata_address(tenant: &str) -> String {
    format!("/{tenant}/federationmetadata/2007-06/federationmetadata.xml")
}

#[tokio::test]
async fn the_next_certificate_is_published_and_becomes_the_active_one() {
    let (router, active) = mock();
    let published = async || {
        let xml = get(&router, &metadata_address(&tenant().id)).await.1;
        read_certificates(xml.as_bytes()).unwrap()
    };
    assert_eq!(published().await, std::slice::from_ref(&active));
    assert_eq!(download(&router, "next").await.0, StatusCode::NOT_FOUND);
    assert_eq!(post(&router, "/api/certificates/activate", "").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(get(&router, "/faults").await.1.contains("Create the next certificate"));

    assert_eq!(post(&router, "/certificates/next", "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(post(&router, "/api/certificates/next", "").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let next = SigningCertificate::from_der(&download(&router, "next").await.1).unwrap();
    assert_eq!(published().await, [active.clone(), next.clone()]);
    let page = get(&router, "/faults").await.1;
    assert!(page.contains(&next.thumbprint_sha1()) && page.contains(&active.thumbprint_sha1()), "{page}");

    let id = RequestId::from_random([1; 16]);
    let response = async || field(&sign_in(&router, &id).await.body, "SAMLResponse");
    assert!(verifies(&response().await, &id, &active), "the next one does not sign yet");
    set_faults(&router, json!({"fault": "next-certificate"})).await;
    assert!(verifies(&response().await, &id, &next), "but for a fault");
    set_faults(&router, json!({})).await;

    assert_eq!(post(&router, "/certificates/activate", "").await.0, StatusCode::SEE_OTHER);
    assert_eq!(published().await, std::slice::from_ref(&next));
    assert_eq!(download(&router, "active").await.1, next.der());
    assert!(verifies(&response().await, &id, &next));
    assert_eq!(post(&router, "/api/certificates/next", "").await.0, StatusCode::NO_CONTENT);
    assert_eq!(post(&router, "/api/certificates/activate", "").await.0, StatusCode::NO_CONTENT);
    assert!(!verifies(&response().await, &id, &next));
}

#[tokio::test]
async fn certificates_of_faults_can_be_downloaded_and_stay() {
    let (router, active) = mock();
    let now = mock_entra::server::now();
    let mut certificates = Vec::new();
    for which in ["active", "expired", "future", "other"] {
        let der = download(&router, which).await.1;
        assert_eq!(download(&router, which).await.1, der, "{which}");
        certificates.push(SigningCertificate::from_der(&der).unwrap());
    }
    assert_eq!(certificates[0], active);
    assert!(certificates[1].is_valid_at(now) && certificates[1].not_after() < now + EXPIRES_AFTER * 2, "ends soon");
    assert!(certificates[2].not_before() > now);
    assert!(certificates[3].is_valid_at(now) && certificates[3] != active);
    assert_eq!(download(&router, "nothing").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&router, "/certificates/active").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_metadata_of_common_names_no_tenant() {
    let (router, _) = mock();
    let (status, xml) = get(&router, &metadata_address("common")).await;
    assert_eq!(status, StatusCode::OK);
    let metadata = IdpMetadata::parse(xml.as_bytes()).unwrap();
    assert_eq!(metadata.entity_id, "https://sts.windows.net/{tenantid}/");
    assert_eq!(metadata.sso_redirect_url.unwrap(), format!("{}/common/saml2", tenant().base_url));
    assert_eq!(get(&router, &metadata_address("elsewhere")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_of_another_provider_stops_the_sign_in() {
    let (router, _) = mock();
    for (fault, words) in [
        ("stops-at-ad-fs", "MSIS7042"),
        ("stops-at-google", "app_not_configured_for_user"),
        ("stops-at-keycloak", "Client not found."),
        ("stops-at-okta", "App Not Assigned"),
    ] {
        assert!(Fault::from_name(fault).is_some_and(Fault::stops), "{fault}");
        set_faults(&router, json!({ "fault": fault })).await;
        let answer = sign_in(&router, &RequestId::from_random([7; 16])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{fault}");
        assert!(answer.body.contains(words), "{fault}: {}", answer.body);
    }
}
