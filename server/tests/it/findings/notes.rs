//! What passes and is worth a look all the same: on the report, and on the overview once it repeats.

use mock_entra::fault::{Fault, Faults};
use mock_entra::response::{ResponseOptions, ResponseProtection};
use model::{AttemptOutcome, AttemptReport, FindingCode, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, found, has};
use crate::finding_text::FindingText as _;

on_both_databases!(
    each_note_is_on_the_report_of_a_sign_in_that_passed,
    a_clock_that_is_minutes_off_is_noted,
    a_name_identifier_that_changed_is_noted,
    a_format_that_was_not_asked_for_is_noted,
    an_address_that_somebody_else_has_is_noted,
    what_repeats_is_on_the_overview,
);

const NOTES: [FindingCode; 8] = [
    FindingCode::GroupsJoined,
    FindingCode::GroupsObjectIds,
    FindingCode::EmailLetterCase,
    FindingCode::EmailPlus,
    FindingCode::EmailShared,
    FindingCode::NameIdChanged,
    FindingCode::ClockSlightlyBehind,
    FindingCode::ClockSlightlyAhead,
];

impl Scene {
    async fn passed(&self, change: impl FnOnce(&mut ResponseOptions)) -> AttemptReport {
        let report = self.saying(Fault::None, &ResponseProtection::default(), change).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{:#?}", report.events);
        report
    }
}

fn notes(report: &AttemptReport) -> Vec<FindingCode> {
    NOTES.into_iter().filter(|code| has(report, *code)).collect()
}

fn claim(name: &'static str, value: &'static str) -> impl FnOnce(&mut ResponseOptions) {
    move |options| options.set_claim(name, vec![value.to_owned()])
}

const EMAIL: &str = "email";
const OBJECT_ID: &str = "http://schemas.microsoft.com/identity/claims/objectidentifier";

async fn each_note_is_on_the_report_of_a_sign_in_that_passed(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    assert_eq!(notes(&scene.passed(|_| {}).await), [], "as it should be");
    let joined = scene.passed(claim("groups", "Sales, Engineering, All staff")).await;
    assert_eq!(notes(&joined), [FindingCode::GroupsJoined]);
    let event = found(&joined, FindingCode::GroupsJoined);
    assert_eq!(event.verdict, Verdict::Warned);
    assert_eq!(event.actual_text().as_deref(), Some("Sales, Engineering, All staff in the claim groups"));
    let cased = scene.passed(claim(EMAIL, "B.Simon@Contoso.com")).await;
    assert_eq!(notes(&cased), [FindingCode::EmailLetterCase]);
    assert_eq!(found(&cased, FindingCode::EmailLetterCase).verdict, Verdict::Noted, "nothing is wrong");
    let plus = scene.passed(claim(EMAIL, "b.simon+sso@contoso.com")).await;
    assert_eq!(notes(&plus), [FindingCode::EmailPlus]);
}

async fn a_clock_that_is_minutes_off_is_noted(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    for (seconds, expected, words) in [
        (0, &[][..], ""),
        (-59, &[], ""),
        (-120, &[FindingCode::ClockSlightlyBehind], "2 minutes behind"),
        (-240, &[FindingCode::ClockSlightlyBehind], "4 minutes behind"),
        (150, &[FindingCode::ClockSlightlyAhead], "3 minutes ahead"),
    ] {
        let report = scene.with(Faults { clock_skew_seconds: seconds, ..Faults::default() }).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "{seconds}");
        assert_eq!(notes(&report), expected, "{seconds}: {:#?}", report.events);
        let said = expected.first().and_then(|code| found(&report, *code).actual_text());
        assert_eq!(said.unwrap_or_default(), words, "{seconds}");
    }
}

async fn a_name_identifier_that_changed_is_noted(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let named = |name: &'static str| move |options: &mut ResponseOptions| options.name_id = name.into();
    let first = scene.passed(named("b.simon@contoso.com")).await;
    assert_eq!(notes(&first), [], "somebody new");
    let married = scene.passed(named("b.smith@contoso.com")).await;
    assert_eq!(notes(&married), [FindingCode::NameIdChanged]);
    let event = found(&married, FindingCode::NameIdChanged);
    assert_eq!(event.expected_text().as_deref(), Some("b.simon@contoso.com"));
    assert_eq!(event.actual_text().as_deref(), Some("b.smith@contoso.com"));
    assert_eq!(notes(&scene.passed(named("b.smith@contoso.com")).await), [], "once");
}

async fn a_format_that_was_not_asked_for_is_noted(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let code = FindingCode::NameIdFormatOther;
    let slug = scene.slug.clone();
    for (asked, is_noted) in [("", false), ("email_address", false), ("unspecified", false), ("persistent", true)] {
        scene.admin.post("/api/setup/save_options", &[("slug", &slug), ("name_id_format", asked)]).await;
        scene.admin.decide("setup/make_live", &slug, &[]).await;
        let report = scene.passed(|_| {}).await;
        assert_eq!(has(&report, code), is_noted, "{asked}: {:#?}", report.events);
    }
    let event_page =
        scene.admin.get(&format!("/teams/{slug}/sign-ins/{}", scene.latest().await.summary.reference)).await;
    assert!(event_page.body.contains("<mark>"), "the two are aligned: {}", event_page.body);
}

async fn an_address_that_somebody_else_has_is_noted(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    scene.passed(claim(EMAIL, "office@contoso.com")).await;
    let somebody_else = |options: &mut ResponseOptions| {
        options.set_claim(EMAIL, vec!["office@contoso.com".into()]);
        options.set_claim(OBJECT_ID, vec!["8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55".into()]);
    };
    let other = scene.passed(somebody_else).await;
    assert_eq!(notes(&other), [FindingCode::EmailShared]);
    assert_eq!(found(&other, FindingCode::EmailShared).actual_text().as_deref(), Some("office@contoso.com"));
    assert_eq!(notes(&scene.passed(somebody_else).await), [], "it is said where the address is new");
}

async fn what_repeats_is_on_the_overview(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let overview = format!("/teams/{}", scene.slug);
    scene.passed(claim("groups", "Sales, Engineering")).await;
    let heading = "What sign-ins show again and again";
    assert!(!scene.admin.get(&overview).await.body.contains(heading), "once is no repetition");
    let latest = scene.passed(claim("groups", "Sales, Engineering")).await;
    scene.passed(|_| {}).await;
    let page = scene.admin.get(&overview).await.body;
    assert!(page.contains(heading) && page.contains("Groups seem to have come in one value"), "{page}");
    assert!(page.contains("2 of the latest 3"), "{page}");
    assert!(page.contains(&format!("/sign-ins/{}\"", latest.summary.reference)), "{page}");
}
