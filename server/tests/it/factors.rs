//! Authenticator apps, recovery codes, and the second step of signing in.

use chrono::TimeDelta;
use domain::key_rotation::reseal_column;
use domain::sealed::{KeyRing, SecretKey};
use model::SupportRole;
use model::ids::AccountId;
use store::sealed_values::SealedColumn;
use store::testing::DatabaseKind;
use store::{accounts, on_both_databases, totp_secrets};

use crate::harness::{Browser, PASSWORD, Portal, html};

on_both_databases!(
    support_comes_in_only_with_a_second_factor,
    an_app_is_set_up_and_asked_for_at_the_next_sign_in,
    a_code_is_accepted_once_also_at_the_same_time_and_elsewhere,
    guessing_codes_is_slowed_down,
    the_owner_is_told_that_codes_are_guessed,
    a_second_factor_is_awaited_for_ten_minutes,
    recovery_codes_are_shown_to_who_made_them_and_work_once,
    new_recovery_codes_replace_the_old,
    seeds_are_sealed_and_go_over_to_a_new_key,
);

pub const EMAIL: &str = "ada@contoso.com";
pub const SIGN_IN: &str = "/api/accounts/sign_in";
pub const CODE: &str = "/api/second_factor/enter_code";

async fn password(portal: &Portal, next: &str) -> Browser {
    let mut browser = portal.browser();
    browser.post(SIGN_IN, &[("email", EMAIL), ("password", PASSWORD), ("next", next)]).await;
    browser
}

pub async fn account(portal: &Portal, email: &str) -> AccountId {
    accounts::by_email(portal.services.db.connection(), email).await.unwrap().unwrap().account_id()
}

/// The codes on the page that shows them.
pub async fn recovery_codes(browser: &mut Browser) -> Vec<String> {
    let page = browser.get("/account/security/recovery-codes").await.body;
    html::texts(&page, ".mono")
}

pub async fn recover(portal: &Portal, code: &str) -> (Browser, String) {
    let mut browser = password(portal, "").await;
    let answer = browser.post("/api/second_factor/use_recovery_code", &[("recovery_code", code)]).await;
    let location = answer.location().to_owned();
    (browser, location)
}

/// All that the audit trail says.
pub async fn audit_trail(portal: &Portal) -> String {
    let events = store::testing::audit_events(&portal.services.db).await;
    events.iter().map(|event| format!("{} {event:?}\n", event.action.as_str())).collect::<Vec<_>>().concat()
}

async fn support_comes_in_only_with_a_second_factor(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let root = "root@krisp.example";
    let role = Some(SupportRole::Reviewer);
    domain::accounts::create_account(&portal.services, root, PASSWORD, role, None).await.unwrap();
    let mut browser = portal.browser();
    assert_eq!(browser.sign_in(root).await, "/");
    assert_eq!(browser.get("/support").await.location(), "/account/security");
    let page = browser.get("/account/security").await.body;
    assert!(page.contains("Set up a second factor to continue") && page.contains("Support accounts decide"), "{page}");
    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let answer = browser.decide("support/approve", &slug, &[]).await;
    assert_eq!(answer.location(), "/account/security", "acts are refused like pages");

    let before = browser.cookies["session"].to_owned();
    portal.enrol(&mut browser).await;
    assert_ne!(browser.cookies["session"], before, "the session gets a new token");
    assert!(browser.get("/support").await.body.contains("No team is waiting for review"));
    let mail = portal.mail().await;
    assert!(mail[0].subject.starts_with("An authenticator app was added"), "{}", mail[0].subject);
    for words in ["23 November 2026, 12:00 UTC", "Firefox on Windows", "192.0.2.1", "If it was not you"] {
        assert!(mail[0].text_body.contains(words), "{words}: {}", mail[0].text_body);
    }
}

async fn an_app_is_set_up_and_asked_for_at_the_next_sign_in(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    browser.post("/api/factors/begin_totp", &[]).await;
    let page = browser.get("/account/security/totp").await.body;
    assert!(page.contains("<svg") && page.contains("d=\"M4 4h1v1h-1z"), "the key is drawn too");
    let wrong = browser.post("/api/factors/confirm_totp", &[("code", "000000")]).await;
    assert_eq!(wrong.location(), "/account/security/totp");
    assert!(browser.get("/account/security/totp").await.body.contains("This code does not match"));
    let app = portal.enrol(&mut browser).await;

    let mut other = password(&portal, "/teams/new?a=b").await;
    assert_eq!(
        other.get("/account").await.location(),
        "/login/second-factor?next=/account",
        "the password is not enough"
    );
    let page = other.get("/login/second-factor?next=/teams/new%3Fa%3Db").await.body;
    assert!(page.contains(EMAIL) && page.contains("value=\"/teams/new?a=b\"") && page.contains("Use a recovery code"));
    let half = other.clone();
    let wrong = other.post(CODE, &[("code", "12 34 56"), ("next", "/teams/new?a=b")]).await;
    assert_eq!(wrong.location(), "/login/second-factor?next=/teams/new%3Fa%3Db");
    assert!(other.follow(wrong.location()).await.body.contains("This code does not match"));
    let code = app.code();
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let right = other.post(CODE, &[("code", &spaced), ("next", "/teams/new?a=b")]).await;
    assert_eq!(right.location(), "/teams/new?a=b");
    assert_ne!(other.cookies["session"], half.cookies["session"], "the session gets a new token");
    assert!(other.get("/account").await.body.contains("authenticator app"));
    let old = half.clone().get("/account").await;
    assert_eq!(old.location(), "/login?next=/account", "the half-signed-in session is over");
    let trail = audit_trail(&portal).await;
    for event in ["account.factor_awaited", "account.factor_failed", "account.signed_in", "factor.totp_added"] {
        assert!(trail.contains(event), "{event}");
    }
    assert!(!trail.contains(&code), "no code is kept");
}

