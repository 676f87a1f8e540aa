//! Which request a response answers, and what its age and its team come to.

use axum::http::StatusCode;
use chrono::TimeDelta;
use mock_entra::fault::{self, EarlierMessages, Fault};
use mock_entra::response::{ResponseOptions, ResponseProtection};
use mock_entra::sign_in_request::SignInRequest;
use model::{AttemptOutcome, EventKind, FindingCode};
use store::on_both_databases;
use store::testing::DatabaseKind;
use tokio::task::JoinSet;

use super::scene::{Scene, UPN, found, has, shown};
use crate::finding_text::FindingText as _;
use crate::harness::html;

on_both_databases!(
    a_request_that_is_too_old_says_so,
    a_response_that_names_no_request_of_ours_is_idp_initiated,
    words_instead_of_the_request_are_told_by_the_relay_state,
    the_finding_for_an_earlier_request_depends_on_its_age,
    a_held_response_comes_too_late,
    a_response_that_is_posted_twice_at_once_lets_in_once,
    of_several_that_bring_a_code_at_once_one_is_let_in,
    a_code_that_is_over_is_said_once,
);

async fn a_request_that_is_too_old_says_so(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    scene.portal.pass(TimeDelta::minutes(11));
    assert_eq!(scene.latest().await.summary.outcome, AttemptOutcome::NeverReturned);
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let refused = scene.deliver(&mut browser, &asked, &answer).await;
    let report = scene.report(&shown(&refused)).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::RequestExpired));
    assert_eq!(found(&report, FindingCode::RequestExpired).expected_text().as_deref(), Some("within 10 minutes"));
    assert_eq!(report.summary.subject.map(|subject| subject.name).as_deref(), Some(UPN), "whose it was");
}

/// An ID in the form of ours is one of long ago; another was never ours.
async fn a_response_that_names_no_request_of_ours_is_idp_initiated(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    for (id, code) in [
        ("_0123456789abcdef0123456789abcdef", FindingCode::RequestUnknown),
        ("IdP_Initiated_Login", FindingCode::IdpInitiatedResponse),
        ("ONELOGIN_4fee3b046395c4e751011e97f8900b5273d56685", FindingCode::IdpInitiatedResponse),
        ("_0123456789ABCDEF0123456789ABCDEF", FindingCode::IdpInitiatedResponse),
    ] {
        let (mut browser, asked) = scene.begun().await;
        let options =
            ResponseOptions { in_response_to: id.into(), ..scene.idp.options(&asked, UPN, scene.portal.now()) };
        let protection = ResponseProtection::default();
        let answer =
            fault::answer(&scene.keys, options, &protection, Fault::None, &EarlierMessages::default()).unwrap();
        let without_relay_state = SignInRequest { relay_state: None, ..asked };
        let report = scene.finished(&mut browser, &without_relay_state, &answer).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{id}: {:#?}", report.events);
        assert_eq!(found(&report, code).actual_text().as_deref(), Some(id));
        let page = scene.admin.get(&format!("/teams/{}/sign-ins/{}", scene.slug, report.summary.reference)).await.body;
        let sign_on_url = format!("http://localhost:3000/sso/{}", scene.slug);
        let is_there = html::texts(&page, ".copy__value").contains(&sign_on_url);
        assert!(is_there, "the Sign on URL for the tile or the bookmark: {page}");
    }
}

/// The RelayState says that it answers a request of ours, whatever it writes in its place.
async fn words_instead_of_the_request_are_told_by_the_relay_state(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let change = |options: &mut ResponseOptions| options.in_response_to = "IdP_Initiated_Login".into();
    let report = scene.saying(Fault::None, &ResponseProtection::default(), change).await;
    let code = FindingCode::InResponseToMissing;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    assert_eq!(found(&report, code).actual_text().as_deref(), Some("IdP_Initiated_Login"));
    assert!(report.events.iter().any(|event| event.kind == EventKind::RequestSent), "the attempt that it answers");
}

async fn the_finding_for_an_earlier_request_depends_on_its_age(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let earlier = |id: &str| EarlierMessages { request_id: Some(id.to_owned()), ..EarlierMessages::default() };
    let (mut browser, first) = scene.begun().await;
    let reference = scene.latest().await.summary.reference;

    let second = scene.begin(&mut browser).await;
    let answer = scene.answer(&second, Fault::AnswersEarlierRequest, &earlier(&first.id));
    let received = scene.deliver(&mut browser, &second, &answer).await;
    assert_eq!(browser.follow(received.location()).await.location(), "/me");
    assert_eq!(scene.report(&reference).await.summary.outcome, AttemptOutcome::Succeeded, "the younger one's sign-in");
    assert_eq!(scene.latest().await.summary.outcome, AttemptOutcome::Waiting, "and not the one that was meant");

    let third = scene.begin(&mut browser).await;
    let answer = scene.answer(&third, Fault::AnswersEarlierRequest, &earlier(&first.id));
    let report = scene.finished(&mut browser, &third, &answer).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::Replayed), "{:#?}", report.events);
    let actual = found(&report, FindingCode::Replayed).actual_text().unwrap();
    assert!(actual.contains(reference.as_str()), "{actual}");

    let (mut browser, old) = scene.begun().await;
    scene.portal.pass(TimeDelta::minutes(11));
    let new = scene.begin(&mut browser).await;
    let answer = scene.answer(&new, Fault::AnswersEarlierRequest, &earlier(&old.id));
    let report = scene.finished(&mut browser, &new, &answer).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::RequestExpired), "{:#?}", report.events);
    let event = found(&report, FindingCode::RequestExpired);
    assert_eq!(event.expected_text().as_deref(), Some("within 10 minutes"));
    assert_eq!(event.actual_text().as_deref(), Some("661 seconds after the request"));
}

