//! The mock against our own service provider: what it says must pass `saml`.

use axum::http::StatusCode;
use base64::Engine as _;
use chrono::TimeDelta;
use mock_entra::directory::preset;
use mock_entra::downloads;
use mock_entra::keys::SigningKey;
use mock_entra::response::ResponseOptions;
use mock_entra::server::now;
use mock_entra::sign_in_request::SignInRequest;
use saml::authn_request::RequestId;
use saml::certificate::SigningCertificate;
use saml::metadata::IdpMetadata;
use saml::response::{CLOCK_SKEW, ExpectedAuthn, ExpectedRequest, ExpectedResponse, GatedResponse, SignedParts, Trust};
use saml::upload::read_certificates;

use crate::support::{IDENTIFIER, REPLY_URL, expected, field, get, mock, register, request, submit, tenant};

#[tokio::test]
async fn a_response_it_makes_passes_our_own_verification() {
    let (router, certificate) = mock();
    let id = RequestId::from_random([7; 16]);
    let address = request(&id, None, None);
    let (status, html) = get(&router, &address).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("B.Simon") && html.contains("any is accepted"), "{html}");

    let login = address.replace("/saml2?", "/login?");
    let (status, html) = submit(&router, &login, "upn=b.simon%40contoso.com").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(field(&html, "RelayState"), "state \"1\" & 2");
    assert!(html.contains("<button>Continue</button>"), "works without script");

    let gated = GatedResponse::decode(&field(&html, "SAMLResponse")).unwrap();
    assert_eq!(gated.in_response_to(), Some(id.as_str()));
    let (entity_id, certificates) = (tenant().entity_id(), [certificate]);
    let trust = Trust::new(&entity_id, &certificates);
    let expected = expected(ExpectedRequest::Id(id.as_str()));
    let assertion = gated.verify(&trust, &expected, now()).unwrap();
    assert_eq!(assertion.name_id(), "b.simon@contoso.com");
    assert_eq!(assertion.signed_parts(), SignedParts::Assertion);
    let value = |name: &str| assertion.attributes().iter().find(|a| a.name == name).map(|a| a.values.join(","));
    assert_eq!(value("http://schemas.microsoft.com/identity/claims/tenantid"), Some(tenant().id));
    assert_eq!(value("email").as_deref(), Some("b.simon@contoso.com"));
    assert_eq!(value("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname").as_deref(), Some("Simon"));
}

#[test]
fn values_are_escaped_so_that_they_come_back_as_they_were() {
    let key = SigningKey::generate(now()).unwrap();
    let certificate = SigningCertificate::from_der(&key.certificate_der().unwrap()).unwrap();
    let mut user = preset().remove(2);
    user.display_name = "<b>&amp; \"O'Neil\"".into();
    let asked = SignInRequest {
        id: "_1".into(),
        identifier: "urn:a&b".into(),
        reply_url: "https://sp.example/?a=1&b=2".into(),
        relay_state: None,
        login_hint: None,
    };
    let random = std::array::from_fn(|place| u8::try_from(place).unwrap());
    let xml = ResponseOptions::entra(&tenant(), &asked, &user, now(), random).signed_by(&key).unwrap();
    let value = base64::engine::general_purpose::STANDARD.encode(xml);
    let (entity_id, certificates) = (tenant().entity_id(), [certificate]);
    let trust = Trust::new(&entity_id, &certificates);
    let expected = ExpectedResponse {
        sp_entity_id: &asked.identifier,
        acs_url: &asked.reply_url,
        request: ExpectedRequest::Id("_1"),
        authn: ExpectedAuthn::default(),
        clock_skew: CLOCK_SKEW,
    };
    let assertion = GatedResponse::decode(&value).unwrap().verify(&trust, &expected, now()).unwrap();
    assert_eq!(assertion.name_id(), "g.guest_fabrikam.com#EXT#@contoso.onmicrosoft.com");
    assert!(assertion.attributes().iter().any(|a| a.values == ["<b>&amp; \"O'Neil\""]));
}

#[tokio::test]
async fn a_hint_that_matches_comes_first_and_one_that_does_not_is_filled_in() {
    let (router, _) = mock();
    let id = RequestId::from_random([1; 16]);
    let (_, html) = get(&router, &request(&id, Some("A.Vance@contoso.com"), None)).await;
    assert!(html.find("A.Vance").unwrap() < html.find("B.Simon").unwrap());
    let (_, html) = get(&router, &request(&id, Some("n.new@contoso.com"), None)).await;
    assert!(html.contains("value=\"n.new@contoso.com\""), "{html}");
}

