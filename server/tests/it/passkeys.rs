//! Passkeys over HTTP, with an authenticator in software.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use domain::key_rotation::reseal_column;
use model::SupportRole;
use serde_json::{Value, json};
use store::on_both_databases;
use store::sealed_values::SealedColumn;
use store::testing::DatabaseKind;
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::prelude::Url;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

use crate::harness::{Answer, Browser, PASSWORD, Portal};

on_both_databases!(
    a_passkey_is_registered_and_is_the_second_factor,
    a_passkey_is_the_whole_sign_in,
    a_passkey_confirms_and_who_has_only_that_needs_it,
    a_copied_passkey_is_refused,
    an_answer_counts_once_for_one_account_and_one_purpose,
    a_challenge_waits_five_minutes,
    another_sites_answer_is_refused,
    a_passkey_is_renamed_and_removed,
    without_a_host_name_there_are_no_passkeys,
);

const EMAIL: &str = "ada@contoso.com";
const ORIGIN: &str = "http://localhost:3000";

/// A device with passkeys.
#[derive(Clone)]
struct Device {
    soft: Arc<Mutex<WebauthnAuthenticator<SoftPasskey>>>,
    credentials: Arc<Mutex<Vec<String>>>,
}

impl Device {
    fn new() -> Self {
        let soft = WebauthnAuthenticator::new(SoftPasskey::new(true));
        Self { soft: Arc::new(Mutex::new(soft)), credentials: Arc::default() }
    }

    /// Makes a passkey for a challenge.
    fn create(&self, options: &Value, origin: &str) -> Value {
        let origin = Url::parse(origin).unwrap();
        let options = serde_json::from_value(options.clone()).unwrap();
        let made = self.soft.lock().unwrap().do_registration(origin, options).unwrap();
        let made = serde_json::to_value(made).unwrap();
        self.credentials.lock().unwrap().push(made["rawId"].as_str().unwrap().to_owned());
        made
    }

    /// Answers a challenge. One that names no passkey is answered by the device's first, with
    /// whose it is, as browsers do.
    fn get(&self, options: &Value, origin: &str, handle: Option<&[u8]>) -> Value {
        let mut options = options.clone();
        let allowed = options["publicKey"]["allowCredentials"].as_array().unwrap();
        if allowed.is_empty() {
            let id = self.credentials.lock().unwrap()[0].clone();
            options["publicKey"]["allowCredentials"] = json!([{ "type": "public-key", "id": id }]);
        }
        let origin = Url::parse(origin).unwrap();
        let options = serde_json::from_value(options).unwrap();
        let answer = self.soft.lock().unwrap().do_authentication(origin, options).unwrap();
        let mut answer = serde_json::to_value(answer).unwrap();
        if let Some(handle) = handle {
            use base64::Engine as _;
            answer["response"]["userHandle"] = json!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(handle));
        }
        answer
    }
}

/// Asks for a challenge as the script does.
async fn start(browser: &mut Browser, what: &str) -> Value {
    let headers = [("accept", "*/*"), ("sec-fetch-site", "same-origin"), ("origin", ORIGIN)];
    let answer = browser.post_with(&format!("/api/passkeys/{what}"), &headers, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let text: String = serde_json::from_str(&answer.body).unwrap();
    serde_json::from_str(&text).unwrap()
}

async fn finish(browser: &mut Browser, what: &str, credential: &Value) -> Answer {
    browser.post(&format!("/api/passkeys/{what}"), &[("credential", &credential.to_string())]).await
}

async fn register(browser: &mut Browser, device: &Device, name: &str) -> String {
    let options = start(browser, "start_registration").await;
    let selection = &options["publicKey"]["authenticatorSelection"];
    assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&json!("preferred"), &json!("required")));
    let made = device.create(&options, ORIGIN);
    let fields = [("name", name), ("credential", &made.to_string())];
    browser.post("/api/passkeys/register", &fields).await.location().to_owned()
}

