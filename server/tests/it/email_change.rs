//! Change of an account's address, and its undoing.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::mail::OutgoingMail;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, PASSWORD, Portal, link};

on_both_databases!(
    an_address_is_changed_from_the_new_one,
    without_a_session_of_the_account_the_password_is_asked_for,
    a_taken_address_is_not_revealed_and_its_owner_is_told,
    a_link_to_a_new_address_expires_is_replaced_and_works_once,
    an_address_that_nobody_confirmed_makes_way,
    who_is_not_the_new_owner_undoes_the_change,
    undoing_takes_the_factors_along_that_an_intruder_added,
    undoing_ends_after_seven_days,
    an_intruder_who_changes_twice_cannot_undo_the_undoing,
    a_reset_stops_a_change_that_waits,
);

const OLD: &str = "ada@contoso.com";
const NEW: &str = "ada@fabrikam.com";

fn token(mail: &OutgoingMail) -> String {
    link(mail).rsplit_once("token=").unwrap().1.to_owned()
}

fn to<'a>(mails: &'a [OutgoingMail], recipient: &str) -> &'a OutgoingMail {
    let found: Vec<_> = mails.iter().filter(|mail| mail.recipient == recipient).collect();
    assert_eq!(found.len(), 1, "{recipient}: {mails:?}");
    found[0]
}

async fn ask(browser: &mut Browser, email: &str) -> String {
    browser.post("/api/accounts/change_email", &[("email", email)]).await.location().to_owned()
}

async fn confirm(browser: &mut Browser, token: &str, password: &str) -> String {
    let fields = [("token", token), ("password", password)];
    browser.post("/api/accounts/confirm_email_change", &fields).await.location().to_owned()
}

async fn undo(browser: &mut Browser, token: &str) -> String {
    browser.post("/api/accounts/undo_email_change", &[("token", token)]).await.location().to_owned()
}

async fn signs_in(portal: &Portal, email: &str, password: &str) -> bool {
    let mut browser = portal.browser();
    browser.post("/api/accounts/sign_in", &[("email", email), ("password", password)]).await;
    browser.cookies.contains_key("session")
}

/// Changes the address of whoever is signed in; the mail to the old one.
async fn changed(portal: &Portal, browser: &mut Browser, old: &str, new: &str) -> OutgoingMail {
    assert_eq!(ask(browser, new).await, "/account?done=email-change-requested");
    let token = token(to(&portal.mail().await, new));
    assert_eq!(confirm(browser, &token, "").await, "/account?done=email-changed");
    to(&portal.mail().await, old).clone()
}

async fn an_address_is_changed_from_the_new_one(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(OLD, None).await;
    assert!(browser.get("/account").await.body.contains("href=\"/account/email\""));
    assert_eq!(ask(&mut browser, OLD).await, "/account/email");
    assert!(browser.get("/account/email").await.body.contains("This is your address already"));
    assert_eq!(ask(&mut browser, " Ada@Fabrikam.com ").await, "/account?done=email-change-requested");
    assert!(browser.get("/account?done=email-change-requested").await.body.contains(OLD), "nothing changed yet");

    let mails = portal.mail().await;
    let (asked, confirmation) = (to(&mails, OLD), to(&mails, NEW));
    assert!(asked.text_body.contains(NEW) && asked.text_body.contains("from 192.0.2.1, with Firefox on Windows"));
    assert!(asked.text_body.contains("If it was not you, choose a new password now"), "{}", asked.text_body);
    for _ in 0..2 {
        let page = browser.follow(&link(confirmation)).await;
        assert!(page.status == StatusCode::OK && page.body.contains(NEW) && !page.body.contains("type=\"password\""));
    }
    assert_eq!(confirm(&mut browser, &token(confirmation), "").await, "/account?done=email-changed");
    assert!(browser.get("/account?done=email-changed").await.body.contains(NEW), "the session goes on");
    let told = portal.mail().await;
    assert!(to(&told, OLD).text_body.contains("Undo the change") && to(&told, OLD).text_body.contains(NEW));
    assert!(signs_in(&portal, NEW, PASSWORD).await && !signs_in(&portal, OLD, PASSWORD).await);
}

