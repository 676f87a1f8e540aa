//! What the provider says of itself.

use axum::http::Method;
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{ISSUER, scene};

on_both_databases!(
    the_configuration_is_complete_and_every_address_in_it_answers,
    the_keys_are_public_and_stay_the_same,
    scripts_of_registered_single_page_applications_may_read_answers,
);

async fn the_configuration_is_complete_and_every_address_in_it_answers(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let answer = browser.get("/.well-known/openid-configuration").await;
    assert!(answer.header("content-type").starts_with("application/json"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let configuration: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(configuration["issuer"], ISSUER);
    assert_eq!(configuration["authorization_response_iss_parameter_supported"], true);
    assert_eq!(configuration["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    let same = browser.get("/.well-known/oauth-authorization-server").await;
    assert_eq!(same.body, answer.body);
    let endpoints = configuration.as_object().unwrap().iter();
    let mut count = 0;
    for (name, address) in endpoints.filter(|(name, _)| name.ends_with("_endpoint") || *name == "jwks_uri") {
        let path = address.as_str().unwrap().strip_prefix(ISSUER).unwrap();
        for method in [Method::GET, Method::POST] {
            let answer = browser.request(method, path, &[], "").await;
            assert_ne!(answer.status.as_u16(), 404, "{name}: {path}");
        }
        count += 1;
    }
    assert_eq!(count, 8);
}

async fn the_keys_are_public_and_stay_the_same(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let answer = scene.portal.browser().get("/oauth2/jwks").await;
    assert!(answer.header("cache-control").contains("max-age"));
    let keys: Value = serde_json::from_str(&answer.body).unwrap();
    let keys = keys["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 3, "RS256, ES256 and EdDSA");
    for key in keys {
        assert_eq!(key["use"], "sig");
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(private).is_none(), "{key}");
        }
    }
    let mut replica = scene.portal.replica().await.with_cookies_of(&scene.portal.browser());
    assert_eq!(replica.get("/oauth2/jwks").await.body, answer.body, "every replica has the same");
}

async fn scripts_of_registered_single_page_applications_may_read_answers(kind: DatabaseKind) {
    use super::scene::{register, settings, web_application};
    let scene = scene(kind).await;
    let mut spa = settings();
    spa.redirect_uris = vec!["https://spa.krisp.example/".parse().unwrap()];
    let single_page = model::ApplicationKind::SinglePage;
    register(&scene.portal, domain::applications::NewApplication { kind: single_page, ..web_application(spa) }).await;
    let mut browser = scene.portal.browser();
    let asks =
        |origin| [("origin", origin), ("access-control-request-method", "POST"), ("sec-fetch-site", "cross-site")];
    for (origin, is_allowed) in [
        ("https://spa.krisp.example", true),
        ("https://evil.example", false),
        // a web application's server asks by itself
        ("https://app.krisp.example", false),
    ] {
        let answer = browser.request(Method::OPTIONS, "/oauth2/token", &asks(origin), "").await;
        let allowed = answer.header("access-control-allow-origin");
        assert_eq!(allowed == origin, is_allowed, "{origin}: {allowed}");
        let headers = [("origin", origin), ("sec-fetch-site", "cross-site")];
        let answer = browser.request(Method::POST, "/oauth2/token", &headers, "").await;
        assert_eq!(answer.header("access-control-allow-origin") == origin, is_allowed, "{origin}");
    }
}
