//! Clocks that are wrong, in seconds, and dates that cannot be.

use chrono::TimeDelta;
use mock_entra::fault::{self, EarlierMessages, Fault, Faults};
use mock_entra::response::{ResponseOptions, ResponseProtection};
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, has};
use crate::finding_text::FindingText as _;

on_both_databases!(
    a_clock_that_is_wrong_is_told_from_a_slow_person,
    a_slow_person_causes_no_clock_finding,
    a_clock_that_is_behind_is_no_old_session,
    an_assertion_out_of_its_time_is_told_in_seconds,
    an_answer_from_another_year_is_a_clock,
    a_date_that_cannot_be_is_implausible,
);

/// What a finding says at which check.
fn said(report: &AttemptReport, code: FindingCode) -> (EventKind, String) {
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    let event = found(report, code);
    assert!(event.expected_text().is_some(), "{event:?}");
    (event.kind, event.actual_text().unwrap_or_default())
}

async fn a_clock_that_is_wrong_is_told_from_a_slow_person(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let with_clock = async |clock_skew_seconds| scene.with(Faults { clock_skew_seconds, ..Faults::default() }).await;
    // three minutes ahead are allowed, and ten behind, as long as a response may be on its way
    for seconds in [180, -600] {
        assert_eq!(with_clock(seconds).await.summary.outcome, AttemptOutcome::Succeeded, "{seconds}");
    }
    for (seconds, code, words) in [
        (181, FindingCode::ClockAhead, "3 minutes ahead"),
        (600, FindingCode::ClockAhead, "10 minutes ahead"),
        (-601, FindingCode::ClockBehind, "10 minutes behind"),
        (-900, FindingCode::ClockBehind, "15 minutes behind"),
    ] {
        let report = with_clock(seconds).await;
        let (check, actual) = said(&report, code);
        assert_eq!(check, EventKind::ResponseIssueInstant, "{seconds}");
        assert!(actual.ends_with(words), "{actual}");
        assert!(!has(&report, FindingCode::ImplausibleTime), "{:#?}", report.events);
    }
}

async fn a_slow_person_causes_no_clock_finding(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let now = scene.portal.now();
    let options =
        ResponseOptions { not_on_or_after: now + TimeDelta::minutes(5), ..scene.idp.options(&asked, UPN, now) };
    let (none, plain, earlier) = (Fault::None, ResponseProtection::default(), EarlierMessages::default());
    let answer = fault::answer(&scene.keys, options, &plain, none, &earlier).unwrap();
    scene.portal.pass(TimeDelta::minutes(9));
    let report = scene.finished(&mut browser, &asked, &answer).await;
    assert_eq!(said(&report, FindingCode::Expired).0, EventKind::ConfirmationTime);
}

/// With `ForceAuthn`, by a clock that is behind people seem to have authenticated before they were asked to.
async fn a_clock_that_is_behind_is_no_old_session(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    scene.admin.post("/api/setup/save_options", &[("slug", &scene.slug), ("force_authn", "true")]).await;
    let slug = scene.slug.clone();
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let too_old = AttemptOutcome::Failed(FindingCode::AuthnInstantTooOld);
    for (seconds, is_old_session, outcome) in [
        (0, false, AttemptOutcome::Succeeded),
        (200, false, AttemptOutcome::Failed(FindingCode::ClockBehind)),
        (200, true, too_old),
        (0, true, too_old),
    ] {
        let faults = Faults { clock_skew_seconds: -seconds, ..Faults::default() };
        let change = |options: &mut ResponseOptions| {
            let by_their_clock = options.issued_at - TimeDelta::seconds(seconds);
            options.authenticated_at = is_old_session.then(|| by_their_clock - TimeDelta::hours(1));
        };
        let report = scene.saying(faults, &ResponseProtection::default(), change).await;
        assert_eq!(report.summary.outcome, outcome, "{seconds} {is_old_session}: {:#?}", report.events);
    }
}

async fn an_assertion_out_of_its_time_is_told_in_seconds(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let later = Faults { clock_skew_seconds: 900, ..Fault::NotYetValid.into() };
    for (faults, code, check, words) in [
        (Fault::Expired.into(), FindingCode::ValidityWrong, EventKind::ConfirmationTime, "360 seconds ago"),
        (Fault::NotYetValid.into(), FindingCode::ValidityWrong, EventKind::ConditionsTime, "600 seconds from now"),
        (later, FindingCode::ValidityWrong, EventKind::ConditionsTime, "900 seconds from now"),
    ] {
        let (kind, actual) = said(&scene.with(faults).await, code);
        assert_eq!(kind, check, "{faults:?}");
        assert!(actual.ends_with(words), "{actual}");
    }
}

/// The answer to a request that is open is made after it: however far off its date is, that is a clock.
async fn an_answer_from_another_year_is_a_clock(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let report = scene.with(Fault::ImplausibleDate).await;
    let (check, actual) = said(&report, FindingCode::ClockBehind);
    assert_eq!(check, EventKind::ResponseIssueInstant);
    assert_eq!(actual, "9824 days behind");
    for (days, code) in [(2, FindingCode::ClockAhead), (-2, FindingCode::ClockBehind)] {
        let report = scene.with(Faults { clock_skew_seconds: days * 86_400, ..Faults::default() }).await;
        assert_eq!(said(&report, code).0, EventKind::ResponseIssueInstant, "{days}");
    }
}

/// Of a response that answers no request of ours nobody knows how long it was kept.
async fn a_date_that_cannot_be_is_implausible(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let unknown = |options: &mut ResponseOptions| options.in_response_to = format!("_{}", "0f".repeat(16));
    let report = scene.saying(Fault::ImplausibleDate, &ResponseProtection::default(), unknown).await;
    let event = found(&report, FindingCode::ImplausibleTime);
    assert_eq!(event.kind, EventKind::ResponseIssueInstant);
    assert_eq!(event.actual_text().unwrap(), "2000-01-01T00:00:00.000Z");
    let expected = event.expected_text().unwrap();
    assert!(expected.starts_with("about 2026-11-23T12:"), "{expected}");
}
