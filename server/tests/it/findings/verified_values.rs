//! What is said of a response that was refused: what was signed and proved all the same, and
//! what was only received.

use mock_entra::app::SigningOption;
use mock_entra::fault::Fault;
use mock_entra::response::ResponseProtection;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, Verdict};
use saml::certificate::SigningCertificate;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, encrypted_to, found, has, moment};
use crate::finding_text::FindingText as _;

on_both_databases!(
    what_was_signed_is_noted_though_a_later_check_failed,
    what_was_signed_is_noted_though_it_was_encrypted,
    what_did_not_verify_is_not_noted_as_signed,
    an_error_is_looked_at_as_it_was_received,
);

const SIGNED: [FindingCode; 3] = [FindingCode::SignedAssertion, FindingCode::SignedResponse, FindingCode::SignedBoth];

fn thumbprint(scene: &Scene) -> String {
    SigningCertificate::from_der(&scene.idp.certificate()).unwrap().thumbprint_sha1()
}

/// Refused for its audience, and signed as the note says.
fn noted(report: &AttemptReport, code: FindingCode, thumbprint: &str) {
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::WrongAudience), "{:#?}", report.events);
    let event = found(report, code);
    assert_eq!((event.kind, event.verdict, event.is_verified), (EventKind::Signature, Verdict::Noted, true));
    assert_eq!(event.actual_text().as_deref(), Some(thumbprint), "the certificate that verified");
    assert_eq!(SIGNED.iter().filter(|signed| has(report, **signed)).count(), 1, "{:#?}", report.events);
}

async fn what_was_signed_is_noted_though_a_later_check_failed(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for (signing, code) in [
        (SigningOption::Assertion, FindingCode::SignedAssertion),
        (SigningOption::Response, FindingCode::SignedResponse),
        (SigningOption::Both, FindingCode::SignedBoth),
    ] {
        let report = scene.with_sealing(Fault::WrongAudience, &ResponseProtection { signing, encryption: None }).await;
        noted(&report, code, &thumbprint(&scene));
    }
}

async fn what_was_signed_is_noted_though_it_was_encrypted(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let to = scene.new_key("current").await;
    let report = scene.with_sealing(Fault::WrongAudience, &encrypted_to(&to)).await;
    noted(&report, FindingCode::SignedAssertion, &thumbprint(&scene));
}

async fn what_did_not_verify_is_not_noted_as_signed(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for fault in [Fault::Altered, Fault::OtherCertificate, Fault::KeyReplaced, Fault::Sha1, Fault::Unsigned] {
        let report = scene.with(fault).await;
        assert!(!SIGNED.iter().any(|signed| has(&report, *signed)), "{fault:?}: {:#?}", report.events);
    }
}

async fn an_error_is_looked_at_as_it_was_received(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let code = FindingCode::StatusResponder;
    let report = scene.with(Fault::StatusNotAssigned).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code));
    for kind in [EventKind::ResponseIssuer, EventKind::Destination, EventKind::ResponseInResponseTo] {
        let event = moment(&report, kind);
        assert_eq!((event.verdict, event.is_verified), (Verdict::Passed, false), "{event:?}");
        assert!(event.actual_text().is_some(), "{event:?}");
    }

    let elsewhere = "https://fabrikam.example/saml/acs";
    let report = scene
        .saying(Fault::StatusNotAssigned, &ResponseProtection::default(), |options| {
            options.destination = elsewhere.into();
            options.issuer = "https://idp.fabrikam.example/saml/metadata".into();
        })
        .await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "what the identity provider says comes first");
    let reply_url = format!("http://localhost:3000{}", scene.reply_path());
    for (code, expected, actual) in [
        (FindingCode::WrongDestination, reply_url, elsewhere),
        (FindingCode::WrongIssuer, scene.idp.tenant.entity_id(), "https://idp.fabrikam.example/saml/metadata"),
    ] {
        let event = found(&report, code);
        assert_eq!((event.verdict, event.is_verified), (Verdict::Failed, false), "{event:?}");
        assert_eq!((event.expected_text().as_ref(), event.actual_text().as_deref()), (Some(&expected), Some(actual)));
    }
}
