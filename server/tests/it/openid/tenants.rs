//! Connection ⊂ team ⊂ application, at every step: one tenant's request uses no other's connection.

use axum::http::StatusCode;
use domain::Actor;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, assert_refused, claims_of, json_of, parameters_of, scene, settings};
use crate::harness::Browser;
use crate::idp::{Idp, active_team, post_response};

on_both_databases!(
    a_team_that_is_not_listed_is_refused_at_every_step,
    a_session_of_one_team_opens_nothing_of_another,
    a_connection_is_its_teams,
    a_suspended_team_gets_no_codes_and_no_tokens,
    another_identity_provider_ends_what_the_one_before_began,
);

async fn list_only(scene: &Scene, teams: &[&str]) {
    scene.change(settings(), Some(teams.iter().map(|team| (*team).to_owned()).collect())).await;
}

/// Another team, with an identity provider of its own.
async fn other_team(scene: &Scene) -> (String, Idp) {
    let idp = Idp::new(scene.portal.now());
    let mut admin = scene.portal.signed_in("ada@fabrikam.com", None).await;
    (active_team(&scene.portal, &mut admin, &idp).await, idp)
}

async fn a_team_that_is_not_listed_is_refused_at_every_step(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (other, _) = other_team(&scene).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[("scope", "openid offline_access")]).await;
    let code = parameters_of(browser.get(&scene.authorize_address(&[])).await.location())["code"].clone();
    let mut away = scene.portal.browser();
    let started = away.get(&scene.authorize_address(&[])).await;

    list_only(&scene, &[&other]).await;
    // at authorize
    let refused = browser.get(&scene.authorize_address(&[])).await;
    assert_eq!(parameters_of(refused.location())["error"], "access_denied");
    // at the ACS
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let received = post_response(&mut away, &scene.slug, &response, asked.relay_state.as_deref()).await;
    assert_eq!(received.status, StatusCode::FORBIDDEN, "{}", received.body);
    assert!(received.body.contains("cannot use this application"), "{}", received.body);
    // at the token endpoint, for a code and for a refresh token
    assert_refused(&scene.redeem(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let userinfo = scene.userinfo(tokens["access_token"].as_str().unwrap()).await;
    assert_refused(&userinfo, StatusCode::UNAUTHORIZED, "invalid_token");
    // and support sees why
    let mut support = scene.portal.signed_in("support@krisp.example", Some(model::SupportRole::Reviewer)).await;
    let list = support.get("/support/sign-ins").await.body;
    assert!(list.contains("The application may not be used by this team"), "{list}");

    list_only(&scene, &[&scene.slug]).await;
    let listed = browser.get(&scene.authorize_address(&[])).await;
    assert!(parameters_of(listed.location()).contains_key("code"));
}

async fn a_session_of_one_team_opens_nothing_of_another(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (other, other_idp) = other_team(&scene).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    let started = browser.get(&scene.authorize_address(&[("organization", &other)])).await;
    let asked = other_idp.asked(started.location());
    assert_eq!(asked.identifier, other, "the other team's identity provider is asked");
    // and the answer of this team's identity provider is none to it
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    for slug in [&other, &scene.slug] {
        let received = post_response(&mut browser, slug, &response, asked.relay_state.as_deref()).await;
        assert_eq!(received.status, StatusCode::FORBIDDEN, "{slug}");
    }
}

async fn a_connection_is_its_teams(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (other, _) = other_team(&scene).await;
    let mut browser: Browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[]).await;
    let claims = claims_of(tokens["id_token"].as_str().unwrap());
    let connection = claims["connection_id"].as_str().unwrap();
    let by_connection =
        browser.get(&scene.authorize_address(&[("organization", ""), ("connection", connection)])).await;
    assert!(parameters_of(by_connection.location()).contains_key("code"));
    let by_id = browser.get(&scene.authorize_address(&[("organization", claims["org_id"].as_str().unwrap())])).await;
    assert!(parameters_of(by_id.location()).contains_key("code"));
    let crossed = browser.get(&scene.authorize_address(&[("organization", &other), ("connection", connection)])).await;
    assert_eq!(parameters_of(crossed.location())["error"], "access_denied");
}

async fn a_suspended_team_gets_no_codes_and_no_tokens(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[("scope", "openid offline_access")]).await;
    let code = parameters_of(browser.get(&scene.authorize_address(&[])).await.location())["code"].clone();
    let services = &scene.portal.services;
    domain::team_review::suspend(services, &Actor::operator(), &scene.slug, "unpaid").await.unwrap();
    assert_refused(&scene.redeem(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let userinfo = scene.userinfo(tokens["access_token"].as_str().unwrap()).await;
    assert_refused(&userinfo, StatusCode::UNAUTHORIZED, "invalid_token");
    let refused = browser.get(&scene.authorize_address(&[])).await;
    assert_eq!(parameters_of(refused.location())["error"], "access_denied");
}

async fn another_identity_provider_ends_what_the_one_before_began(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tokens = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid offline_access")]).await;
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    let renewed = json_of(&scene.token(&refresh).await);
    let mut admin = scene.portal.browser();
    admin.sign_in("ada@contoso.com").await;
    let urls = [
        ("slug", &*scene.slug),
        ("idp_entity_id", "https://sts.windows.net/11111111-2222-4333-8444-555555555555/"),
        ("sso_url", &*scene.idp.tenant.sso_url()),
        ("slo_url", ""),
    ];
    admin.post("/api/setup/save_urls", &urls).await;
    let live = admin.decide("setup/make_live", &scene.slug, &[]).await;
    assert!(live.status.is_redirection(), "{}", live.body);
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", renewed["refresh_token"].as_str().unwrap())];
    assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
}
