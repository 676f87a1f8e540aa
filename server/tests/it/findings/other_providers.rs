//! Responses as other identity providers write them.

use mock_entra::fault::{Fault, Faults};
use mock_entra::shape::Shape;
use model::{AttemptOutcome, FindingCode, IdentityProvider};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, has};

on_both_databases!(a_sign_in_in_each_shape_passes_once_its_issuer_is_entered,);

async fn a_sign_in_in_each_shape_passes_once_its_issuer_is_entered(kind: DatabaseKind) {
    for (shape, provider) in [
        (Shape::AdFs, IdentityProvider::AdFs),
        (Shape::Keycloak, IdentityProvider::Keycloak),
        (Shape::Okta, IdentityProvider::Okta),
    ] {
        let mut scene = Scene::of(kind).await;
        let of = |fault| Faults { fault, shape, ..Faults::default() };
        let report = scene.with(of(Fault::None)).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::WrongIssuer), "{shape:?}");
        let (slug, reference) = (scene.slug.clone(), report.summary.reference.to_string());
        scene.admin.post("/api/attempts/take_over_issuer", &[("slug", &slug), ("reference", &reference)]).await;
        scene.admin.decide("setup/make_live", &slug, &[]).await;
        let report = scene.with(of(Fault::None)).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{shape:?}: {:#?}", report.events);
        assert_eq!(report.identity_provider, provider);
        let profile = report.profile.unwrap_or_default();
        assert!(profile.email.is_some() && profile.first_name.is_some() && profile.last_name.is_some(), "{profile:?}");
        for (fault, code) in [
            (Fault::Altered, FindingCode::DigestMismatch),
            (Fault::WrongAudience, FindingCode::WrongAudience),
            (Fault::NoNameId, FindingCode::NameIdMissing),
            (Fault::StatusRequestDenied, FindingCode::RequestDenied),
        ] {
            let report = scene.with(of(fault)).await;
            assert!(has(&report, code), "{shape:?} {fault:?}: {:#?}", report.events);
        }
    }
}
