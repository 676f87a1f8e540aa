//! Forgotten and changed passwords, and what a new one must be.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::mail::OutgoingMail;
use model::SupportRole;
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;
use tokio::task::JoinSet;

use crate::harness::{Browser, PASSWORD, Portal, link};

on_both_databases!(
    a_forgotten_password_is_replaced_by_a_mailed_link,
    known_and_unknown_addresses_get_the_same_answer_after_the_same_time,
    a_link_expires_and_a_new_one_replaces_it,
    of_two_that_use_a_link_at_once_one_does,
    a_link_of_another_kind_resets_nothing,
    who_resets_an_unconfirmed_account_has_confirmed_it,
    a_changed_password_ends_every_other_session,
    the_current_password_is_asked_for_and_counted,
    a_password_is_changed_by_who_proved_lately_who_they_are,
    guessable_passwords_are_refused_wherever_one_is_chosen,
    strength_is_told_as_one_types_but_not_for_ever,
    the_confirmation_link_is_sent_again_to_whoever_waits_for_it,
    every_act_is_in_the_trail_without_a_secret,
);

const EMAIL: &str = "ada@contoso.com";
const NEW: &str = "violet tractor lunch";

fn token(mail: &OutgoingMail) -> String {
    link(mail).rsplit_once("token=").unwrap().1.to_owned()
}

async fn forgot(portal: &Portal, email: &str) -> String {
    portal.browser().post("/api/accounts/forgot_password", &[("email", email)]).await.location().to_owned()
}

async fn reset(browser: &mut Browser, token: &str, password: &str) -> String {
    let fields = [("token", token), ("password", password)];
    browser.post("/api/accounts/reset_password", &fields).await.location().to_owned()
}

async fn signs_in(portal: &Portal, email: &str, password: &str) -> bool {
    let mut browser = portal.browser();
    browser.post("/api/accounts/sign_in", &[("email", email), ("password", password)]).await;
    browser.cookies.contains_key("session")
}

async fn a_forgotten_password_is_replaced_by_a_mailed_link(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut elsewhere = portal.signed_in(EMAIL, None).await;
    assert!(portal.browser().get("/login").await.body.contains("href=\"/forgot-password\""));
    assert_eq!(forgot(&portal, " Ada@Contoso.com ").await, "/forgot-password/sent");
    let mail = portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, EMAIL));
    for words in ["23 November 2026, 12:00 UTC, from 192.0.2.1, with Firefox on Windows", "once, within 30 minutes"] {
        assert!(mail[0].text_body.contains(words) && mail[0].html_body.contains(words), "{}", mail[0].text_body);
    }
    let mut browser = portal.browser();
    for _ in 0..2 {
        let page = browser.follow(&link(&mail[0])).await;
        assert_eq!(page.status, StatusCode::OK, "opening the link does not use it up");
        assert!(page.body.contains("/api/accounts/reset_password"), "{}", page.body);
    }
    assert_eq!(reset(&mut browser, &token(&mail[0]), NEW).await, "/login?done=password-reset");
    assert!(!browser.cookies.contains_key("session"), "sign-in goes on through the ordinary path");
    assert!(browser.get("/login?done=password-reset").await.body.contains("Your password was changed"));
    assert_eq!(elsewhere.get("/account").await.location(), "/login?next=/account", "every session ended");
    assert!(!signs_in(&portal, EMAIL, PASSWORD).await && signs_in(&portal, EMAIL, NEW).await);

    let told = portal.mail().await;
    assert_eq!((told.len(), told[0].recipient.as_str()), (1, EMAIL));
    assert!(told[0].subject.contains("was changed") && told[0].text_body.contains("If it was not you"));
    let again = reset(&mut browser, &token(&mail[0]), "brown kettle seven hills").await;
    assert!(browser.follow(&again).await.body.contains("has expired or was used already"), "the link works once");
    assert!(signs_in(&portal, EMAIL, NEW).await);
}

async fn known_and_unknown_addresses_get_the_same_answer_after_the_same_time(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@contoso.com"] {
        let started = tokio::time::Instant::now();
        let answer = portal.browser().post("/api/accounts/forgot_password", &[("email", email)]).await;
        assert!(started.elapsed().as_millis() >= 150, "{email}: {:?}", started.elapsed());
        let cookies = answer.headers.get_all("set-cookie").iter().count();
        answers.push((answer.status, answer.location().to_owned(), cookies, answer.body));
    }
    assert_eq!(answers[0], answers[1]);
    let mail = portal.mail().await;
    assert_eq!(mail.iter().map(|mail| &*mail.recipient).collect::<Vec<_>>(), [EMAIL], "nobody gets no mail");
    let mut browser = portal.browser();
    browser.post("/api/accounts/forgot_password", &[("email", "ada(at)contoso")]).await;
    let page = browser.get("/forgot-password").await.body;
    assert!(page.contains("Enter an e-mail address, such as") && page.contains("ada(at)contoso"), "{page}");
}

