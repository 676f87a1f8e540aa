//! "Try it": an administrator signs in with the portal in an application's place.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::SupportRole::Administrator;
use model::{AccessTokenFormat, ApplicationSettings};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, scene, scene_with, settings};
use crate::harness::{Browser, html};

on_both_databases!(
    the_tokens_are_shown_decoded_and_work_no_more,
    what_the_application_would_be_refused_for_is_shown,
    only_the_browser_that_began_a_trial_ends_it,
    a_trials_address_gives_nothing_away,
);

const ROOT: &str = "root@krisp.example";

/// The page that begins a trial, with what is asked for.
async fn begin(scene: &Scene, root: &mut Browser, query: &str) -> String {
    let page = format!("/support/applications/{}/trial{query}", scene.client_id);
    let answer = root.get(&page).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

/// Where the button of the page leads.
fn authorize_address(page: &str) -> String {
    let address = html::attribute(page, "a[href*=\"/oauth2/authorize\"]", "href").unwrap();
    address.strip_prefix("http://localhost:3000").unwrap().to_owned()
}

async fn the_tokens_are_shown_decoded_and_work_no_more(kind: DatabaseKind) {
    let jwt = ApplicationSettings { access_token_format: AccessTokenFormat::Jwt, ..settings() };
    let scene = scene_with(kind, jwt).await;
    let mut root = scene.portal.support(ROOT, Administrator).await;
    let application = root.get(&format!("/support/applications/{}", scene.client_id)).await.body;
    assert!(application.contains(&format!("/support/applications/{}/trial", scene.client_id)), "{application}");
    let query = format!("?team={}&scope_email=true&scope_profile=true&scope_offline_access=true", scene.slug);
    let page = begin(&scene, &mut root, &query).await;
    assert!(page.contains("code_challenge") && page.contains(">openid profile email offline_access<"), "{page}");

    let started = root.get(&authorize_address(&page)).await;
    let callback = scene.finish_sign_in(&mut root, &started, UPN).await;
    assert!(callback.contains("/support/applications/trial/callback?code="), "{callback}");
    let shown = root.follow(&callback).await.body;
    assert!(shown.contains("A person of contoso"), "{shown}");
    assert!(shown.contains("Signed with RS256") && shown.contains("A refresh token came with it"), "{shown}");
    let rows = html::texts(&shown, "tbody tr");
    let claim =
        |name: &str| rows.iter().find(|row| row.starts_with(name)).unwrap_or_else(|| panic!("{name}: {rows:?}"));
    assert!(claim("email").contains(UPN) && claim("email").contains("An attribute of the assertion"), "{rows:?}");
    assert!(claim("nonce").contains("authorization request") && claim("aud").contains(&scene.client_id), "{rows:?}");
    assert!(claim("jti").contains("Made for this token"), "the access token is decoded, too: {rows:?}");
    assert!(!shown.contains("eyJ"), "no token is shown that could be used: {shown}");

    let report = html::attribute(&shown, ".notice a", "href").unwrap();
    let report = root.get(&report).await.body;
    assert!(report.contains("its tokens were revoked before they were shown"), "{report}");
    let again = root.follow(&callback).await.body;
    assert!(again.contains("This trial is over"), "{again}");
}

async fn what_the_application_would_be_refused_for_is_shown(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut root = scene.portal.support(ROOT, Administrator).await;
    let page = begin(&scene, &mut root, "?team=nowhere-7k2m9q").await;
    let refused = root.get(&authorize_address(&page)).await;
    let shown = root.follow(refused.location()).await.body;
    assert!(shown.contains("access_denied") && shown.contains("no such organization"), "{shown}");
    assert!(shown.contains("The application would get an error"), "{shown}");
    let page = begin(&scene, &mut root, "?team=").await;
    assert!(root.get(&authorize_address(&page)).await.body.contains("Sign in to Krisp"), "the person is asked");
}

async fn only_the_browser_that_began_a_trial_ends_it(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut root = scene.portal.support(ROOT, Administrator).await;
    let mut other = scene.portal.support("other@krisp.example", Administrator).await;
    let page = begin(&scene, &mut root, &format!("?team={}", scene.slug)).await;
    begin(&scene, &mut other, "").await;
    let started = root.get(&authorize_address(&page)).await;
    let callback = scene.finish_sign_in(&mut root, &started, UPN).await;
    assert!(other.follow(&callback).await.body.contains("This trial is over"));
    assert!(root.follow(&callback).await.body.contains("A person of contoso"), "it is not used up");

    let page = begin(&scene, &mut root, &format!("?team={}", scene.slug)).await;
    let callback = root.get(&authorize_address(&page)).await.location().to_owned();
    scene.portal.pass(TimeDelta::minutes(2));
    let late = root.follow(&callback).await.body;
    assert!(late.contains("invalid_grant"), "a code works for a minute: {late}");
}

async fn a_trials_address_gives_nothing_away(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    // anybody can send a browser there, and gets to no token by it
    let address =
        scene.authorize_address(&[("redirect_uri", "http://localhost:3000/support/applications/trial/callback")]);
    let started = browser.get(&address).await;
    let callback = scene.finish_sign_in(&mut browser, &started, UPN).await;
    assert!(browser.follow(&callback).await.location().starts_with("/login"));
    let mut member = scene.portal.signed_in("eve@contoso.com", None).await;
    assert_eq!(member.follow(&callback).await.status, StatusCode::NOT_FOUND);
    let page = format!("/support/applications/{}/trial", scene.client_id);
    assert_eq!(member.get(&page).await.status, StatusCode::NOT_FOUND);
}
