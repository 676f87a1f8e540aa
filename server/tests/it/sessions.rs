//! Where one is signed in, and ending it.

use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};

on_both_databases!(
    every_session_is_listed_with_its_browser_and_address,
    a_session_that_is_ended_ends_at_once,
    all_others_end_together,
    nobody_ends_another_accounts_sessions,
    the_first_factor_ends_sessions_that_proved_none,
    a_session_lasts_no_longer_for_being_used,
);

const EMAIL: &str = "ada@contoso.com";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.4 Mobile/15E148 Safari/604.1";

async fn phone(portal: &Portal) -> Browser {
    let mut phone = portal.browser().at("198.51.100.7").calling_itself(SAFARI);
    assert_eq!(phone.sign_in(EMAIL).await, "/");
    phone
}

/// What the list's row that says `device` is ended by.
async fn id_of(browser: &mut Browser, device: &str) -> String {
    let page = browser.get("/account/sessions").await.body;
    html::field_in_row(&page, device, "id").unwrap_or_else(|| panic!("{device}: {page}"))
}

async fn every_session_is_listed_with_its_browser_and_address(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut desk = portal.signed_in(EMAIL, None).await;
    let page = desk.get("/account/sessions").await.body;
    assert!(page.contains("You are not signed in anywhere else") && !page.contains("do not recognise"), "{page}");
    portal.pass(TimeDelta::minutes(5));
    let phone = phone(&portal).await;
    let page = desk.get("/account/sessions").await.body;
    let expected =
        ["Firefox on Windows", "192.0.2.1", "Safari on iPhone", "198.51.100.7", "This browser", "do not recognise"];
    for words in expected {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("This browser").count(), 1);
    for secret in [&desk.cookies["session"], &phone.cookies["session"]] {
        assert!(!page.contains(secret), "tokens stay in their browsers");
    }
    assert!(desk.get("/account").await.body.contains("In 2 browsers"));
}

async fn a_session_that_is_ended_ends_at_once(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut desk = portal.signed_in(EMAIL, None).await;
    let mut phone = phone(&portal).await;
    let id = id_of(&mut desk, "Safari on iPhone").await;
    let replica = portal.replica().await;
    let mut elsewhere = replica.with_cookies_of(&phone);
    assert_eq!(desk.post("/api/sessions/end", &[("id", &id)]).await.location(), "/account/sessions?done=session-ended");
    assert_eq!(phone.get("/account").await.location(), "/login?next=/account");
    assert_eq!(elsewhere.get("/account").await.location(), "/login?next=/account", "on every replica");
    let own = id_of(&mut desk, "This browser").await;
    assert_eq!(desk.post("/api/sessions/end", &[("id", &own)]).await.location(), "/login");
    assert!(!desk.cookies.contains_key("session"));
}

async fn all_others_end_together(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut desk = portal.signed_in(EMAIL, None).await;
    let mut others = [phone(&portal).await, phone(&portal).await];
    assert_eq!(
        desk.post("/api/sessions/end_others", &[]).await.location(),
        "/account/sessions?done=other-sessions-ended"
    );
    for other in &mut others {
        assert_eq!(other.get("/account").await.location(), "/login?next=/account");
    }
    assert!(
        desk.get("/account/sessions?done=other-sessions-ended")
            .await
            .body
            .contains("All other browsers were signed out")
    );
    let mut stranger = portal.browser();
    assert_eq!(stranger.post("/api/sessions/end_others", &[]).await.location(), "/login?next=/account/sessions");
}

async fn nobody_ends_another_accounts_sessions(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut ada = portal.signed_in(EMAIL, None).await;
    let mut eve = portal.signed_in("eve@fabrikam.com", None).await;
    let id = id_of(&mut ada, "Firefox on Windows").await;
    eve.post("/api/sessions/end", &[("id", &id)]).await;
    eve.post("/api/sessions/end", &[("id", "nonsense")]).await;
    eve.post("/api/sessions/end_others", &[]).await;
    assert_eq!(ada.get("/account").await.status, 200);
    assert!(!eve.get("/account/sessions").await.body.contains(&id));
}

async fn the_first_factor_ends_sessions_that_proved_none(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut desk = portal.signed_in(EMAIL, None).await;
    let mut phone = phone(&portal).await;
    let stolen = desk.clone();
    let app = portal.enrol(&mut desk).await;
    for mut ended in [phone.clone(), stolen] {
        assert_eq!(ended.get("/account").await.location(), "/login?next=/account");
    }
    phone.authenticator = Some(app);
    assert_eq!(phone.sign_in(EMAIL).await, "/");
    assert_eq!(desk.get("/account").await.status, 200);
}

async fn a_session_lasts_no_longer_for_being_used(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "session.lifetime_hours = 2").await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    for _ in 0..3 {
        portal.pass(TimeDelta::minutes(35));
        // a new token, the same session
        let answer =
            browser.post("/api/reauthentication/with_password", &[("password", crate::harness::PASSWORD)]).await;
        assert_eq!(answer.location(), "/account/security");
    }
    portal.pass(TimeDelta::minutes(16));
    assert_eq!(browser.get("/account").await.location(), "/login?next=/account");
}