async fn without_a_session_of_the_account_the_password_is_asked_for(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    ask(&mut portal.signed_in(OLD, None).await, NEW).await;
    let mails = portal.mail().await;
    let token = token(to(&mails, NEW));
    let mut stranger = portal.signed_in("eve@example.com", None).await;
    for mut browser in [portal.browser(), stranger.clone()] {
        let page = browser.follow(&link(to(&mails, NEW))).await.body;
        assert!(page.contains("Enter your account") && page.contains("current-password"), "{page}");
        for wrong in ["", "wrong horse battery"] {
            let back = confirm(&mut browser, &token, wrong).await;
            assert!(browser.follow(&back).await.body.contains("This is not your current password"));
        }
    }
    assert!(confirm(&mut stranger, &token, "not it either").await.starts_with("/account/email/confirm"));
    assert!(signs_in(&portal, OLD, PASSWORD).await);
    portal.pass(TimeDelta::minutes(5));
    assert_eq!(confirm(&mut portal.browser(), &token, PASSWORD).await, "/login?done=email-changed-sign-in");
    assert!(signs_in(&portal, NEW, PASSWORD).await);
}

async fn a_taken_address_is_not_revealed_and_its_owner_is_told(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(OLD, None).await;
    portal.signed_in("taken@contoso.com", None).await;
    let mut answers = Vec::new();
    for email in ["taken@contoso.com", "free@contoso.com"] {
        answers.push(ask(&mut browser, email).await);
    }
    assert_eq!(answers[0], answers[1]);
    let mails = portal.mail().await;
    let taken = to(&mails, "taken@contoso.com");
    assert!(taken.subject.starts_with("You already have an account"), "{}", taken.subject);
    assert!(!taken.text_body.contains("token=") && !taken.text_body.contains(OLD), "{}", taken.text_body);
    assert!(to(&mails, "free@contoso.com").subject.starts_with("Confirm your new"));

    // taken between the request and the click: whoever reads its mail may know
    portal.signed_in("free@contoso.com", None).await;
    let back = confirm(&mut browser, &token(to(&mails, "free@contoso.com")), "").await;
    assert!(browser.follow(&back).await.body.contains("has an account already"));
    assert!(browser.get("/account").await.body.contains(OLD));
}

async fn a_link_to_a_new_address_expires_is_replaced_and_works_once(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(OLD, None).await;
    ask(&mut browser, "first@contoso.com").await;
    let first = token(to(&portal.mail().await, "first@contoso.com"));
    ask(&mut browser, NEW).await;
    let second = token(to(&portal.mail().await, NEW));
    assert!(confirm(&mut browser, &first, "").await.starts_with("/account/email/confirm"), "replaced");
    portal.pass(TimeDelta::minutes(30));
    assert!(confirm(&mut browser, &second, "").await.starts_with("/account/email/confirm"), "expired");
    let page = browser.get(&format!("/account/email/confirm?token={second}")).await.body;
    assert!(page.contains("has expired or was used already"), "{page}");

    let mut again = portal.browser();
    again.post("/api/accounts/sign_in", &[("email", OLD), ("password", PASSWORD)]).await;
    ask(&mut again, NEW).await;
    let third = token(to(&portal.mail().await, NEW));
    assert_eq!(confirm(&mut again, &third, "").await, "/account?done=email-changed");
    assert!(confirm(&mut again, &third, "").await.starts_with("/account/email/confirm"), "used");
    assert!(undo(&mut again, &third).await.starts_with("/account/email/undo"), "and no link to undo");
}

async fn an_address_that_nobody_confirmed_makes_way(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.browser().post("/api/accounts/sign_up", &[("email", NEW)]).await;
    portal.mail().await;
    let mut browser = portal.signed_in(OLD, None).await;
    changed(&portal, &mut browser, OLD, NEW).await;
    assert!(signs_in(&portal, NEW, PASSWORD).await);
}