async fn a_code_is_accepted_once_also_at_the_same_time_and_elsewhere(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let app = portal.enrol(&mut browser).await;
    let replica = portal.replica().await;
    let code = app.at(app.now());
    let mut browsers = Vec::new();
    for number in 0..4 {
        let browser = password(&portal, "").await;
        browsers.push(if number % 2 == 0 { replica.with_cookies_of(&browser) } else { browser });
    }
    let attempts = browsers.into_iter().map(|mut browser| {
        let code = code.clone();
        tokio::spawn(async move { browser.post(CODE, &[("code", &code)]).await.location().to_owned() })
    });
    let mut accepted = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        accepted += usize::from(attempt.await.unwrap() == "/");
    }
    assert_eq!(accepted, 1);

    portal.pass(TimeDelta::minutes(1));
    let fresh = app.at(app.now());
    let mut first = password(&portal, "").await;
    assert_eq!(first.post(CODE, &[("code", &fresh)]).await.location(), "/");
    let mut second = replica.with_cookies_of(&password(&portal, "").await);
    second.post(CODE, &[("code", &fresh)]).await;
    assert!(second.get("/login/second-factor").await.body.contains("This code was used already"));
    second.post(CODE, &[("code", &app.at(app.now() - 1))]).await;
    assert!(second.get("/login/second-factor").await.body.contains("This code was used already"), "nor an earlier one");
    second.post(CODE, &[("code", &app.at(app.now() + 2))]).await;
    assert!(second.get("/login/second-factor").await.body.contains("does not match"), "nor one of the future");
}

async fn guessing_codes_is_slowed_down(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let app = portal.enrol(&mut browser).await;
    let mut guesser = password(&portal, "").await;
    for guess in 0..6 {
        guesser.post(CODE, &[("code", &format!("00000{guess}"))]).await;
    }
    let page = guesser.post(CODE, &[("code", &app.at(app.now()))]).await.body;
    assert!(page.contains("Too many attempts"), "the right one is not looked at: {page}");
    let mut elsewhere = password(&portal, "").await.at("198.51.100.7");
    let refused = elsewhere.post(CODE, &[("code", &app.at(app.now()))]).await.body;
    assert!(refused.contains("Too many attempts"), "from anywhere");
    portal.pass(TimeDelta::seconds(5));
    assert_eq!(guesser.post(CODE, &[("code", &app.at(app.now()))]).await.location(), "/", "nobody is locked out");
}

async fn the_owner_is_told_that_codes_are_guessed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in(EMAIL, None).await;
    portal.enrol(&mut owner).await;
    portal.mail().await;
    let mut thief = password(&portal, "").await;
    for _ in 0..9 {
        thief.post(CODE, &[("code", "000000")]).await;
        portal.pass(TimeDelta::seconds(40));
    }
    assert!(portal.mail().await.is_empty(), "nine are no burst");
    thief.post(CODE, &[("code", "000000")]).await;
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, EMAIL));
    assert!(mail[0].text_body.contains("wrong password or code") && mail[0].text_body.contains("192.0.2.1"));
}

async fn a_second_factor_is_awaited_for_ten_minutes(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let app = portal.enrol(&mut browser).await;
    let mut other = password(&portal, "").await;
    portal.pass(TimeDelta::minutes(10));
    let answer = other.post(CODE, &[("code", &app.code())]).await;
    assert_eq!(answer.location(), "/login?next=/login/second-factor");
    assert_eq!(other.get("/login/second-factor").await.location(), "/login");
    let mut stranger = portal.browser();
    stranger.post(CODE, &[("code", &app.code())]).await;
    assert!(!stranger.cookies.contains_key("session"), "a code alone is nothing");
}

