//! Confirming again, before something sensitive.

use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::factors::audit_trail;
use crate::harness::{Browser, PASSWORD, Portal, html};

on_both_databases!(
    a_sensitive_action_asks_for_reauthentication_and_continues,
    promoting_and_deleting_a_key_requires_reauthentication,
    reauthentication_does_not_redirect_to_other_hosts,
);

const EMAIL: &str = "ada@contoso.com";

/// Confirms with the password and a code; where that leads.
pub async fn confirm(browser: &mut Browser, code: &str) -> String {
    let fields = [("password", PASSWORD), ("code", code), ("next", "/account/sessions")];
    browser.post("/api/reauthentication/with_password", &fields).await.location().to_owned()
}

async fn a_sensitive_action_asks_for_reauthentication_and_continues(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut plain = portal.signed_in(EMAIL, None).await;
    portal.pass(TimeDelta::minutes(16));
    let answer = plain.post("/api/factors/begin_totp", &[]).await;
    assert_eq!(answer.location(), "/account/reauthenticate?next=/account/security");
    let page = plain.follow(answer.location()).await.body;
    assert!(page.contains("Confirm that it is you") && !page.contains("Six digits") && !page.contains("name=\"code\""));
    let wrong = [("password", "wrong horse battery"), ("next", "/account/security")];
    let answer = plain.post("/api/reauthentication/with_password", &wrong).await;
    assert_eq!(answer.location(), "/account/reauthenticate?next=/account/security");
    assert!(plain.follow(answer.location()).await.body.contains("This is not your current password"));
    let before = plain.clone();
    assert_eq!(confirm(&mut plain, "").await, "/account/sessions");
    assert_ne!(plain.cookies["session"], before.cookies["session"]);
    assert_eq!(before.clone().get("/account").await.location(), "/login?next=/account");
    let app = portal.enrol(&mut plain).await;

    portal.pass(TimeDelta::minutes(16));
    let page = plain.get("/account/reauthenticate").await.body;
    assert!(page.contains("name=\"code\""), "{page}");
    assert!(confirm(&mut plain, "").await.starts_with("/account/reauthenticate"), "the password alone no longer does");
    assert!(plain.get("/account/reauthenticate").await.body.contains("This code does not match"));
    let code = app.code();
    assert_eq!(confirm(&mut plain, &code).await, "/account/sessions");
    assert!(confirm(&mut plain, &code).await.starts_with("/account/reauthenticate"), "a code confirms once");
    let trail = audit_trail(&portal).await;
    assert!(trail.contains("account.reauthenticated") && trail.contains("account.reauthentication_failed"));
}

async fn promoting_and_deleting_a_key_requires_reauthentication(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let options = format!("/teams/{slug}/setup/options");
    for _ in 0..2 {
        admin.post("/api/keys/create", &[("slug", &slug)]).await;
    }
    for (act, done) in [("promote", "Retired: only decrypts"), ("delete", "Key deleted")] {
        portal.pass(TimeDelta::minutes(16));
        let before = admin.get(&options).await.body;
        // the retired key is the one whose form deletes
        let key = html::field(&before, "key");
        let fields = [("slug", &*slug), ("key", key.as_deref().unwrap_or_default())];
        let address = format!("/api/keys/{act}");
        let asked = admin.post(&address, &fields).await.location().to_owned();
        assert_eq!(asked, format!("/account/reauthenticate?next={options}%23keys"), "{act}");
        assert_eq!(admin.get(&options).await.body.matches("/certificate.cer").count(), 2, "{act}: nothing changed");
        let page = admin.follow(&asked).await.body;
        assert!(page.contains(&format!("value=\"{options}#keys\"")), "{page}");
        let confirmed = [("password", PASSWORD), ("next", &*format!("{options}#keys"))];
        let back = admin.post("/api/reauthentication/with_password", &confirmed).await.location().to_owned();
        assert_eq!(back, format!("{options}#keys"), "{act}");
        let decided = admin.decide(&format!("keys/{act}"), &slug, &[("key", key.as_deref().unwrap_or_default())]).await;
        assert_eq!(decided.location(), back, "{act}");
        let after = admin.get(&options).await.body + &admin.get(&format!("/teams/{slug}/audit")).await.body;
        assert!(after.contains(done), "{act}: {after}");
    }
    assert_eq!(admin.get(&options).await.body.matches("/certificate.cer").count(), 1);
}

async fn reauthentication_does_not_redirect_to_other_hosts(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let fields = [("password", PASSWORD), ("next", next)];
        let answer = browser.post("/api/reauthentication/with_password", &fields).await;
        assert_eq!(answer.location(), "/account/security", "{next}");
    }
    let app = portal.enrol(&mut browser).await;
    let mut other = portal.browser();
    let fields = [("email", EMAIL), ("password", PASSWORD), ("next", "https://evil.example/")];
    other.post("/api/accounts/sign_in", &fields).await;
    let fields = [("code", &*app.code()), ("next", "https://evil.example/")];
    assert_eq!(other.post("/api/second_factor/enter_code", &fields).await.location(), "/");
    let mut stranger = portal.browser();
    assert_eq!(
        stranger.get("/account/reauthenticate?next=/account").await.location(),
        "/login?next=/account/reauthenticate%3Fnext%3D/account"
    );
    for _ in 0..6 {
        browser.post("/api/reauthentication/with_password", &[("password", "wrong horse battery")]).await;
    }
    let refused =
        browser.post("/api/reauthentication/with_password", &[("password", "wrong horse battery")]).await.body;
    assert!(refused.contains("Too many attempts"), "{refused}");
}
