//! How applications prove who they are at the token endpoint.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::applications::NewApplication;
use model::{ApplicationKind, ApplicationProblem, SigningAlgorithm};
use oidc::{JwkSet, SigningKey};
use serde_json::json;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{
    ISSUER, UPN, ask, assert_refused, json_of, parameters_of, redemption, register, scene, scene_with, settings,
    web_application,
};

on_both_databases!(
    applications_prove_who_they_are,
    a_signed_assertion_works_once,
    a_public_client_uses_pkce_alone,
    a_secret_can_be_replaced_without_an_outage,
);

async fn applications_prove_who_they_are(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let code = scene.code(&mut browser, &[]).await;
    let fields = redemption(&code);
    let with = |more: &[(&'static str, &str)]| {
        fields.iter().copied().chain(more.iter().copied()).map(|(n, v)| (n, v.to_owned())).collect::<Vec<_>>()
    };
    let id = scene.client_id.as_str();
    let wrong_basic = "Basic dGVzdDp3cm9uZw==";
    for (authorization, more) in [
        ("", with(&[])),
        ("", with(&[("client_id", id)])),
        ("", with(&[("client_id", id), ("client_secret", "wrong")])),
        ("", with(&[("client_id", "nobody"), ("client_secret", &scene.secret)])),
        (wrong_basic, with(&[])),
        ("Basic not-base64!", with(&[])),
        ("Bearer x", with(&[])),
    ] {
        let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = ask(&mut browser, "/oauth2/token", authorization, &more).await;
        assert_refused(&answer, StatusCode::UNAUTHORIZED, "invalid_client");
        assert!(answer.header("www-authenticate").starts_with("Basic"), "{authorization}");
    }
    let both = with(&[("client_id", id), ("client_secret", &scene.secret)]);
    let both: Vec<_> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_refused(&scene.token(&both).await, StatusCode::BAD_REQUEST, "invalid_request");
    for (fields, error) in [
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (vec![("grant_type", "")], "invalid_request"),
        (vec![("grant_type", "authorization_code")], "invalid_request"),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (vec![("grant_type", "authorization_code"), ("code", "a"), ("code", "b")], "invalid_request"),
    ] {
        assert_refused(&scene.token(&fields).await, StatusCode::BAD_REQUEST, error);
    }
    let json = [("content-type", "application/json"), ("authorization", &*scene.basic())];
    let answer = browser.request(Method::POST, "/oauth2/token", &json, "{}").await;
    assert_refused(&answer, StatusCode::BAD_REQUEST, "invalid_request");
    // by post, the code still good after all that
    json_of(&ask(&mut browser, "/oauth2/token", "", &both).await);
}

/// A client's assertion about itself.
fn assertion(key: &SigningKey, client_id: &str, now: i64, jti: &str) -> String {
    let claims = json!({ "iss": client_id, "sub": client_id, "aud": format!("{ISSUER}/oauth2/token"),
        "jti": jti, "iat": now, "exp": now + 60 });
    key.sign("JWT", &claims).unwrap()
}

async fn a_signed_assertion_works_once(kind: DatabaseKind) {
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let jwks = serde_json::to_string(&JwkSet { keys: vec![key.jwk().clone()] }).unwrap();
    let scene = scene_with(kind, model::ApplicationSettings { jwks: Some(jwks), ..settings() }).await;
    let mut browser = scene.portal.browser();
    let now = scene.portal.now().timestamp();
    let stranger = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let good = assertion(&key, &scene.client_id, now, "one");
    for (presented, is_good) in [
        (assertion(&stranger, &scene.client_id, now, "two"), false),
        (assertion(&key, "other", now, "three"), false),
        (assertion(&key, &scene.client_id, now - 600, "four"), false),
        (good.clone(), true),
        (good, false),
        (assertion(&key, &scene.client_id, now, "five"), true),
    ] {
        let code = scene.code(&mut scene.portal.browser(), &[]).await;
        let mut fields = redemption(&code).to_vec();
        fields.extend([("client_assertion_type", kind), ("client_assertion", presented.as_str())]);
        let answer = ask(&mut browser, "/oauth2/token", "", &fields).await;
        if is_good {
            json_of(&answer);
        } else {
            assert_refused(&answer, StatusCode::UNAUTHORIZED, "invalid_client");
        }
    }
    let (services, operator) = (&scene.portal.services, domain::Actor::operator());
    let view = domain::applications::application(services, &operator, &scene.client_id).await.unwrap();
    let skewed: Vec<_> =
        view.refused_requests.iter().filter(|request| request.problem == ApplicationProblem::ClockSkew).collect();
    let at = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!(skewed.len(), 1, "{:?}", view.refused_requests);
    assert_eq!(skewed[0].expected, Some(at(now)), "our time");
    assert_eq!(skewed[0].actual, Some(at(now - 540)), "the assertion's");
}

async fn a_public_client_uses_pkce_alone(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let new = NewApplication { kind: ApplicationKind::SinglePage, ..web_application(settings()) };
    let (client_id, _) = register(&scene.portal, new).await;
    let started = browser.get(&scene.authorize_address_of(&client_id, &[])).await;
    let back = scene.finish_sign_in(&mut browser, &started, UPN).await;
    let code = parameters_of(&back)["code"].clone();
    let mut fields = redemption(&code).to_vec();
    fields.push(("client_id", &client_id));
    let secret = [&fields[..], &[("client_secret", "x")]].concat();
    assert_refused(&ask(&mut browser, "/oauth2/token", "", &secret).await, StatusCode::UNAUTHORIZED, "invalid_client");
    json_of(&ask(&mut browser, "/oauth2/token", "", &fields).await);
    let no_challenge = [("code_challenge", ""), ("code_challenge_method", "")];
    let refused = browser.get(&scene.authorize_address_of(&client_id, &no_challenge)).await;
    assert_eq!(parameters_of(refused.location())["error"], "invalid_request");
    let introspect = ask(&mut browser, "/oauth2/introspect", "", &[("client_id", &client_id), ("token", "x")]).await;
    assert_refused(&introspect, StatusCode::BAD_REQUEST, "unauthorized_client");
}

async fn a_secret_can_be_replaced_without_an_outage(kind: DatabaseKind) {
    let mut scene = scene(kind).await;
    let (services, operator) = (scene.portal.services.clone(), domain::Actor::operator());
    let redeems = async |scene: &super::scene::Scene| {
        let code = scene.code(&mut scene.portal.browser(), &[]).await;
        scene.redeem(&code).await.status == StatusCode::OK
    };
    let overlap = Some(TimeDelta::hours(24));
    let next = domain::applications::create_secret(&services, &operator, &scene.client_id, overlap).await.unwrap();
    assert!(redeems(&scene).await, "the one before");
    let before = std::mem::replace(&mut scene.secret, next.reveal().to_owned());
    assert!(redeems(&scene).await, "the new one");
    let view = domain::applications::application(&services, &operator, &scene.client_id).await.unwrap();
    assert!(view.secrets.iter().all(|secret| secret.last_used_at == Some(scene.portal.now())), "{:?}", view.secrets);
    scene.portal.pass(TimeDelta::hours(25));
    assert!(redeems(&scene).await);
    scene.secret = before;
    assert!(!redeems(&scene).await, "its time is over");
}
