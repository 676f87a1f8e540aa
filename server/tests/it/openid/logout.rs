//! Signing out: asked for by an application, and told to all of them.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use chrono::TimeDelta;
use domain::Actor;
use domain::applications::{NewApplication, deliver_due_logouts};
use oidc::jose::jws;
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{
    CALLBACK, ISSUER, Scene, UPN, claims_of, json_of, parameters_of, register, scene, scene_with, settings,
    web_application, with_parameters,
};
use crate::harness::Browser;

on_both_databases!(
    an_application_signs_out_whom_its_hint_names,
    without_a_hint_the_person_is_asked,
    only_registered_addresses_are_returned_to,
    whatever_ends_the_session_tells_every_application_once,
    an_application_that_is_away_is_told_later_and_delays_no_other,
    a_new_sign_in_of_the_same_person_tells_nobody,
    offline_access_outlasts_the_session,
    ending_all_sessions_of_a_team_ends_refresh_tokens_too,
);

const GOODBYE: &str = "https://app.krisp.example/goodbye";

fn with_goodbye() -> model::ApplicationSettings {
    model::ApplicationSettings { post_logout_redirect_uris: vec![GOODBYE.parse().unwrap()], ..settings() }
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/me").await.status == StatusCode::OK
}

async fn an_application_signs_out_whom_its_hint_names(kind: DatabaseKind) {
    let scene = scene_with(kind, with_goodbye()).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[]).await;
    let hint = tokens["id_token"].as_str().unwrap();
    // a hint stays good for this after its time
    scene.portal.pass(TimeDelta::hours(2));
    let parameters = [("id_token_hint", hint), ("post_logout_redirect_uri", GOODBYE), ("state", "s&t")];
    let answer = browser.get(&with_parameters("/oauth2/logout", &parameters)).await;
    assert_eq!(answer.location(), format!("{GOODBYE}?state=s%26t"));
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert!(!is_signed_in(&mut browser).await);
    let again = browser.get(&with_parameters("/oauth2/logout", &parameters)).await;
    assert_eq!(again.location(), format!("{GOODBYE}?state=s%26t"), "nobody is signed in, which is what was asked for");
    let access_token = tokens["access_token"].as_str().unwrap();
    assert_eq!(scene.userinfo(access_token).await.status, StatusCode::UNAUTHORIZED, "its tokens ended, too");
}

async fn without_a_hint_the_person_is_asked(kind: DatabaseKind) {
    let scene = scene_with(kind, with_goodbye()).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    let of_other_session =
        scene.tokens(&mut scene.portal.browser(), &[]).await["id_token"].as_str().unwrap().to_owned();
    for parameters in [
        vec![],
        vec![("client_id", scene.client_id.as_str()), ("post_logout_redirect_uri", GOODBYE)],
        vec![("id_token_hint", of_other_session.as_str())],
    ] {
        let asked = browser.get(&with_parameters("/oauth2/logout", &parameters)).await;
        assert!(asked.status == StatusCode::OK && asked.body.contains("Sign out?"), "{parameters:?}");
        assert!(is_signed_in(&mut browser).await);
    }
    let fields = [("client_id", scene.client_id.as_str()), ("post_logout_redirect_uri", GOODBYE), ("state", "s")];
    let cross_site = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let forged = browser.post_with("/oauth2/logout/confirm", &cross_site, &fields).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "another site cannot answer for the person");
    assert!(is_signed_in(&mut browser).await);
    let answer = browser.post("/oauth2/logout/confirm", &fields).await;
    assert_eq!(answer.refresh(), format!("{GOODBYE}?state=s"));
    assert!(!is_signed_in(&mut browser).await);
}