/// What the mock's fault `hold` is for, when somebody waits before they go on.
async fn a_held_response_comes_too_late(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    // the response is as old as the request, and one that is older than ten minutes is expired itself
    for (seconds, is_old) in [(600, false), (660, true)] {
        let (mut browser, asked) = scene.begun().await;
        let answer = scene.answer(&asked, Fault::Hold, &EarlierMessages::default());
        scene.portal.pass(TimeDelta::seconds(seconds));
        let report = scene.finished(&mut browser, &asked, &answer).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::RequestExpired), "{seconds}");
        let actual = found(&report, FindingCode::RequestExpired).actual_text();
        assert_eq!(actual, Some(format!("{seconds} seconds after the request")));
        assert_eq!(has(&report, FindingCode::Expired), is_old, "{:#?}", report.events);
    }
}

async fn a_response_that_is_posted_twice_at_once_lets_in_once(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let (mut one, mut other) = (browser.clone(), browser);
    let (first, second) =
        tokio::join!(scene.deliver(&mut one, &asked, &answer), scene.deliver(&mut other, &asked, &answer));
    let (taken, refused) = if first.status.is_redirection() { (first, second) } else { (second, first) };
    assert_eq!(one.follow(taken.location()).await.location(), "/me");
    let report = scene.report(&shown(&refused)).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::Replayed), "{:#?}", report.events);
    let outcomes: Vec<_> = scene.attempts().await.into_iter().map(|attempt| attempt.outcome).collect();
    assert_eq!(outcomes.len(), 2, "each has a reference of its own: {outcomes:?}");
    assert!(outcomes.contains(&AttemptOutcome::Succeeded), "{outcomes:?}");
}

async fn of_several_that_bring_a_code_at_once_one_is_let_in(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let location = scene.deliver(&mut browser, &asked, &answer).await.location().to_owned();
    let mut tries = JoinSet::new();
    for _ in 0..8 {
        let (mut browser, location) = (browser.clone(), location.clone());
        tries.spawn(async move { browser.follow(&location).await.status });
    }
    let answers = tries.join_all().await;
    let count = |of: fn(&StatusCode) -> bool| answers.iter().filter(|status| of(status)).count();
    assert_eq!((count(StatusCode::is_redirection), count(|status| *status == StatusCode::FORBIDDEN)), (1, 7));
    let report = scene.latest().await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded, "the others do not undo it: {:#?}", report.events);
}

async fn a_code_that_is_over_is_said_once(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let location = scene.deliver(&mut browser, &asked, &answer).await.location().to_owned();
    scene.portal.pass(TimeDelta::seconds(61));
    let mut lengths = Vec::new();
    for _ in 0..3 {
        let reference = shown(&browser.follow(&location).await);
        let report = scene.report(&reference).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::CodeExpired));
        lengths.push(report.events.len());
    }
    assert_eq!(lengths, [lengths[0]; 3], "loading the page anew adds nothing");
}
