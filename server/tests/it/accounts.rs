//! Sign-up, sign-in, sessions, the first support account.

use axum::http::StatusCode;
use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, PASSWORD, Portal, link};

on_both_databases!(
    somebody_signs_up_confirms_and_is_signed_in,
    a_known_address_gets_the_same_answer_at_sign_up,
    wrong_passwords_and_unknown_addresses_get_the_same_answer,
    an_address_that_was_not_entered_is_asked_for_by_name,
    an_unconfirmed_address_has_no_password,
    a_link_that_does_not_work_says_so_before_anything_is_typed,
    a_stranger_who_signs_up_first_gets_no_account,
    a_refused_form_keeps_what_was_typed_but_no_password,
    the_session_changes_at_every_sign_in_and_ends_at_sign_out,
    an_idle_session_ends,
    the_first_support_account_is_created_once,
);

const EMAIL: &str = "ada@contoso.com";

async fn sign_up(portal: &Portal, email: &str) -> (StatusCode, String) {
    let answer = portal.browser().post("/api/accounts/sign_up", &[("email", email)]).await;
    (answer.status, answer.location().to_owned())
}

async fn somebody_signs_up_confirms_and_is_signed_in(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    assert_eq!(sign_up(&portal, EMAIL).await, (StatusCode::SEE_OTHER, "/signup/check-email".into()));
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, EMAIL));
    let link = link(&mail[0]);

    let mut browser = portal.browser();
    let page = browser.follow(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(browser.cookies.is_empty(), "a mail scanner that opens the link does not use it up");
    assert!(page.body.contains(EMAIL) && page.body.contains("Choose a password"), "{}", page.body);
    let token = link.rsplit_once("token=").unwrap().1;
    let answer = browser.post("/api/accounts/verify_email", &[("token", token), ("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/");
    assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Lax"), "{:?}", answer.headers);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);

    let again = portal.browser().post("/api/accounts/verify_email", &[("token", token), ("password", PASSWORD)]).await;
    assert!(again.location().starts_with("/verify-email"), "the link works once");
}

async fn a_known_address_gets_the_same_answer_at_sign_up(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let known = sign_up(&portal, EMAIL).await;
    let unknown = sign_up(&portal, "new@contoso.com").await;
    assert_eq!(known, unknown);
    let mail = portal.mail().await;
    let subject = |to: &str| mail.iter().find(|mail| mail.recipient == to).map(|mail| mail.subject.clone()).unwrap();
    assert!(subject(EMAIL).starts_with("You already have an account"));
    assert!(subject("new@contoso.com").starts_with("Confirm your e-mail address"));
}

async fn wrong_passwords_and_unknown_addresses_get_the_same_answer(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut pages = Vec::new();
    for email in [EMAIL, "nobody@contoso.com", "not an address"] {
        let mut browser = portal.browser();
        let fields = [("email", email), ("password", "wrong horse battery")];
        let answer = browser.post("/api/accounts/sign_in", &fields).await;
        assert_eq!(answer.location(), "/login");
        let page = browser.get("/login").await.body;
        assert!(page.contains("do not match an account"), "{page}");
        assert!(!browser.cookies.contains_key("session"));
        pages.push(page.replace(email, ""));
    }
    let words = |page: &str| page.matches("do not match an account").count();
    assert_eq!(words(&pages[0]), words(&pages[1]));
    assert_eq!(words(&pages[1]), words(&pages[2]));
}

async fn an_address_that_was_not_entered_is_asked_for_by_name(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    for (form, page) in [("sign_up", "/signup"), ("sign_in", "/login")] {
        let fields = [("email", " "), ("password", PASSWORD)];
        let answer = browser.post(&format!("/api/accounts/{form}"), &fields).await;
        assert_eq!(answer.location(), page);
        let page = browser.get(page).await.body;
        // in the summary and beside the field
        assert_eq!(page.matches("Enter your work e-mail address").count(), 2, "{page}");
        assert!(page.contains("href=\"#email\""), "{page}");
    }
}

fn token(link: &str) -> String {
    link.rsplit_once("token=").unwrap().1.to_owned()
}

async fn verify(browser: &mut Browser, token: &str, password: &str) -> String {
    let fields = [("token", token), ("password", password)];
    browser.post("/api/accounts/verify_email", &fields).await.location().to_owned()
}

async fn an_unconfirmed_address_has_no_password(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    sign_up(&portal, EMAIL).await;
    let first = token(&link(&portal.mail().await[0]));
    let mut browser = portal.browser();
    for password in ["", PASSWORD] {
        browser.post("/api/accounts/sign_in", &[("email", EMAIL), ("password", password)]).await;
        assert!(browser.get("/login").await.body.contains("do not match an account"));
    }
    sign_up(&portal, EMAIL).await;
    let second = token(&link(&portal.mail().await[0]));
    let old = verify(&mut browser, &first, PASSWORD).await;
    assert!(old.starts_with("/verify-email"), "a new link replaces the one before: {old}");
    assert_eq!(verify(&mut browser, &second, PASSWORD).await, "/");
}

async fn a_link_that_does_not_work_says_so_before_anything_is_typed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    sign_up(&portal, EMAIL).await;
    let token = token(&link(&portal.mail().await[0]));
    let page = format!("/verify-email?token={token}");
    let mut browser = portal.browser();
    let says = |body: &str| (body.contains("has expired or was used already"), body.contains("name=\"password\""));
    assert_eq!(says(&browser.get(&page).await.body), (false, true));
    let back = verify(&mut browser, &token, "password1234").await;
    let refused = browser.follow(&back).await.body;
    assert!(refused.contains("easy to guess") && says(&refused) == (false, true), "{refused}");
    assert_eq!(verify(&mut browser, &token, PASSWORD).await, "/");
    for page in [&page, "/verify-email?token=x", "/verify-email"] {
        let body = portal.browser().get(page).await.body;
        assert!(says(&body) == (true, false) && !body.contains(EMAIL), "{page}: {body}");
    }
    let mut late = portal.browser();
    sign_up(&portal, "grace@contoso.com").await;
    let token = self::token(&link(&portal.mail().await[0]));
    portal.pass(TimeDelta::hours(25));
    assert_eq!(says(&late.get(&format!("/verify-email?token={token}")).await.body), (true, false));
}

async fn a_stranger_who_signs_up_first_gets_no_account(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut stranger = portal.browser();
    let strangers = [("email", EMAIL), ("password", "the password of a stranger")];
    stranger.post("/api/accounts/sign_up", &strangers).await;
    // the owner of the address clicks, and chooses a password of their own
    let mut owner = portal.browser();
    assert_eq!(verify(&mut owner, &token(&link(&portal.mail().await[0])), PASSWORD).await, "/");
    stranger.post("/api/accounts/sign_in", &strangers).await;
    assert!(!stranger.cookies.contains_key("session"));
}

async fn a_refused_form_keeps_what_was_typed_but_no_password(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    browser.post("/api/accounts/sign_up", &[("email", "ada(at)contoso")]).await;
    let page = browser.get("/signup").await.body;
    assert!(page.contains("ada(at)contoso") && page.contains("Enter an e-mail address, such as"), "{page}");
    assert!(!browser.get("/signup").await.body.contains("ada(at)contoso"), "shown once");
    browser.post("/api/accounts/sign_in", &[("email", EMAIL), ("password", "short-secret")]).await;
    let page = browser.get("/login").await.body;
    assert!(page.contains(EMAIL) && !page.contains("short-secret"), "{page}");
}

async fn the_session_changes_at_every_sign_in_and_ends_at_sign_out(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let first = browser.cookies["session"].to_owned();
    browser.post("/api/accounts/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    assert_ne!(browser.cookies["session"], first);

    let mut thief = browser.clone();
    assert_eq!(browser.post("/api/accounts/sign_out", &[]).await.location(), "/login");
    assert!(!browser.cookies.contains_key("session"));
    assert_eq!(thief.get("/account").await.location(), "/login?next=/account", "ended on the server too");
}

async fn an_idle_session_ends(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    for _ in 0..3 {
        portal.pass(TimeDelta::minutes(50));
        assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    }
    portal.pass(TimeDelta::minutes(61));
    assert!(browser.get("/account").await.status.is_redirection());
}

async fn the_first_support_account_is_created_once(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let link = domain::accounts::first_support_link(&portal.services).await.unwrap().unwrap();
    let token = link.rsplit_once("token=").unwrap().1;
    let fields = [("token", token), ("email", "root@krisp.example"), ("password", PASSWORD)];
    let mut browser = portal.browser();
    assert_eq!(browser.follow(&link).await.status, StatusCode::OK);
    assert_eq!(browser.post("/api/accounts/create_first_support", &fields).await.location(), "/");
    assert_eq!(browser.get("/support").await.location(), "/account/security", "a second factor comes first");
    portal.enrol(&mut browser).await;
    assert_eq!(browser.get("/support").await.status, StatusCode::OK);

    let again = [("token", token), ("email", "evil@example.com"), ("password", PASSWORD)];
    let mut other = portal.browser();
    let answer = other.post("/api/accounts/create_first_support", &again).await;
    assert!(answer.location().starts_with("/support/first-account"));
    assert!(!other.cookies.contains_key("session"));
    assert_eq!(domain::accounts::first_support_link(&portal.services).await.unwrap(), None);
}