#[tokio::test]
async fn somebody_typed_in_can_sign_in_and_stays() {
    let (router, _) = mock();
    let address = request(&RequestId::from_random([1; 16]), None, None);
    let login = address.replace("/saml2?", "/login?");
    assert_eq!(submit(&router, &login, "upn=nobody").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(submit(&router, &login, "upn=megan.bowen%40contoso.com").await.0, StatusCode::OK);
    assert!(get(&router, &address).await.1.contains("Megan Bowen"));
}

#[tokio::test]
async fn requests_are_refused_with_entras_numbers() {
    let (router, _) = mock();
    let sso = format!("/{}/saml2", tenant().id);
    let refused = |html: &str, number: &str| assert!(html.contains(&format!("AADSTS{number}:")), "{number}: {html}");
    refused(&get(&router, &sso).await.1, "750054");
    refused(&get(&router, &format!("{sso}?SAMLRequest=bm9wZQ%3D%3D")).await.1, "75005");
    refused(&get(&router, "/another/saml2").await.1, "90002");

    let address = request(&RequestId::from_random([1; 16]), None, None);
    assert_eq!(register(&router, r#"{"identifier":"urn:x","reply_url":"javascript:1"}"#).await.as_u16(), 422);
    let other = format!(r#"{{"identifier":"urn:other","reply_url":"{REPLY_URL}"}}"#);
    assert_eq!(register(&router, &other).await, StatusCode::NO_CONTENT);
    refused(&get(&router, &address).await.1, "700016");
    let other = format!(r#"{{"identifier":"{IDENTIFIER}","reply_url":"{REPLY_URL}/"}}"#);
    register(&router, &other).await;
    refused(&get(&router, &address).await.1, "50011");
    let right = format!(
        r#"{{"identifier":"{IDENTIFIER}","reply_url":"{REPLY_URL}","sign_on_url":"https://portal.example/sso/contoso"}}"#
    );
    register(&router, &right).await;
    assert_eq!(get(&router, &address).await.0, StatusCode::OK);
    assert!(get(&router, "/myapps").await.1.contains("href=\"https://portal.example/sso/contoso\""));
}

#[tokio::test]
async fn an_id_that_begins_with_a_digit_is_refused() {
    let (router, _) = mock();
    let address = request(&RequestId::from_random([1; 16]), None, None);
    let query = address.split_once('?').unwrap().1;
    let xml = saml::bindings::redirect::decode(query).unwrap().xml.replace("ID=\"_", "ID=\"1");
    let stored = stored_block(xml.as_bytes());
    let message = base64::engine::general_purpose::STANDARD.encode(stored).replace('+', "%2B").replace('=', "%3D");
    let (status, html) = get(&router, &format!("/{}/saml2?SAMLRequest={message}", tenant().id)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(html.contains("AADSTS7500529:"), "{html}");
}

/// One block of DEFLATE that stores its bytes as they are (RFC 1951 §3.2.4).
fn stored_block(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes].concat()
}

#[tokio::test]
async fn the_downloads_are_what_an_administrator_can_upload() {
    let key = SigningKey::generate(now()).unwrap();
    let folder = std::env::temp_dir().join(format!("mock-entra-test-{}", std::process::id()));
    downloads::write(&folder, &tenant(), &key).unwrap();
    let read = |name: &str| read_certificates(&std::fs::read(folder.join(name)).unwrap()).unwrap();
    let raw = read("certificate.cer");
    assert_eq!(raw[0].subject(), "CN=Microsoft Azure Federated SSO Certificate");
    assert!(raw[0].not_after() - raw[0].not_before() >= TimeDelta::days(3 * 365));
    assert_eq!(read("certificate-base64.cer"), raw);
    assert_eq!(read("federation-metadata.xml"), raw);
    let metadata = std::fs::read(folder.join("federation-metadata.xml")).unwrap();
    let metadata = IdpMetadata::parse(&metadata).unwrap();
    assert_eq!(metadata.entity_id, tenant().entity_id());
    assert_eq!(metadata.sso_redirect_url, Some(tenant().sso_url()));
    assert_eq!(metadata.sso_post_url, Some(tenant().sso_url()));
    assert_eq!((metadata.slo_redirect_url, metadata.slo_post_url), (Some(tenant().sso_url()), None));
    let team: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("team.json")).unwrap()).unwrap();
    assert_eq!(team["idp_entity_id"], tenant().entity_id());
    std::fs::remove_dir_all(folder).unwrap();
}
