//! Applications of Ory Polis, which move here by changing a host name.

use axum::http::{Method, StatusCode};
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{
    CALLBACK, Scene, UPN, VERIFIER, ask, assert_refused, json_of, parameters_of, scene, settings, with_parameters,
};
use crate::harness::{Browser, Portal};
use crate::idp::{Idp, active_team, post_response};

on_both_databases!(
    its_requests_are_answered_in_its_words,
    a_made_up_secret_proves_nothing,
    its_addresses_are_there_only_where_they_are_switched_on,
);

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A portal that answers such applications, with one of each kind: `krisp` and `krisp-spa`.
async fn polis(kind: DatabaseKind) -> Scene {
    let portal = Portal::with_config(kind, "openid.polis_compatible = true").await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let new = |client_id: &str, kind| domain::applications::NewApplication {
        client_id: Some(client_id.to_owned()),
        kind,
        ..super::scene::web_application(settings())
    };
    super::scene::register(&portal, new("krisp-spa", model::ApplicationKind::SinglePage)).await;
    let (client_id, secret) = super::scene::register(&portal, new("krisp", model::ApplicationKind::Web)).await;
    Scene { portal, idp, slug, client_id, secret }
}

/// Signs in as the application asked, up to its code.
async fn code(scene: &Scene, browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let usual = [
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("state", "a state"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("provider", "saml"),
    ];
    let address = with_parameters("/api/oauth/authorize", &[fields, &usual].concat());
    let started = browser.get(&address).await;
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let received = post_response(browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
    let redeemed = browser.follow(received.location()).await;
    let back = browser.follow(redeemed.location()).await.location().to_owned();
    assert_eq!(parameters_of(&back)["state"], "a state");
    parameters_of(&back)["code"].clone()
}

fn redemption<'a>(client_id: &'a str, secret: &'a str, code: &'a str) -> [(&'static str, &'a str); 6] {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", client_id),
        ("client_secret", secret),
    ]
}

async fn its_requests_are_answered_in_its_words(kind: DatabaseKind) {
    let scene = polis(kind).await;
    let encoded = format!("tenant={}&product=krisp", scene.slug);
    let dummy = [("client_id", "dummy"), ("tenant", scene.slug.as_str()), ("product", "krisp")];
    for (fields, client_id) in [(&[("client_id", encoded.as_str())][..], encoded.as_str()), (&dummy[..], "dummy")] {
        let code = code(&scene, &mut scene.portal.browser(), fields).await;
        let form = redemption(client_id, &scene.secret, &code);
        let tokens = json_of(&ask(&mut scene.portal.browser(), "/api/oauth/token", "", &form).await);
        assert!(tokens.get("id_token").is_none(), "nobody asked for openid: {tokens}");
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let headers = [("authorization", bearer.as_str())];
        let answer = scene.portal.browser().request(Method::GET, "/api/oauth/userinfo", &headers, "").await;
        let profile: Value = json_of(&answer);
        assert_eq!(
            (&profile["email"], &profile["firstName"], &profile["lastName"]),
            (&UPN.into(), &"B".into(), &"Simon".into())
        );
        assert_eq!(profile["requested"]["tenant"], scene.slug);
        assert_eq!(profile["requested"]["product"], "krisp");
        assert_eq!(profile["id"], profile["sub"]);
        assert!(profile["raw"]["http://schemas.microsoft.com/identity/claims/objectidentifier"].is_string());
    }
    let with_openid = [("client_id", encoded.as_str()), ("scope", "openid")];
    let code = code(&scene, &mut scene.portal.browser(), &with_openid).await;
    let form = redemption(&encoded, &scene.secret, &code);
    let tokens = json_of(&ask(&mut scene.portal.browser(), "/api/oauth/token", "", &form).await);
    assert!(tokens["id_token"].is_string());
}

async fn a_made_up_secret_proves_nothing(kind: DatabaseKind) {
    let scene = polis(kind).await;
    let encoded = format!("tenant={}&product=krisp", scene.slug);
    let web = code(&scene, &mut scene.portal.browser(), &[("client_id", &encoded)]).await;
    for client_id in [encoded.as_str(), "dummy", "krisp"] {
        let form = redemption(client_id, "dummy", &web);
        let answer = ask(&mut scene.portal.browser(), "/api/oauth/token", "", &form).await;
        assert_refused(&answer, StatusCode::UNAUTHORIZED, "invalid_client");
    }
    // a public client is known by PKCE alone, whatever it sends as its secret
    let public = format!("tenant={}&product=krisp-spa", scene.slug);
    let spa = code(&scene, &mut scene.portal.browser(), &[("client_id", &public)]).await;
    let mut without = redemption("dummy", "dummy", &spa);
    without[3].1 = "";
    let answer = ask(&mut scene.portal.browser(), "/api/oauth/token", "", &without).await;
    assert_refused(&answer, StatusCode::BAD_REQUEST, "invalid_grant");
    json_of(&ask(&mut scene.portal.browser(), "/api/oauth/token", "", &redemption("dummy", "dummy", &spa)).await);
    // nor does one application's client ID open another's code
    let other = code(&scene, &mut scene.portal.browser(), &[("client_id", &encoded)]).await;
    let form = redemption(&public, "dummy", &other);
    let answer = ask(&mut scene.portal.browser(), "/api/oauth/token", "", &form).await;
    assert_refused(&answer, StatusCode::BAD_REQUEST, "invalid_grant");
}

async fn its_addresses_are_there_only_where_they_are_switched_on(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    for path in ["/api/oauth/authorize", "/api/oauth/userinfo", "/api/oauth/token"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