async fn a_link_expires_and_a_new_one_replaces_it(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    forgot(&portal, EMAIL).await;
    forgot(&portal, EMAIL).await;
    let mail = portal.mail().await;
    let (first, second) = (token(&mail[0]), token(&mail[1]));
    let mut browser = portal.browser();
    portal.pass(TimeDelta::minutes(29));
    let open = |page: &str| page.contains("/api/accounts/reset_password");
    let pages = [browser.follow(&link(&mail[0])).await.body, browser.follow(&link(&mail[1])).await.body];
    assert_eq!(pages.iter().filter(|page| open(page)).count(), 1, "only the newest works");
    portal.pass(TimeDelta::minutes(1));
    for token in [first, second] {
        let page = browser.get(&format!("/reset-password?token={token}")).await.body;
        assert!(
            page.contains("has expired or was used already") && page.contains("href=\"/forgot-password\""),
            "{page}"
        );
        reset(&mut browser, &token, NEW).await;
    }
    assert!(signs_in(&portal, EMAIL, PASSWORD).await, "nothing was changed");
}

async fn of_two_that_use_a_link_at_once_one_does(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.signed_in(EMAIL, None).await;
    forgot(&portal, EMAIL).await;
    let token = token(&portal.mail().await[0]);
    let replica = portal.replica().await;
    let browsers = [portal.browser(), replica.with_cookies_of(&portal.browser())];
    let passwords = [NEW, "brown kettle seven hills"];
    let mut tries = JoinSet::new();
    for (mut browser, password) in browsers.into_iter().zip(passwords) {
        let token = token.clone();
        tries.spawn(async move { (reset(&mut browser, &token, password).await, password) });
    }
    let done = tries.join_all().await;
    let winners: Vec<_> = done.iter().filter(|(location, _)| location == "/login?done=password-reset").collect();
    assert_eq!(winners.len(), 1, "{done:?}");
    assert!(signs_in(&portal, EMAIL, winners[0].1).await);
    assert_eq!(portal.mail().await.len(), 1, "told once");
}

async fn a_link_of_another_kind_resets_nothing(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.browser().post("/api/accounts/sign_up", &[("email", EMAIL)]).await;
    let verification = token(&portal.mail().await[0]);
    let mut browser = portal.browser();
    for token in [verification.as_str(), "", "x", "../../etc"] {
        let location = reset(&mut browser, token, NEW).await;
        let page = if token.is_empty() { "/reset-password" } else { "/reset-password?token=" };
        assert!(location.starts_with(page), "{location}");
    }
    let fields = [("token", &*verification), ("password", PASSWORD)];
    assert_eq!(browser.post("/api/accounts/verify_email", &fields).await.location(), "/", "it is still good");
}

async fn who_resets_an_unconfirmed_account_has_confirmed_it(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.browser().post("/api/accounts/sign_up", &[("email", EMAIL)]).await;
    portal.mail().await;
    forgot(&portal, EMAIL).await;
    let token = token(&portal.mail().await[0]);
    assert_eq!(reset(&mut portal.browser(), &token, NEW).await, "/login?done=password-reset");
    assert!(signs_in(&portal, EMAIL, NEW).await);
}

async fn change(browser: &mut Browser, current: &str, new: &str) -> String {
    let fields = [("current", current), ("password", new)];
    browser.post("/api/accounts/change_password", &fields).await.location().to_owned()
}