async fn only_registered_addresses_are_returned_to(kind: DatabaseKind) {
    let scene = scene_with(kind, with_goodbye()).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[]).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let (other, _) = register(&scene.portal, web_application(settings())).await;
    let (header, rest) = hint.split_once('.').unwrap();
    let altered = format!("{header}.e30.{}", rest.split_once('.').unwrap().1);
    for parameters in [
        vec![("id_token_hint", hint), ("post_logout_redirect_uri", "https://evil.example/")],
        vec![("id_token_hint", hint), ("post_logout_redirect_uri", CALLBACK)],
        vec![("post_logout_redirect_uri", GOODBYE)],
        vec![("id_token_hint", hint), ("client_id", other.as_str()), ("post_logout_redirect_uri", GOODBYE)],
        vec![("client_id", other.as_str()), ("post_logout_redirect_uri", GOODBYE)],
        vec![("id_token_hint", "not.a.token")],
        vec![("id_token_hint", altered.as_str())],
    ] {
        let answer = browser.get(&with_parameters("/oauth2/logout", &parameters)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parameters:?}");
        assert!(!answer.body.contains("evil.example"));
        assert!(is_signed_in(&mut browser).await, "{parameters:?}");
    }
}

/// An application's address for logout tokens, which keeps what comes.
#[derive(Clone, Default)]
struct Receiver {
    tokens: Arc<Mutex<Vec<String>>>,
    is_away: Arc<Mutex<bool>>,
}

