//! Removing second factors, and going over to another one.

use chrono::TimeDelta;
use model::SupportRole;
use store::testing::DatabaseKind;
use store::{ConnectionTrait as _, on_both_databases};

use crate::factors::{CODE, EMAIL, SIGN_IN, account, audit_trail, recover, recovery_codes};
use crate::harness::{PASSWORD, Portal, html};

on_both_databases!(
    the_last_factor_stays_where_one_is_required,
    removing_the_app_ends_other_sessions_and_the_codes,
    moving_to_a_new_phone_keeps_the_old_one_until_the_new_one_works,
    the_operator_removes_all_factors,
);

async fn the_last_factor_stays_where_one_is_required(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    assert!(!support.get("/account/security").await.body.contains("/api/factors/remove_totp"));
    support.post("/api/factors/remove_totp", &[]).await;
    let page = support.get("/account/security").await.body;
    assert!(page.contains("asks for a second factor, and this is your last one"), "{page}");
    assert_eq!(support.get("/support").await.status, 200);

    let mut admin = portal.signed_in(EMAIL, None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let statement = "UPDATE teams SET second_factor_required = TRUE";
    portal.services.db.autocommit().execute_unprepared(statement).await.unwrap();
    let team = format!("/teams/{slug}");
    assert_eq!(admin.get(&team).await.location(), "/account/security");
    assert!(
        admin
            .get("/account/security")
            .await
            .body
            .contains("The team Contoso requires a second factor of all its members")
    );
    portal.enrol(&mut admin).await;
    assert_eq!(admin.get(&team).await.status, 200);
    admin.post("/api/factors/remove_totp", &[]).await;
    assert!(admin.get("/account/security").await.body.contains("this is your last one"));
    assert_eq!(admin.get(&team).await.status, 200);
}

async fn removing_the_app_ends_other_sessions_and_the_codes(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    portal.enrol(&mut browser).await;
    let codes = recovery_codes(&mut browser).await;
    let (mut other, _) = recover(&portal, &codes[0]).await;
    assert_eq!(other.get("/account").await.status, 200);
    portal.mail().await;
    let stolen = browser.clone();
    assert_eq!(browser.post("/api/factors/remove_totp", &[]).await.location(), "/account/security?done=totp-removed");
    assert!(browser.get("/account/security").await.body.contains("Set up an authenticator app"));
    for mut ended in [other, stolen] {
        assert_eq!(ended.get("/account").await.location(), "/login?next=/account");
    }
    assert!(portal.mail().await[0].subject.starts_with("The authenticator app was removed"));
    let mut again = portal.browser();
    assert_eq!(again.sign_in(EMAIL).await, "/", "the password is enough again");
    let left =
        store::recovery_codes::count_unused(portal.services.db.connection(), account(&portal, EMAIL).await).await;
    assert_eq!(left.unwrap(), 0);
}

async fn moving_to_a_new_phone_keeps_the_old_one_until_the_new_one_works(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    let old = browser.authenticator.clone().unwrap();
    browser.post("/api/factors/begin_totp", &[]).await;
    let mut other = portal.browser();
    other.authenticator = Some(old.clone());
    assert_eq!(other.sign_in("root@krisp.example").await, "/", "the old one works meanwhile");
    portal.pass(TimeDelta::minutes(31));
    assert_eq!(
        browser.get("/account/security/totp").await.location(),
        "/account/reauthenticate?next=/account/security/totp"
    );
    crate::reauthentication::confirm(&mut browser, &old.code()).await;
    assert_eq!(browser.get("/account/security/totp").await.location(), "/account/security", "it took too long");
    browser.post("/api/factors/begin_totp", &[]).await;
    let page = browser.get("/account/security/totp").await.body;
    assert!(!page.contains("The authenticator app is set up"));
    let answer = browser.post("/api/factors/confirm_totp", &[("code", &old.code())]).await;
    assert_eq!(answer.location(), "/account/security/totp", "the old phone's code proves nothing");
    let secret = html::text(&page, ".copy__value").unwrap();
    let new = portal.authenticator(&secret);
    let answer = browser.post("/api/factors/confirm_totp", &[("code", &new.code())]).await;
    assert_eq!(answer.location(), "/account/security?done=totp-added", "the recovery codes stay");
    portal.pass(TimeDelta::minutes(1));
    other.post(SIGN_IN, &[("email", "root@krisp.example"), ("password", PASSWORD)]).await;
    other.post(CODE, &[("code", &old.code())]).await;
    assert!(other.get("/login/second-factor").await.body.contains("does not match"));
    assert_eq!(other.post(CODE, &[("code", &new.code())]).await.location(), "/");
}

async fn the_operator_removes_all_factors(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    portal.enrol(&mut browser).await;
    let codes = recovery_codes(&mut browser).await;
    portal.mail().await;
    domain::accounts::factors::reset_factors(&portal.services, EMAIL).await.unwrap();
    assert_eq!(browser.get("/account").await.location(), "/login?next=/account", "sessions end at once");
    let mail = portal.mail().await;
    assert!(mail[0].subject.contains("were removed") && mail[0].text_body.contains("The portal's operator"));
    let mut again = portal.browser();
    assert_eq!(again.sign_in(EMAIL).await, "/");
    assert_eq!(recover(&portal, &codes[0]).await.1, "/login?next=/login/second-factor");
    let trail = audit_trail(&portal).await;
    assert!(
        trail.contains("factor.reset") && trail.contains(r#"\"authenticator_apps\":1,\"passkeys\":0,\"sessions\":1"#),
        "{trail}"
    );
    let unknown = domain::accounts::factors::reset_factors(&portal.services, "nobody@contoso.com").await;
    assert!(matches!(unknown, Err(domain::Error::Invalid(_))));
}