async fn a_changed_password_ends_every_other_session(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let mut other = portal.browser();
    other.post("/api/accounts/sign_in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    forgot(&portal, EMAIL).await;
    let outstanding = token(&portal.mail().await[0]);
    let mut before = browser.clone();

    assert!(browser.get("/account").await.body.contains("href=\"/account/password\""));
    assert_eq!(browser.get("/account/password").await.status, StatusCode::OK);
    assert_eq!(change(&mut browser, PASSWORD, NEW).await, "/account?done=password-changed");
    let page = browser.get("/account?done=password-changed").await;
    assert!(page.body.contains("Your password was changed"), "still signed in: {}", page.body);
    assert!(other.get("/account").await.status.is_redirection(), "the other browser is not");
    assert!(before.get("/account").await.status.is_redirection(), "nor is this one's old token");
    let told = portal.mail().await;
    assert_eq!((told.len(), told[0].recipient.as_str()), (1, EMAIL));
    assert!(told[0].text_body.contains("from 192.0.2.1, with Firefox on Windows"), "{}", told[0].text_body);
    assert!(
        reset(&mut other, &outstanding, "brown kettle seven hills").await.starts_with("/reset-password"),
        "withdrawn"
    );
    assert!(signs_in(&portal, EMAIL, NEW).await && !signs_in(&portal, EMAIL, PASSWORD).await);
    assert!(portal.browser().post("/api/accounts/change_password", &[]).await.location().starts_with("/login"));
}

async fn the_current_password_is_asked_for_and_counted(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    assert_eq!(change(&mut browser, "wrong horse battery", NEW).await, "/account/password");
    let page = browser.get("/account/password").await.body;
    assert!(page.contains("This is not your current password"), "{page}");
    assert!(!page.contains("wrong horse") && !page.contains(NEW), "no password is shown again");
    for _ in 0..5 {
        change(&mut browser, "wrong horse battery", NEW).await;
    }
    let fields = [("current", PASSWORD), ("password", NEW)];
    let refused = browser.post("/api/accounts/change_password", &fields).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Too many attempts. Wait"), "{}", refused.body);
    assert!(!signs_in(&portal, EMAIL, NEW).await, "even the right one waits");
    portal.pass(TimeDelta::minutes(5));
    assert_eq!(change(&mut browser, PASSWORD, NEW).await, "/account?done=password-changed");
}

async fn a_password_is_changed_by_who_proved_lately_who_they_are(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    portal.pass(portal.services.settings.reauthentication_lifetime + TimeDelta::seconds(1));
    let to_confirm = "/account/reauthenticate?next=/account/password";
    assert_eq!(browser.get("/account/password").await.location(), to_confirm);
    assert_eq!(change(&mut browser, PASSWORD, NEW).await, to_confirm);
    assert_eq!(browser.get("/account/email").await.location(), "/account/reauthenticate?next=/account/email");
    assert!(signs_in(&portal, EMAIL, PASSWORD).await);
}

async fn guessable_passwords_are_refused_wherever_one_is_chosen(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in("lovelace@contoso.com", None).await;
    forgot(&portal, "lovelace@contoso.com").await;
    let reset_token = token(&portal.mail().await[0]);
    let mut newcomer = portal.browser();
    newcomer.post("/api/accounts/sign_up", &[("email", "lovelace@fabrikam.com")]).await;
    let sign_up_token = token(&portal.mail().await[0]);
    for guessable in ["password1234", "qwertyuiop12", "lovelace2026", "contosocontoso"] {
        let mut pages = Vec::new();
        let fields = [("token", &*sign_up_token), ("password", guessable)];
        let back = newcomer.post("/api/accounts/verify_email", &fields).await;
        pages.push(newcomer.follow(back.location()).await.body);
        let back = reset(&mut browser, &reset_token, guessable).await;
        pages.push(browser.follow(&back).await.body);
        change(&mut browser, PASSWORD, guessable).await;
        pages.push(browser.get("/account/password").await.body);
        for page in pages {
            assert!(
                page.contains("easy to guess. Use a few words") && !page.contains(guessable),
                "{guessable}: {page}"
            );
        }
    }
    let made = domain::accounts::create_account(&portal.services, EMAIL, "password1234", None, None).await;
    assert!(made.is_err(), "at the command line, too");
    assert_eq!(
        reset(&mut browser, &reset_token, NEW).await,
        "/login?done=password-reset",
        "a refused one uses no link up"
    );
}

async fn strength_is_told_as_one_types_but_not_for_ever(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let fetch = [("accept", "*/*"), ("sec-fetch-site", "same-origin")];
    let path = "/api/accounts/password_strength";
    let mut browser = portal.browser();
    for (password, email, scores) in [
        ("password1234", "", 0..=2),
        (NEW, "", 4..=4),
        ("lovelace2026", "lovelace@contoso.com", 0..=2),
        ("a".repeat(100_000).as_str(), "", 0..=2),
    ] {
        let answer = browser.post_with(path, &fetch, &[("password", password), ("email", email)]).await;
        if password.len() > 1000 {
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
            continue;
        }
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(scores.contains(&answer.body.parse().unwrap()), "{password}: {}", answer.body);
    }
    let mut last = StatusCode::OK;
    for _ in 0..160 {
        let answer = browser.post_with(path, &fetch, &[("password", "abc")]).await;
        last = answer.status;
        if last != StatusCode::OK {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

async fn the_confirmation_link_is_sent_again_to_whoever_waits_for_it(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.browser();
    browser.post("/api/accounts/sign_up", &[("email", EMAIL)]).await;
    portal.mail().await;
    let page = browser.get("/signup/check-email").await.body;
    assert!(page.contains(&format!("value=\"{EMAIL}\"")), "what was typed is there: {page}");
    let answer = browser.post("/api/accounts/resend_verification", &[("email", EMAIL)]).await;
    assert_eq!(answer.location(), "/signup/check-email?done=verification-resent");
    let again = portal.mail().await;
    let fields = [("token", &*token(&again[0])), ("password", PASSWORD)];
    assert_eq!(browser.post("/api/accounts/verify_email", &fields).await.location(), "/");

    for email in [EMAIL, "nobody@contoso.com"] {
        let answer = portal.browser().post("/api/accounts/resend_verification", &[("email", email)]).await;
        assert_eq!(answer.location(), "/signup/check-email?done=verification-resent", "{email}");
    }
    let mail = portal.mail().await;
    assert_eq!(mail.len(), 1);
    assert!(mail[0].recipient == EMAIL && mail[0].subject.starts_with("You already have an account"));
    for _ in 0..3 {
        browser.post("/api/accounts/resend_verification", &[("email", "grace@contoso.com")]).await;
    }
    browser.post("/api/accounts/resend_verification", &[("email", "grace@contoso.com")]).await;
    let refused = browser.post("/api/accounts/resend_verification", &[("email", "grace@contoso.com")]).await;
    assert!(refused.body.contains("Too many attempts. Wait"), "{}", refused.body);
}

async fn every_act_is_in_the_trail_without_a_secret(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Administrator)).await;
    let mut browser = portal.signed_in(EMAIL, None).await;
    let mut secrets = vec![PASSWORD.to_owned(), NEW.to_owned(), "wrong horse battery".to_owned()];
    browser.post("/api/accounts/resend_verification", &[("email", EMAIL)]).await;
    portal.mail().await;
    change(&mut browser, "wrong horse battery", NEW).await;
    change(&mut browser, PASSWORD, NEW).await;
    browser.post("/api/accounts/change_email", &[("email", "ada@fabrikam.com")]).await;
    for path in ["confirm_email_change", "undo_email_change"] {
        let mails = portal.mail().await;
        let token = token(mails.iter().rev().find(|mail| mail.text_body.contains("token=")).unwrap());
        browser.post(&format!("/api/accounts/{path}"), &[("token", &token)]).await;
        secrets.push(token);
    }
    forgot(&portal, EMAIL).await;
    let mails = portal.mail().await;
    let reset_token = token(mails.iter().rev().find(|mail| mail.text_body.contains("/reset-password?token=")).unwrap());
    reset(&mut browser, &reset_token, PASSWORD).await;
    secrets.push(reset_token);
    secrets.extend(browser.cookies.values().map(str::to_owned));
    for _ in 0..12 {
        portal.pass(TimeDelta::seconds(65));
        let fields = [("email", EMAIL), ("password", "wrong horse battery")];
        portal.browser().post("/api/accounts/sign_in", &fields).await;
    }

    let trail = support.get("/support/audit.jsonl").await;
    assert_eq!(trail.status, StatusCode::OK, "{}", trail.body);
    for act in [
        "account.confirmation_resent",
        "account.password_refused",
        "account.password_changed",
        "account.email_change_requested",
        "account.email_changed",
        "account.email_change_undone",
        "account.password_reset_requested",
        "account.password_reset",
        "account.failed_login_notice_sent",
    ] {
        let line = trail.body.lines().find(|line| line.contains(&format!("\"event_code\":\"{act}\"")));
        let event: Value = serde_json::from_str(line.unwrap_or_else(|| panic!("{act}: {}", trail.body))).unwrap();
        assert!(event["message"].as_str().is_some_and(|words| words != act), "{act} has words");
        if act == "account.email_changed" {
            assert_eq!(event["unmapped"]["before"]["email"], EMAIL);
            assert_eq!(event["unmapped"]["after"]["email"], "ada@fabrikam.com");
            assert_eq!(event["src_endpoint"]["ip"], "192.0.2.1");
        }
    }
    for secret in secrets {
        assert!(!trail.body.contains(&secret), "{secret}");
    }
}
