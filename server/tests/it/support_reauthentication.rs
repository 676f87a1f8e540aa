//! Support confirms again through the vendor's identity provider, and nobody takes the
//! place of an account that is signed in without being asked.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::SupportRole::Reviewer;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, html};
use crate::idp::Idp;
use crate::support_sign_in::{ADMINISTRATORS, REVIEWERS, ROOT, Scene, UPN};

on_both_databases!(
    to_confirm_again_one_authenticates_again,
    an_old_authentication_signs_in_and_confirms_nothing,
    an_account_that_is_signed_in_is_asked_first,
);

const ASKED: &str = "/account/reauthenticate?next=/support/accounts";

async fn to_confirm_again_one_authenticates_again(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
    scene.portal.pass(TimeDelta::minutes(16));
    assert_eq!(support.get("/support/accounts").await.location(), ASKED);
    let page = support.get(ASKED).await.body;
    let link = format!("/sso/{}?return_to=/support/accounts&force_authn=true", scene.slug);
    assert!(page.contains(&link.replace('&', "&amp;")), "{page}");
    let started = support.get(&link).await.location().to_owned();
    assert!(Idp::request_xml(&started).contains("ForceAuthn=\"true\""));
    let plain = support.get(&format!("/sso/{}", scene.slug)).await.location().to_owned();
    assert!(!Idp::request_xml(&plain).contains("ForceAuthn=\"true\""), "the team's options ask nothing");

    // whoever takes it out of the request is signed in by a session of the identity provider's
    let old = scene.sign_in_at(&mut support, &link, UPN, &[ADMINISTRATORS], TimeDelta::hours(1)).await;
    assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.body);
    assert_eq!(support.get("/support/accounts").await.location(), ASKED, "the session of before is as it was");
    let mut before = support.clone();
    let done = scene.sign_in_at(&mut support, &link, UPN, &[ADMINISTRATORS], TimeDelta::zero()).await;
    assert_eq!(done.location(), "/support/accounts");
    assert_eq!(support.get("/support/accounts").await.status, StatusCode::OK);
    assert!(before.get("/support").await.location().starts_with("/login"), "one session, not two");
}

async fn an_old_authentication_signs_in_and_confirms_nothing(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let address = format!("/sso/{}", scene.slug);
    let mut support = scene.portal.browser();
    let done = scene.sign_in_at(&mut support, &address, UPN, &[ADMINISTRATORS], TimeDelta::hours(1)).await;
    assert_eq!(done.location(), "/support");
    assert_eq!(support.get("/support").await.status, StatusCode::OK);
    assert_eq!(support.get("/support/accounts").await.location(), ASKED);
    // a clock that is ahead confirms for no longer than one that is right
    let mut ahead = scene.portal.browser();
    scene.sign_in_at(&mut ahead, &address, UPN, &[ADMINISTRATORS], TimeDelta::hours(-5)).await;
    assert_eq!(ahead.get("/support/accounts").await.status, StatusCode::OK);
    scene.portal.pass(TimeDelta::minutes(16));
    assert_eq!(ahead.get("/support/accounts").await.location(), ASKED);
}

async fn press(browser: &mut Browser, scene: &Scene, page: &Answer, answer: &str) -> Answer {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let code = html::field(&page.body, "code").unwrap();
    browser.post(&format!("/sso/{}/continue", scene.slug), &[("code", &code), ("answer", answer)]).await
}

async fn an_account_that_is_signed_in_is_asked_first(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut root = scene.root.clone();
    let page = scene.sign_in(&mut root, UPN, &[REVIEWERS]).await;
    for words in ["Sign in as someone else?", ROOT, UPN] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(scene.role(UPN).await, None, "no account was made yet");
    assert_eq!(press(&mut root, &scene, &page, "stay").await.location(), "/");
    assert_eq!(root.get("/support/accounts").await.status, StatusCode::OK);
    assert_eq!(scene.role(UPN).await, None);

    let mut before = root.clone();
    let page = scene.sign_in(&mut root, UPN, &[REVIEWERS]).await;
    assert_eq!(press(&mut root, &scene, &page, "").await.location(), "/support");
    assert_eq!(scene.role(UPN).await, Some(Reviewer));
    assert!(root.get("/support").await.body.contains(UPN));
    assert!(before.get("/support").await.location().starts_with("/login"), "root's session has ended");
    assert_eq!(scene.sign_in(&mut root, UPN, &[REVIEWERS]).await.location(), "/support", "the same one goes on");
    // whose groups give nothing is a person, which is no account
    let other = scene.sign_in(&mut root, "nobody@krisp.example", &["unrelated"]).await;
    assert_eq!(other.location(), "/me");
    assert_eq!(root.get("/support").await.status, StatusCode::OK);
}