async fn recovery_codes_are_shown_to_who_made_them_and_work_once(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let app = portal.enrol(&mut browser).await;
    let codes = recovery_codes(&mut browser).await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    let mut elsewhere = password(&portal, "").await;
    elsewhere.post(CODE, &[("code", &app.code())]).await;
    assert_eq!(recovery_codes(&mut elsewhere).await.len(), 0, "only in the browser that made them");
    browser.post("/api/factors/recovery_codes_saved", &[]).await;
    assert_eq!(recovery_codes(&mut browser).await.len(), 0, "shown until they are kept");
    portal.mail().await;

    let typed = codes[0].to_uppercase().replace('-', " ");
    let (mut in_again, location) = recover(&portal, &typed).await;
    assert_eq!(location, "/");
    assert!(in_again.get("/account/security").await.body.contains("<strong>9 codes are left."));
    let mail = portal.mail().await;
    assert!(mail[0].subject.starts_with("A recovery code was used"), "{}", mail[0].subject);
    assert!(mail[0].text_body.contains("9 of them are left") && mail[0].text_body.contains("192.0.2.1"));
    let (mut twice, location) = recover(&portal, &codes[0]).await;
    assert_eq!(location, "/login/second-factor");
    assert!(twice.get("/login/second-factor").await.body.contains("not one of your unused recovery codes"));
    let attempts = [0, 1, 2].map(|_| {
        let (portal, code) = (portal.browser(), codes[1].clone());
        tokio::spawn(async move {
            let mut browser = portal;
            browser.post(SIGN_IN, &[("email", EMAIL), ("password", PASSWORD)]).await;
            let answer = browser.post("/api/second_factor/use_recovery_code", &[("recovery_code", &code)]).await;
            answer.location().to_owned()
        })
    });
    let mut accepted = 0;
    for attempt in attempts {
        accepted += usize::from(attempt.await.unwrap() == "/");
    }
    assert_eq!(accepted, 1, "also at the same time");
    let trail = audit_trail(&portal).await;
    assert!(trail.contains("factor.recovery_code_used") && !trail.contains(&codes[0]));
}

async fn new_recovery_codes_replace_the_old(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    portal.enrol(&mut browser).await;
    let old = recovery_codes(&mut browser).await;
    portal.mail().await;
    let answer = browser.post("/api/factors/regenerate_recovery_codes", &[]).await;
    assert_eq!(answer.location(), "/account/security/recovery-codes");
    let new = recovery_codes(&mut browser).await;
    assert!(new.len() == 10 && !new.contains(&old[0]));
    assert!(portal.mail().await[0].subject.starts_with("New recovery codes"));
    assert_eq!(recover(&portal, &old[0]).await.1, "/login/second-factor");
    assert_eq!(recover(&portal, &new[0]).await.1, "/");
    assert_eq!(recovery_codes(&mut browser).await.len(), 9, "the used one is not shown");
    let mut thief = portal.signed_in("mallory@fabrikam.com", None).await;
    thief.cookies.insert("recovery-codes", browser.cookies["recovery-codes"].to_owned());
    assert_eq!(recovery_codes(&mut thief).await.len(), 0, "another account sees none by the same cookie");
    portal.pass(TimeDelta::minutes(11));
    assert_eq!(recovery_codes(&mut browser).await.len(), 0, "shown for ten minutes at most");
    let mut bare = portal.signed_in("eve@fabrikam.com", None).await;
    bare.post("/api/factors/regenerate_recovery_codes", &[]).await;
    assert!(bare.get("/account/security").await.body.contains("Set up an authenticator app or a passkey first"));
}

async fn seeds_are_sealed_and_go_over_to_a_new_key(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    browser.post("/api/factors/begin_totp", &[]).await;
    let page = browser.get("/account/security/totp").await.body;
    let secret = html::text(&page, ".copy__value").unwrap();
    let app = portal.authenticator(&secret);
    browser.post("/api/factors/confirm_totp", &[("code", &app.code())]).await;
    let trail = audit_trail(&portal).await;
    assert!(!trail.contains(&secret));

    let key = |text: &str| text.parse::<SecretKey>().unwrap();
    let new = SecretKey::generate("new", &*portal.services.random);
    let alone = KeyRing::new(vec![key(&new)]).unwrap();
    let lost = portal.replica_with(alone.clone()).await;
    assert!(reseal_column(&lost.services, SealedColumn::TotpSeed).await.is_err(), "without the old key nothing opens");
    let both = KeyRing::new(vec![key(&new), key(crate::harness::SECRET_KEY)]).unwrap();
    let replica = portal.replica_with(both).await;
    assert_eq!(reseal_column(&replica.services, SealedColumn::TotpSeed).await.unwrap(), 1);
    assert_eq!(reseal_column(&replica.services, SealedColumn::TotpSeed).await.unwrap(), 0);
    let id = account(&portal, EMAIL).await;
    let row = totp_secrets::confirmed(portal.services.db.connection(), id).await.unwrap().unwrap();
    assert!(alone.is_current(&row.seed));
    let mut there = lost.with_cookies_of(&password(&portal, "").await);
    assert_eq!(there.post(CODE, &[("code", &app.code())]).await.location(), "/", "the old key can go");
}
