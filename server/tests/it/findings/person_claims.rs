//! What the claims say of a person: which address, one or several, and whether of a guest.

use mock_entra::fault::Fault;
use mock_entra::response::{ResponseOptions, ResponseProtection};
use model::{AttemptOutcome, AttemptReport, FindingCode, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, has};
use crate::finding_text::FindingText as _;

on_both_databases!(
    a_name_identifier_that_is_an_address_stands_in_for_the_claim,
    an_address_that_names_a_guest_is_refused,
    a_guest_is_seen_by_each_of_three_names,
    a_claim_that_comes_twice_has_several_values,
);

const NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
const UPN_CLAIM: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
const GUEST: &str = "g.guest_fabrikam.com#EXT#@contoso.onmicrosoft.com";

impl Scene {
    /// A whole sign-in in which something else is said of B.Simon.
    async fn said_of(&self, fault: Fault, change: impl FnOnce(&mut ResponseOptions)) -> AttemptReport {
        self.saying(fault, &ResponseProtection::default(), change).await
    }
}

fn email(report: &AttemptReport) -> String {
    let profile = report.profile.as_ref().unwrap_or_else(|| panic!("{:#?}", report.events));
    profile.email.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The values of a warning with which somebody was let in.
fn warned(report: &AttemptReport, code: FindingCode) -> String {
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{:#?}", report.events);
    let event = found(report, code);
    assert_eq!(event.verdict, Verdict::Warned);
    event.actual_text().unwrap_or_default()
}

async fn a_name_identifier_that_is_an_address_stands_in_for_the_claim(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let code = FindingCode::EmailFromNameId;
    let report = scene.with(Fault::NoEmailClaim).await;
    let actual = warned(&report, code);
    assert!(actual.contains(UPN), "{actual}");
    assert_eq!(email(&report), UPN);
    for fault in [Fault::None, Fault::NoEmail, Fault::EmailNoAddress] {
        assert!(!has(&scene.with(fault).await, code), "{fault:?}");
    }
}

async fn an_address_that_names_a_guest_is_refused(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let in_small_letters = |options: &mut ResponseOptions| options.set_claim("email", vec![GUEST.to_lowercase()]);
    for report in [scene.with(Fault::GuestEmail).await, scene.said_of(Fault::None, in_small_letters).await] {
        let code = FindingCode::EmailInvalid;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
        let actual = found(&report, code).actual_text().unwrap_or_default();
        assert!(actual.to_uppercase().contains("#EXT#"), "{actual}");
        assert!(!has(&report, FindingCode::EmailFromNameId), "{:#?}", report.events);
    }
    // no claim, and the name identifier that would stand in is a guest's
    let report = scene.said_of(Fault::NoEmailClaim, |options| options.name_id = GUEST.into()).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::EmailMissing), "{:#?}", report.events);
}

async fn a_guest_is_seen_by_each_of_three_names(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let by_upn = |options: &mut ResponseOptions| options.set_claim(UPN_CLAIM, vec![GUEST.to_owned()]);
    let by_name = |options: &mut ResponseOptions| options.set_claim(NAME, vec![GUEST.to_owned()]);
    for report in [
        scene.with(Fault::Guest).await,
        scene.with(Fault::GuestPersistent).await,
        scene.said_of(Fault::None, by_upn).await,
        scene.said_of(Fault::None, by_name).await,
    ] {
        let event = found(&report, FindingCode::GuestAccount);
        assert_eq!(event.verdict, Verdict::Noted, "nothing is wrong with a guest");
        let actual = event.actual_text().unwrap();
        assert!(actual.contains(GUEST), "{actual}");
        let times = report.events.iter().filter(|event| event.finding == Some(FindingCode::GuestAccount)).count();
        assert_eq!(times, 1, "said once: {:#?}", report.events);
    }
    assert!(!has(&scene.with(Fault::None).await, FindingCode::GuestAccount));
}

async fn a_claim_that_comes_twice_has_several_values(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for fault in [Fault::TwoEmails, Fault::EmailTwice] {
        let report = scene.with(fault).await;
        let actual = warned(&report, FindingCode::SeveralValues);
        for address in [UPN, "b.simon@contoso.example"] {
            assert!(actual.contains(address), "{fault:?}: {actual}");
        }
        assert_eq!(email(&report), UPN, "the first one counts: {fault:?}");
    }
    assert!(!has(&scene.with(Fault::None).await, FindingCode::SeveralValues));
}
