//! What a replica keeps in memory is never older than the database: what changes on one holds at the
//! next request of another.

use axum::http::StatusCode;
use domain::Actor;
use domain::decision_digest::ExpectedDigest;
use model::FindingCode;
use model::attempts::AttemptOutcome;
use saml::certificate::SigningCertificate;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::Replica;
use crate::idp::post_response;
use crate::logout::scene::{IDP_LOGOUT, Scene, UPN, scene};

on_both_databases!(
    another_certificate_or_the_one_before_holds_at_once_on_another_replica,
    a_suspension_holds_at_once_on_another_replica,
);

/// Somebody signs in, all of it at the replica. Whether that ended well.
async fn signs_in_at(replica: &Replica, scene: &Scene) -> bool {
    let mut browser = replica.with_cookies_of(&scene.portal.browser());
    let started = browser.get(&format!("/sso/{}", scene.slug)).await;
    if started.status == StatusCode::FORBIDDEN {
        return false;
    }
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let received = post_response(&mut browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
    if received.status == StatusCode::FORBIDDEN {
        return false;
    }
    let complete = received.location().to_owned();
    browser.follow(&complete).await.location() == "/me"
}

async fn another_certificate_or_the_one_before_holds_at_once_on_another_replica(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let (replica, slug) = (scene.portal.replica().await, scene.slug.clone());
    assert!(signs_in_at(&replica, &scene).await && signs_in_at(&replica, &scene).await);
    let certificate = SigningCertificate::from_der(&scene.idp.certificate()).unwrap();
    scene.remove_certificate(&certificate.thumbprint_sha256()).await;
    assert!(!signs_in_at(&replica, &scene).await);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::CertificateUnknown));
    scene.admin.decide("setup/roll_back", &slug, &[]).await;
    assert!(signs_in_at(&replica, &scene).await);
    scene.admin.decide("setup/roll_back", &slug, &[]).await;
    assert!(!signs_in_at(&replica, &scene).await);
}

async fn a_suspension_holds_at_once_on_another_replica(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let (replica, services) = (scene.portal.replica().await, &scene.portal.services);
    assert!(signs_in_at(&replica, &scene).await);
    let operator = Actor::operator();
    domain::team_review::suspend(services, &operator, &scene.slug, "unpaid").await.unwrap();
    assert!(!signs_in_at(&replica, &scene).await);
    domain::team_review::resume(services, &operator, &scene.slug, ExpectedDigest::Unchecked).await.unwrap();
    assert!(signs_in_at(&replica, &scene).await);
}
