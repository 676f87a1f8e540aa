//! A database all of whose connections are in use: every kind of route asks to come again.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use store::testing::DatabaseKind;
use store::{DbOptions, on_both_databases};

use crate::harness::{Answer, PASSWORD, Portal};
use crate::idp::{Idp, active_team};

on_both_databases!(routes_that_write_answer_503_while_nobody_can, a_busy_database_is_busy_no_longer_than_that);

/// One connection, for which nobody waits long.
const ONE: DbOptions =
    DbOptions { max_connections: 1, max_wait: Duration::from_secs(1), max_group_age: Duration::from_millis(5) };
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const JSON: (&str, &str) = ("accept", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

#[track_caller]
fn asks_to_come_again(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert_eq!(answer.header("retry-after"), "5", "{answer:?}");
}

#[track_caller]
fn is_our_page(answer: &Answer) {
    asks_to_come_again(answer);
    assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
    assert!(answer.body.contains("Not available now"), "{}", answer.body);
}

async fn routes_that_write_answer_503_while_nobody_can(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let mut person = portal.browser();
    let asked = idp.asked(person.get(&format!("/sso/{slug}")).await.location());
    let response = idp.sign(&idp.options(&asked, "b.simon@contoso.com", portal.now()));

    let replica = portal.replica_with_connections(ONE).await;
    let mut admin = replica.with_cookies_of(&admin);
    let mut person = replica.with_cookies_of(&person);
    let held = replica.services.db.begin().await.unwrap();
    is_our_page(&person.request(Method::GET, &format!("/sso/{slug}"), &[HTML], "").await);
    is_our_page(&crate::idp::post_response(&mut person, &slug, &response, None).await);
    let typed = format!("email=ada@contoso.com&password={}", PASSWORD.replace(' ', "+"));
    is_our_page(&person.request(Method::POST, "/api/accounts/sign_in", &[HTML, OURS, FORM], &typed).await);
    let answer = person.request(Method::POST, "/api/accounts/sign_in", &[JSON, OURS, FORM], &typed).await;
    asks_to_come_again(&answer);
    assert!(answer.body.contains("busy"), "{}", answer.body);
    is_our_page(&admin.request(Method::POST, "/api/teams/create", &[HTML, OURS, FORM], "name=Fabrikam").await);
    assert_eq!(admin.request(Method::GET, "/healthz", &[], "").await.status, StatusCode::OK);
    drop(held);

    // nothing of it was done: the response still works
    let received = crate::idp::post_response(&mut person, &slug, &response, asked.relay_state.as_deref()).await;
    assert!(received.location().contains("/complete?code="), "{received:?}");
}

#[tokio::test]
async fn routes_that_read_answer_503_while_nobody_can() {
    let portal = Portal::start(DatabaseKind::Postgres).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let replica = portal.replica_with_connections(ONE).await;
    let mut admin = replica.with_cookies_of(&admin);
    let held = replica.services.db.begin().await.unwrap();
    for path in ["/teams/{slug}", "/teams/{slug}/sign-ins.csv", "/teams/{slug}/sign-ins/live", "/sso/{slug}"] {
        is_our_page(&admin.request(Method::GET, &path.replace("{slug}", &slug), &[HTML], "").await);
    }
    is_our_page(&admin.request(Method::GET, &format!("/v2/auth/sso/saml/{slug}/metadata"), &[HTML], "").await);
    asks_to_come_again(&admin.request(Method::GET, "/readyz", &[], "").await);
    asks_to_come_again(&admin.request(Method::POST, "/api/setup/load", &[JSON, OURS, FORM], "slug=x").await);
    drop(held);
    let answer = admin.request(Method::GET, "/readyz", &[], "").await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn a_busy_database_is_busy_no_longer_than_that(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let replica = portal.replica_with_connections(ONE).await;
    let mut browser = replica.with_cookies_of(&portal.browser());
    let held = replica.services.db.begin().await.unwrap();
    let form = [("email", "nobody@contoso.com"), ("password", PASSWORD)];
    asks_to_come_again(&browser.post("/api/accounts/sign_in", &form).await);
    drop(held);
    let answer = browser.post("/api/accounts/sign_in", &form).await;
    assert_ne!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
}
