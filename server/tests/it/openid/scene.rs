//! An application of the vendor's, a team that may use it, and people who sign in.

use std::collections::HashMap;

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Actor;
use domain::applications::{self, NewApplication};
use model::{ApplicationKind, ApplicationSettings};
use oidc::JwkSet;
use serde_json::Value;
use store::testing::DatabaseKind;
use url::Url;

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response};

pub const UPN: &str = "b.simon@contoso.com";
pub const CALLBACK: &str = "https://app.krisp.example/callback";
pub const ISSUER: &str = "http://localhost:3000";
/// What every test proves that it began the request with.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// Its challenge (RFC 7636, appendix B).
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A portal with a live team and an application for every team.
pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    pub slug: String,
    pub client_id: String,
    pub secret: String,
}

/// The settings of an application with one address.
pub fn settings() -> ApplicationSettings {
    ApplicationSettings { redirect_uris: vec![CALLBACK.parse().unwrap()], ..ApplicationSettings::default() }
}

pub fn web_application(settings: ApplicationSettings) -> NewApplication {
    NewApplication { client_id: None, name: "Krisp".into(), kind: ApplicationKind::Web, teams: None, settings }
}

pub async fn scene(kind: DatabaseKind) -> Scene {
    scene_with(kind, settings()).await
}

pub async fn scene_with(kind: DatabaseKind, settings: ApplicationSettings) -> Scene {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let (client_id, secret) = register(&portal, web_application(settings)).await;
    Scene { portal, idp, slug, client_id, secret }
}

/// Registers an application; its client ID, and a secret if it keeps one.
pub async fn register(portal: &Portal, new: NewApplication) -> (String, String) {
    let (services, operator) = (&portal.services, Actor::operator());
    let is_confidential = new.kind.is_confidential();
    let client_id = applications::create(services, &operator, new).await.unwrap();
    if !is_confidential {
        return (client_id, String::new());
    }
    let secret = applications::create_secret(services, &operator, &client_id, None).await.unwrap();
    (client_id, secret.reveal().to_owned())
}

/// An address with these parameters.
pub fn with_parameters(path: &str, parameters: &[(&str, &str)]) -> String {
    format!("{path}?{}", form(parameters))
}

pub fn form(parameters: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// The parameters of an address that a browser is sent to.
pub fn parameters_of(location: &str) -> HashMap<String, String> {
    Url::parse(location).unwrap().query_pairs().into_owned().collect()
}

/// The claims of a token, whatever it is signed with.
pub fn claims_of(token: &str) -> Value {
    oidc::jose::jws::payload_unverified(token).unwrap()
}

impl Scene {
    /// An authorization request of the application, with these parameters in the place of the usual ones;
    /// an empty one is left out.
    pub fn authorize_address(&self, changed: &[(&str, &str)]) -> String {
        self.authorize_address_of(&self.client_id, changed)
    }

    pub fn authorize_address_of(&self, client_id: &str, changed: &[(&str, &str)]) -> String {
        let usual = [
            ("client_id", client_id),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", "openid profile email groups organization"),
            ("state", "a state"),
            ("nonce", "a nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("organization", &self.slug),
        ];
        let value = |name: &str, usual| changed.iter().find(|(changed, _)| *changed == name).map_or(usual, |(_, v)| *v);
        let mut all: Vec<_> = usual.into_iter().map(|(name, usual)| (name, value(name, usual))).collect();
        all.extend(changed.iter().filter(|(name, _)| usual.iter().all(|(known, _)| known != name)));
        all.retain(|(_, value)| !value.is_empty());
        with_parameters("/oauth2/authorize", &all)
    }

    /// Goes on from the way to the identity provider up to where the application gets the browser back.
    pub async fn finish_sign_in(&self, browser: &mut Browser, started: &Answer, upn: &str) -> String {
        let asked = self.idp.asked(started.location());
        let response = self.idp.sign(&self.idp.options(&asked, upn, self.portal.now()));
        let received = post_response(browser, &self.slug, &response, asked.relay_state.as_deref()).await;
        let redeemed = browser.follow(received.location()).await;
        browser.follow(redeemed.location()).await.location().to_owned()
    }

    /// A whole sign-in that the application asks for; where it gets the browser back.
    pub async fn sign_in(&self, browser: &mut Browser, changed: &[(&str, &str)]) -> String {
        let started = browser.get(&self.authorize_address(changed)).await;
        self.finish_sign_in(browser, &started, UPN).await
    }

    /// The same, as far as the code.
    pub async fn code(&self, browser: &mut Browser, changed: &[(&str, &str)]) -> String {
        let back = self.sign_in(browser, changed).await;
        parameters_of(&back).remove("code").unwrap_or_else(|| panic!("{back}"))
    }

    pub fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.client_id, self.secret)))
    }

    /// Asks the token endpoint, as the application.
    pub async fn token(&self, parameters: &[(&str, &str)]) -> Answer {
        self.ask("/oauth2/token", &self.basic(), parameters).await
    }

    /// Asks an endpoint for applications.
    pub async fn ask(&self, path: &str, authorization: &str, parameters: &[(&str, &str)]) -> Answer {
        ask(&mut self.portal.browser(), path, authorization, parameters).await
    }

    pub async fn redeem(&self, code: &str) -> Answer {
        self.token(&redemption(code)).await
    }

    /// The tokens of a sign-in with these parameters.
    pub async fn tokens(&self, browser: &mut Browser, changed: &[(&str, &str)]) -> Value {
        let code = self.code(browser, changed).await;
        json_of(&self.redeem(&code).await)
    }

    pub async fn userinfo(&self, access_token: &str) -> Answer {
        let bearer = format!("Bearer {access_token}");
        self.portal.browser().request(Method::GET, "/oauth2/userinfo", &[("authorization", &bearer)], "").await
    }

    pub async fn keys(&self) -> JwkSet {
        JwkSet::parse(&self.portal.browser().get("/oauth2/jwks").await.body).unwrap()
    }

    /// The application, changed.
    pub async fn change(&self, settings: ApplicationSettings, teams: Option<Vec<String>>) {
        let new = NewApplication { teams, ..web_application(settings) };
        applications::update(&self.portal.services, &Actor::operator(), &self.client_id, new).await.unwrap();
    }
}

/// What redeems a code.
pub fn redemption(code: &str) -> [(&'static str, &str); 4] {
    [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]
}

pub async fn ask(browser: &mut Browser, path: &str, authorization: &str, parameters: &[(&str, &str)]) -> Answer {
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
    if !authorization.is_empty() {
        headers.push(("authorization", authorization));
    }
    browser.request(Method::POST, path, &headers, &form(parameters)).await
}

#[track_caller]
pub fn json_of(answer: &Answer) -> Value {
    assert!(answer.status.is_success(), "{}: {}", answer.status, answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// That an application is told this error, in JSON that nobody keeps.
#[track_caller]
pub fn assert_refused(answer: &Answer, status: StatusCode, error: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["error"], error, "{body}");
    assert!(body["error_description"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-type").starts_with("application/json"));
}