async fn who_is_not_the_new_owner_undoes_the_change(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut intruder = portal.signed_in(OLD, None).await;
    let told = changed(&portal, &mut intruder, OLD, "eve@example.com").await;
    intruder.post("/api/accounts/forgot_password", &[("email", "eve@example.com")]).await;
    let intruders_reset = token(to(&portal.mail().await, "eve@example.com"));

    portal.pass(TimeDelta::minutes(20));
    let mut owner = portal.browser();
    let page = owner.follow(&link(&told)).await;
    assert!(page.body.contains("Undo the change") && page.body.contains("eve@example.com"), "{}", page.body);
    assert!(intruder.get("/account").await.status == StatusCode::OK, "looking undoes nothing");
    assert_eq!(undo(&mut owner, &token(&told)).await, "/login?done=email-change-undone");
    assert!(intruder.get("/account").await.status.is_redirection(), "every session ended");
    for email in [OLD, "eve@example.com"] {
        assert!(!signs_in(&portal, email, PASSWORD).await, "{email}: the password is the intruder's, too");
    }
    let fields = [("token", &*intruders_reset), ("password", "brown kettle seven hills")];
    assert!(intruder.post("/api/accounts/reset_password", &fields).await.location().starts_with("/reset-password"));

    let mails = portal.mail().await;
    assert!(to(&mails, "eve@example.com").subject.contains("was undone"));
    let new_password = "violet tractor lunch";
    let fields = [("token", &*token(to(&mails, OLD))), ("password", new_password)];
    assert_eq!(owner.post("/api/accounts/reset_password", &fields).await.location(), "/login?done=password-reset");
    assert!(signs_in(&portal, OLD, new_password).await);
    assert!(undo(&mut owner, &token(&told)).await.starts_with("/account/email/undo"), "works once");
}

async fn undoing_takes_the_factors_along_that_an_intruder_added(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut intruder = portal.signed_in(OLD, None).await;
    portal.enrol(&mut intruder).await;
    portal.mail().await;
    let told = changed(&portal, &mut intruder, OLD, NEW).await;
    let mut owner = portal.browser();
    undo(&mut owner, &token(&told)).await;
    let new_password = "violet tractor lunch";
    let fields = [("token", &*token(to(&portal.mail().await, OLD))), ("password", new_password)];
    assert_eq!(owner.post("/api/accounts/reset_password", &fields).await.location(), "/login?done=password-reset");
    let answer = owner.post("/api/accounts/sign_in", &[("email", OLD), ("password", new_password)]).await;
    assert_eq!(answer.location(), "/", "no factor is asked for that the owner never had");
}

async fn undoing_ends_after_seven_days(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(OLD, None).await;
    let told = changed(&portal, &mut browser, OLD, NEW).await;
    portal.pass(TimeDelta::days(7));
    let mut late = portal.browser();
    assert!(late.follow(&link(&told)).await.body.contains("has expired or was used already"));
    assert!(undo(&mut late, &token(&told)).await.starts_with("/account/email/undo"));
    assert!(signs_in(&portal, NEW, PASSWORD).await);
}

async fn an_intruder_who_changes_twice_cannot_undo_the_undoing(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut intruder = portal.signed_in(OLD, None).await;
    let owners = changed(&portal, &mut intruder, OLD, "eve@example.com").await;
    portal.pass(TimeDelta::minutes(1));
    let intruders = changed(&portal, &mut intruder, "eve@example.com", "eve@example.net").await;

    // the intruder's own undoing does not take the owner's link away
    assert_eq!(undo(&mut intruder, &token(&intruders)).await, "/login?done=email-change-undone");
    portal.pass(TimeDelta::minutes(1));
    assert_eq!(undo(&mut portal.browser(), &token(&owners)).await, "/login?done=email-change-undone");
    let restored = portal.mail().await.into_iter().filter(|mail| mail.recipient == OLD).count();
    assert_eq!(restored, 1);

    // nor does a link that was made later outlive the owner's
    let mut again = portal.signed_in("grace@contoso.com", None).await;
    let owners = changed(&portal, &mut again, "grace@contoso.com", "eve@example.com").await;
    portal.pass(TimeDelta::minutes(1));
    let intruders = changed(&portal, &mut again, "eve@example.com", "eve@example.net").await;
    assert_eq!(undo(&mut portal.browser(), &token(&owners)).await, "/login?done=email-change-undone");
    assert!(undo(&mut again, &token(&intruders)).await.starts_with("/account/email/undo"));
}

async fn a_reset_stops_a_change_that_waits(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut intruder = portal.signed_in(OLD, None).await;
    ask(&mut intruder, "eve@example.com").await;
    let waiting = token(to(&portal.mail().await, "eve@example.com"));
    let mut owner = portal.browser();
    owner.post("/api/accounts/forgot_password", &[("email", OLD)]).await;
    let fields = [("token", &*token(to(&portal.mail().await, OLD))), ("password", "violet tractor lunch")];
    assert_eq!(owner.post("/api/accounts/reset_password", &fields).await.location(), "/login?done=password-reset");
    assert!(confirm(&mut intruder, &waiting, PASSWORD).await.starts_with("/account/email/confirm"));
    assert!(signs_in(&portal, OLD, "violet tractor lunch").await);
}