async fn handle(portal: &Portal, email: &str) -> Vec<u8> {
    let account = store::accounts::by_email(portal.services.db.connection(), email).await.unwrap().unwrap();
    account.id.as_uuid().as_bytes().to_vec()
}

async fn password(portal: &Portal, email: &str) -> Browser {
    let mut browser = portal.browser();
    let answer = browser.post("/api/accounts/sign_in", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/login/second-factor");
    browser
}

async fn a_passkey_is_registered_and_is_the_second_factor(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let mut browser = portal.signed_in(EMAIL, None).await;
    assert_eq!(register(&mut browser, &device, "Laptop").await, "/account/security/recovery-codes");
    let mail = portal.mail().await;
    assert!(mail[0].subject.starts_with("A passkey was added") && mail[0].text_body.contains("\"Laptop\""));
    let page = browser.get("/account/security").await.body;
    assert!(page.contains("Laptop") && page.contains("Not yet"), "{page}");

    let mut other = password(&portal, EMAIL).await;
    assert!(other.get("/login/second-factor").await.body.contains("Use a passkey"));
    let options = start(&mut other, "start_second_factor").await;
    let allowed = options["publicKey"]["allowCredentials"].as_array().unwrap();
    assert_eq!(allowed.len(), 1, "only the account's own are asked for");
    assert_eq!(options["publicKey"]["userVerification"], "required");
    let answer = device.get(&options, ORIGIN, None);
    assert_eq!(finish(&mut other, "second_factor", &answer).await.location(), "/");
    assert!(!other.get("/account/security").await.body.contains("Not yet"), "it says when it was used");
}

async fn a_passkey_is_the_whole_sign_in(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let root = "root@krisp.example";
    let mut browser = portal.signed_in(root, Some(SupportRole::Reviewer)).await;
    assert_eq!(register(&mut browser, &device, "").await, "/account/security?done=passkey-added");
    let handle = handle(&portal, root).await;

    let mut other = portal.browser();
    let page = other.get("/login").await.body;
    assert!(page.contains("Sign in with a passkey") && page.contains("src=\"/passkey.js\""), "{page}");
    let options = start(&mut other, "start_sign_in").await;
    assert!(options.get("mediation").is_none());
    let answer = device.get(&options, ORIGIN, Some(&handle));
    let fields = [("credential", &*answer.to_string()), ("next", "/support")];
    assert_eq!(other.post("/api/passkeys/sign_in", &fields).await.location(), "/support");
    assert_eq!(other.get("/support").await.status, 200, "it counts as both factors");

    let mut nameless = portal.browser();
    let options = start(&mut nameless, "start_sign_in").await;
    let answer = device.get(&options, ORIGIN, None);
    assert_eq!(finish(&mut nameless, "sign_in", &answer).await.location(), "/login");
    assert!(nameless.get("/login").await.body.contains("The passkey was not accepted"));
    assert!(!nameless.cookies.contains_key("session"));
}

async fn a_passkey_confirms_and_who_has_only_that_needs_it(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let mut browser = portal.signed_in(EMAIL, None).await;
    register(&mut browser, &device, "Laptop").await;
    portal.pass(TimeDelta::minutes(16));
    let answer = browser.post("/api/factors/begin_totp", &[]).await;
    assert_eq!(answer.location(), "/account/reauthenticate?next=/account/security");
    let page = browser.get("/account/reauthenticate").await.body;
    assert!(page.contains("Confirm with a passkey") && !page.contains("id=\"password\""), "{page}");
    let answer = browser.post("/api/reauthentication/with_password", &[("password", PASSWORD)]).await;
    assert!(answer.location().starts_with("/account/reauthenticate"), "the password alone is not enough");
    let options = start(&mut browser, "start_reauthentication").await;
    let answer = device.get(&options, ORIGIN, None);
    let fields = [("credential", &*answer.to_string()), ("next", "/account")];
    assert_eq!(browser.post("/api/passkeys/reauthenticate", &fields).await.location(), "/account");
    assert_eq!(browser.post("/api/factors/begin_totp", &[]).await.location(), "/account/security/totp");
}

async fn a_copied_passkey_is_refused(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let mut browser = portal.signed_in(EMAIL, None).await;
    register(&mut browser, &device, "Laptop").await;
    // the copy counts on from where it was copied: its answer comes with an older count
    let mut copy = password(&portal, EMAIL).await;
    let options = start(&mut copy, "start_second_factor").await;
    let copied = device.get(&options, ORIGIN, None);
    let mut owner = password(&portal, EMAIL).await;
    let options = start(&mut owner, "start_second_factor").await;
    let answer = device.get(&options, ORIGIN, None);
    assert_eq!(finish(&mut owner, "second_factor", &answer).await.location(), "/");
    assert_eq!(finish(&mut copy, "second_factor", &copied).await.location(), "/login/second-factor");
    assert!(copy.get("/login/second-factor").await.body.contains("The passkey was not accepted"));
    assert_eq!(copy.get("/account").await.location(), "/login/second-factor?next=/account");
}

async fn an_answer_counts_once_for_one_account_and_one_purpose(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (ada, eve) = (Device::new(), Device::new());
    let mut browser = portal.signed_in(EMAIL, None).await;
    register(&mut browser, &ada, "Laptop").await;
    let mut evil = portal.signed_in("eve@fabrikam.com", None).await;
    register(&mut evil, &eve, "Key").await;

    // Eve knows Ada's password, and answers with her own passkey
    let mut half = password(&portal, EMAIL).await;
    let mut options = start(&mut half, "start_second_factor").await;
    options["publicKey"]["allowCredentials"] = json!([]);
    let own = handle(&portal, "eve@fabrikam.com").await;
    let adas = handle(&portal, EMAIL).await;
    for claimed in [None, Some(&own), Some(&adas)] {
        let answer = eve.get(&options, ORIGIN, claimed.map(Vec::as_slice));
        assert_eq!(finish(&mut half, "second_factor", &answer).await.location(), "/login/second-factor");
        options = start(&mut half, "start_second_factor").await;
        options["publicKey"]["allowCredentials"] = json!([]);
    }
    let mut stranger = portal.browser();
    let options = start(&mut stranger, "start_sign_in").await;
    let answer = eve.get(&options, ORIGIN, Some(&adas));
    assert_eq!(finish(&mut stranger, "sign_in", &answer).await.location(), "/login", "nor with Ada's name on it");

    // what answers one challenge answers no other, and that one once
    let options = start(&mut stranger, "start_sign_in").await;
    let answer = ada.get(&options, ORIGIN, Some(&adas));
    assert_eq!(finish(&mut half, "second_factor", &answer).await.location(), "/login/second-factor");
    let mut twice = stranger.clone();
    assert_eq!(finish(&mut stranger, "sign_in", &answer).await.location(), "/");
    assert_eq!(finish(&mut twice, "sign_in", &answer).await.location(), "/login");
    assert!(!twice.cookies.contains_key("session"));
    let again = start(&mut browser, "start_registration").await;
    assert_eq!(again["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
}

async fn a_challenge_waits_five_minutes(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let mut browser = portal.signed_in(EMAIL, None).await;
    register(&mut browser, &device, "Laptop").await;
    let handle = handle(&portal, EMAIL).await;
    let mut late = portal.browser();
    let options = start(&mut late, "start_sign_in").await;
    let answer = device.get(&options, ORIGIN, Some(&handle));
    portal.pass(TimeDelta::minutes(5));
    assert_eq!(finish(&mut late, "sign_in", &answer).await.location(), "/login");
    assert!(domain::sweep::delete_expired(&portal.services).await.unwrap() >= 1);
    for nonsense in ["", "{}", "null", "[1,2", "\"text\""] {
        start(&mut late, "start_sign_in").await;
        let answer = late.post("/api/passkeys/sign_in", &[("credential", nonsense)]).await;
        assert_eq!(answer.location(), "/login", "{nonsense}");
    }
    assert!(!late.cookies.contains_key("session"));
}

async fn another_sites_answer_is_refused(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let device = Device::new();
    let mut browser = portal.signed_in(EMAIL, None).await;
    let options = start(&mut browser, "start_registration").await;
    let made = device.create(&options, "http://localhost:4000");
    let fields = [("name", "Laptop"), ("credential", &*made.to_string())];
    assert_eq!(browser.post("/api/passkeys/register", &fields).await.location(), "/account/security");
    assert!(browser.get("/account/security").await.body.contains("The passkey was not accepted"));
    let honest = Device::new();
    register(&mut browser, &honest, "Laptop").await;
    let mut half = password(&portal, EMAIL).await;
    let options = start(&mut half, "start_second_factor").await;
    let answer = honest.get(&options, "http://localhost:4000", None);
    assert_eq!(finish(&mut half, "second_factor", &answer).await.location(), "/login/second-factor");
}

async fn a_passkey_is_renamed_and_removed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (laptop, key) = (Device::new(), Device::new());
    let mut browser = portal.signed_in(EMAIL, None).await;
    register(&mut browser, &laptop, "Laptop").await;
    assert_eq!(register(&mut browser, &key, "Key").await, "/account/security?done=passkey-added");
    let account = store::accounts::by_email(portal.services.db.connection(), EMAIL).await.unwrap().unwrap();
    let rows = store::passkeys::list(portal.services.db.connection(), account.account_id()).await.unwrap();
    let id = rows.iter().find(|row| row.name == "Laptop").unwrap().id.to_string();

    let mut eve = portal.signed_in("eve@fabrikam.com", None).await;
    eve.post("/api/passkeys/rename", &[("id", &id), ("name", "Mine")]).await;
    eve.post("/api/passkeys/remove", &[("id", &id)]).await;
    let long = "x".repeat(61);
    browser.post("/api/passkeys/rename", &[("id", &id), ("name", &long)]).await;
    assert!(browser.get("/account/security").await.body.contains("Use at most 60 characters"));
    browser.post("/api/passkeys/rename", &[("id", &id), ("name", "Old <b>laptop")]).await;
    let page = browser.get("/account/security").await.body;
    assert!(page.contains("Old &lt;b&gt;laptop") && !page.contains("<b>laptop"), "{page}");
    portal.mail().await;
    let location = browser.post("/api/passkeys/remove", &[("id", &id)]).await.location().to_owned();
    assert_eq!(location, "/account/security?done=passkey-removed");
    assert!(portal.mail().await[0].text_body.contains("Old <b>laptop"));
    let handle = handle(&portal, EMAIL).await;
    let mut gone = portal.browser();
    let options = start(&mut gone, "start_sign_in").await;
    let answer = laptop.get(&options, ORIGIN, Some(&handle));
    assert_eq!(finish(&mut gone, "sign_in", &answer).await.location(), "/login");
    let options = start(&mut gone, "start_sign_in").await;
    let answer = key.get(&options, ORIGIN, Some(&handle));
    assert_eq!(finish(&mut gone, "sign_in", &answer).await.location(), "/", "the other one stays");
}

async fn without_a_host_name_there_are_no_passkeys(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "account_url = \"http://127.0.0.1:3000\"").await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    assert!(browser.get("/account/security").await.body.contains("Passkeys need a host name"));
    let account = portal.services.as_ref();
    assert!(reseal_column(account, SealedColumn::TotpSeed).await.is_ok());
    let headers = [("accept", "*/*"), ("sec-fetch-site", "same-origin")];
    let answer = browser.post_with("/api/passkeys/start_registration", &headers, &[]).await;
    assert_eq!(answer.status, 404);
}