impl Receiver {
    /// Its address.
    async fn listen(&self) -> String {
        let receiver = self.clone();
        let routes = Router::new().route("/logout", post(move |body: String| async move { receiver.receive(&body) }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/logout", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        address
    }

    fn receive(&self, body: &str) -> StatusCode {
        if *self.is_away.lock().unwrap() {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        let token = body.strip_prefix("logout_token=").unwrap().to_owned();
        self.tokens.lock().unwrap().push(token);
        StatusCode::OK
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.tokens.lock().unwrap())
    }
}

/// A scene whose application is told of logouts.
async fn told(kind: DatabaseKind) -> (Scene, Receiver) {
    let receiver = Receiver::default();
    let mut listening = with_goodbye();
    listening.backchannel_logout_uri = Some(receiver.listen().await);
    (scene_with(kind, listening).await, receiver)
}

async fn deliver(scene: &Scene) -> usize {
    deliver_due_logouts(&scene.portal.services).await.unwrap()
}

async fn whatever_ends_the_session_tells_every_application_once(kind: DatabaseKind) {
    let (scene, receiver) = told(kind).await;
    let services = scene.portal.services.clone();
    let mut admin = scene.portal.browser();
    admin.sign_in("ada@contoso.com").await;
    for cause in ["sign-out here", "an application", "all sessions", "suspension"] {
        let mut browser = scene.portal.browser();
        let tokens = scene.tokens(&mut browser, &[]).await;
        // a second code of the same session is no second session
        scene.tokens_of_session(&mut browser).await;
        let id_token = claims_of(tokens["id_token"].as_str().unwrap());
        match cause {
            "sign-out here" => drop(browser.post("/me/sign-out", &[]).await),
            "an application" => {
                let hint = [("id_token_hint", tokens["id_token"].as_str().unwrap())];
                browser.get(&with_parameters("/oauth2/logout", &hint)).await;
            }
            "all sessions" => {
                domain::logout::end_team_sessions(&services, &Actor::operator(), &scene.slug).await.unwrap();
            }
            _ => domain::team_review::suspend(&services, &Actor::operator(), &scene.slug, "unpaid").await.unwrap(),
        }
        assert_eq!(deliver(&scene).await, 1, "{cause}");
        assert_eq!(deliver(&scene).await, 0, "{cause}: once");
        let [token] = receiver.take().try_into().unwrap();
        let verified = jws::verify(&token, &scene.keys().await).unwrap();
        assert_eq!(verified.header.typ.as_deref(), Some("logout+jwt"));
        let claims: Value = serde_json::from_slice(&verified.payload).unwrap();
        assert_eq!((&claims["iss"], &claims["aud"]), (&ISSUER.into(), &Value::from(scene.client_id.as_str())));
        assert_eq!((&claims["sub"], &claims["sid"]), (&id_token["sub"], &id_token["sid"]), "{cause}");
        assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
        assert!(claims.get("nonce").is_none() && claims["jti"].is_string() && claims["exp"].is_number());
    }
}

impl Scene {
    /// Tokens of the session that the browser has.
    async fn tokens_of_session(&self, browser: &mut Browser) -> Value {
        let back = browser.get(&self.authorize_address(&[])).await.location().to_owned();
        json_of(&self.redeem(&parameters_of(&back)["code"]).await)
    }
}

async fn an_application_that_is_away_is_told_later_and_delays_no_other(kind: DatabaseKind) {
    let (scene, receiver) = told(kind).await;
    let other = Receiver::default();
    let mut listening = settings();
    listening.backchannel_logout_uri = Some(other.listen().await);
    let new = NewApplication { name: "Other".into(), ..web_application(listening) };
    let (client_id, secret) = register(&scene.portal, new).await;
    let mut browser = scene.portal.browser();
    scene.tokens(&mut browser, &[]).await;
    let back = browser.get(&scene.authorize_address_of(&client_id, &[])).await.location().to_owned();
    let code = parameters_of(&back)["code"].clone();
    let mut fields = super::scene::redemption(&code).to_vec();
    fields.extend([("client_id", client_id.as_str()), ("client_secret", secret.as_str())]);
    json_of(&scene.ask("/oauth2/token", "", &fields).await);
    *receiver.is_away.lock().unwrap() = true;
    browser.post("/me/sign-out", &[]).await;
    assert_eq!(deliver(&scene).await, 1, "the other is told at once");
    assert_eq!((receiver.take().len(), other.take().len()), (0, 1));
    let operator = Actor::operator();
    let view = domain::applications::application(&scene.portal.services, &operator, &scene.client_id).await.unwrap();
    assert_eq!(view.logouts[0].last_problem, Some(model::application::LogoutProblem::Answered(503)));
    *receiver.is_away.lock().unwrap() = false;
    assert_eq!(deliver(&scene).await, 0, "not at once again");
    scene.portal.pass(TimeDelta::seconds(11));
    assert_eq!((deliver(&scene).await, receiver.take().len()), (1, 1));
}

async fn a_new_sign_in_of_the_same_person_tells_nobody(kind: DatabaseKind) {
    let (scene, receiver) = told(kind).await;
    let mut browser = scene.portal.browser();
    scene.tokens(&mut browser, &[]).await;
    let started = browser.get(&scene.authorize_address(&[("prompt", "login")])).await;
    let back = scene.finish_sign_in(&mut browser, &started, UPN).await;
    json_of(&scene.redeem(&parameters_of(&back)["code"]).await);
    assert_eq!(deliver(&scene).await, 0, "they are still signed in");
    browser.post("/me/sign-out", &[]).await;
    assert_eq!(deliver(&scene).await, 2, "by either name that the application knows the session by");
    assert_eq!(receiver.take().len(), 2);
}

async fn offline_access_outlasts_the_session(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[("scope", "openid offline_access")]).await;
    browser.post("/me/sign-out", &[]).await;
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    json_of(&scene.token(&refresh).await);
    // a code of the session that has ended is of no use
    let mut browser = scene.portal.browser();
    let code = scene.code(&mut browser, &[]).await;
    browser.post("/me/sign-out", &[]).await;
    super::scene::assert_refused(&scene.redeem(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
}

async fn ending_all_sessions_of_a_team_ends_refresh_tokens_too(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (mut here, mut gone) = (scene.portal.browser(), scene.portal.browser());
    let scope = [("scope", "openid offline_access")];
    let tokens = [scene.tokens(&mut here, &scope).await, scene.tokens(&mut gone, &scope).await];
    // of a session that is over already
    gone.post("/me/sign-out", &[]).await;
    domain::logout::end_team_sessions(&scene.portal.services, &Actor::operator(), &scene.slug).await.unwrap();
    for tokens in tokens {
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
        super::scene::assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
        let access_token = tokens["access_token"].as_str().unwrap();
        assert_eq!(scene.userinfo(access_token).await.status, StatusCode::UNAUTHORIZED);
    }
}
