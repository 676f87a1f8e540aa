//! The keys that tokens are signed with: published before they sign and after, the same on every replica.

use chrono::TimeDelta;
use domain::{Actor, signing_keys};
use model::SigningAlgorithm;
use oidc::jose::jws;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, scene};

on_both_databases!(
    the_next_key_is_published_two_days_before_it_signs_and_the_last_one_stays,
    a_key_can_be_replaced_at_once_and_deleted,
    replicas_that_rotate_at_once_make_one_key,
    keys_are_sealed_anew_with_the_others,
);

/// The `kid` that signs now, with the names of all that are published.
async fn keys(scene: &Scene) -> (String, Vec<String>) {
    let tokens = scene.tokens(&mut scene.portal.browser(), &[]).await;
    let published = scene.keys().await;
    let verified = jws::verify(tokens["id_token"].as_str().unwrap(), &published).unwrap();
    let names = published.keys.iter().filter_map(|key| key.kid.clone()).collect();
    (verified.header.kid.unwrap(), names)
}

async fn the_next_key_is_published_two_days_before_it_signs_and_the_last_one_stays(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let services = &scene.portal.services;
    let (first, published) = keys(&scene).await;
    assert_eq!(published.len(), 3);
    assert_eq!(signing_keys::rotate_due(services).await.unwrap(), 0);
    scene.portal.pass(TimeDelta::days(88) + TimeDelta::minutes(1));
    assert_eq!(signing_keys::rotate_due(services).await.unwrap(), 3, "one an algorithm");
    assert_eq!(signing_keys::rotate_due(services).await.unwrap(), 0, "once");
    let (still, published) = keys(&scene).await;
    assert_eq!((&still, published.len()), (&first, 6), "published before it signs");
    scene.portal.pass(TimeDelta::hours(48));
    let (next, published) = keys(&scene).await;
    assert!(next != first && published.contains(&first) && published.len() == 6, "{published:?}");
    scene.portal.pass(TimeDelta::days(31));
    let (signing, published) = keys(&scene).await;
    assert!(signing == next && !published.contains(&first) && published.len() == 3, "{published:?}");
}

async fn a_key_can_be_replaced_at_once_and_deleted(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let (first, _) = keys(&scene).await;
    let created = signing_keys::rotate(services, &operator, SigningAlgorithm::Rs256, true).await.unwrap().unwrap();
    scene.portal.pass(TimeDelta::seconds(1));
    assert_eq!(keys(&scene).await.0, created);
    signing_keys::delete(services, &operator, &first).await.unwrap();
    assert!(!keys(&scene).await.1.contains(&first));
    let listed = signing_keys::list(services).await.unwrap();
    assert!(listed.iter().all(|key| key.kid != first) && listed.len() == 3);
    assert!(matches!(signing_keys::delete(services, &operator, &first).await, Err(domain::Error::NotFound)));
}

async fn replicas_that_rotate_at_once_make_one_key(kind: DatabaseKind) {
    let scene = scene(kind).await;
    keys(&scene).await;
    let replica = scene.portal.replica().await;
    scene.portal.pass(TimeDelta::days(89));
    let (one, other) =
        tokio::join!(signing_keys::rotate_due(&scene.portal.services), signing_keys::rotate_due(&replica.services));
    assert_eq!(one.unwrap() + other.unwrap(), 3);
    assert_eq!(signing_keys::list(&scene.portal.services).await.unwrap().len(), 6);
}

async fn keys_are_sealed_anew_with_the_others(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (first, _) = keys(&scene).await;
    let new: domain::sealed::SecretKey = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=".parse().unwrap();
    let old: domain::sealed::SecretKey = crate::harness::SECRET_KEY.parse().unwrap();
    let both = domain::sealed::KeyRing::new(vec![new.clone(), old]).unwrap();
    let replica = scene.portal.replica_with(both).await;
    assert!(domain::key_rotation::reseal(&replica.services, &Actor::operator()).await.unwrap() >= 3);
    let replica = scene.portal.replica_with(domain::sealed::KeyRing::new(vec![new]).unwrap()).await;
    let listed = signing_keys::list(&replica.services).await.unwrap();
    assert!(listed.iter().any(|key| key.kid == first), "opens with the new key alone");
}
