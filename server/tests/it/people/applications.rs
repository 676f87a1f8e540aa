//! What applications were given at a person's sign-ins ends with the person.

use axum::http::StatusCode;
use domain::Actor;
use model::people::PeopleFilter;
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::openid::{Scene, assert_refused, scene};

on_both_databases!(deactivating_a_person_ends_their_tokens, erasing_a_person_ends_their_tokens);

/// Of a session that is open, and of one that is over: a refresh token may outlast it.
async fn tokens_of_two_sessions(scene: &Scene) -> [Value; 2] {
    let (mut here, mut gone) = (scene.portal.browser(), scene.portal.browser());
    let scope = [("scope", "openid offline_access")];
    let tokens = [scene.tokens(&mut here, &scope).await, scene.tokens(&mut gone, &scope).await];
    gone.post("/me/sign-out", &[]).await;
    tokens
}

async fn person(scene: &Scene) -> String {
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let page = domain::people::list(services, &operator, &scene.slug, PeopleFilter::default()).await.unwrap();
    page.people[0].id.to_string()
}

async fn assert_over(scene: &Scene, tokens: [Value; 2]) {
    for tokens in tokens {
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
        assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
        let access_token = tokens["access_token"].as_str().unwrap();
        assert_eq!(scene.userinfo(access_token).await.status, StatusCode::UNAUTHORIZED);
        let introspected = scene.ask("/oauth2/introspect", &scene.basic(), &[("token", access_token)]).await;
        assert!(introspected.body.contains("\"active\":false"), "{}", introspected.body);
    }
}

async fn deactivating_a_person_ends_their_tokens(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tokens = tokens_of_two_sessions(&scene).await;
    let (services, operator, id) = (&scene.portal.services, Actor::operator(), person(&scene).await);
    assert_eq!(scene.userinfo(tokens[0]["access_token"].as_str().unwrap()).await.status, StatusCode::OK);
    domain::people::deactivate(services, &operator, &scene.slug, &id).await.unwrap();
    assert_over(&scene, tokens).await;
    let mut browser = scene.portal.browser();
    let started = browser.get(&scene.authorize_address(&[])).await;
    assert!(started.status.is_redirection(), "the identity provider is asked, and its answer refused");
}

async fn erasing_a_person_ends_their_tokens(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tokens = tokens_of_two_sessions(&scene).await;
    let id = person(&scene).await;
    domain::people::erase(&scene.portal.services, &Actor::operator(), &scene.slug, &id).await.unwrap();
    assert_over(&scene, tokens).await;
}
