//! A response that comes to another address than the Reply URL of the team whose request it answers.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use mock_entra::fault::{EarlierMessages, Fault};
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, Reference, Verdict};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{Scene, UPN, found, has, shown};
use crate::finding_text::FindingText as _;
use crate::harness::{Answer, Browser};
use crate::idp::{active_team, post_response};

on_both_databases!(
    it_is_a_finding_of_the_attempt_that_began_it,
    the_other_team_sees_one_line_and_nothing_of_the_person,
    the_answer_may_yet_come_to_the_right_address,
    a_finished_attempt_is_not_written_to,
    the_mock_answers_a_request_of_another_team,
    an_answer_at_an_address_of_no_team_is_a_finding_too,
    a_slash_behind_the_reply_url_is_shown_as_the_difference,
    another_address_of_the_team_in_place_of_the_reply_url_is_named,
);

/// A team of somebody else's with the same identity provider, and its administrator.
async fn other_team(scene: &Scene) -> (String, Browser) {
    let mut admin = scene.portal.signed_in("eve@fabrikam.com", None).await;
    let slug = active_team(&scene.portal, &mut admin, &scene.idp).await;
    (slug, admin)
}

/// Somebody begins at the scene's team, and the answer comes to another one's Reply URL.
async fn crossed(scene: &Scene) -> (String, Browser, Answer) {
    let (other, admin) = other_team(scene).await;
    let (mut browser, asked) = scene.begun().await;
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let refused = post_response(&mut browser, &other, &response, asked.relay_state.as_deref()).await;
    (other, admin, refused)
}

async fn report_of(scene: &Scene, team: &str, reference: &Reference) -> Option<AttemptReport> {
    let scope = AttemptScope::Team(team.to_owned());
    attempts::report(&scene.portal.services, &Actor::operator(), &scope, reference.as_str()).await.ok()
}

async fn it_is_a_finding_of_the_attempt_that_began_it(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let (other, _, refused) = crossed(&scene).await;
    let reference = shown(&refused);
    let report = report_of(&scene, &scene.slug, &reference).await;
    let report = report.unwrap_or_else(|| panic!("the reference of the person leads to their team"));
    assert_eq!(report.summary.outcome, AttemptOutcome::Waiting, "it is not over");
    let event = found(&report, FindingCode::ReplyUrlOfOtherTeam);
    assert_eq!((event.verdict, event.is_verified), (Verdict::Failed, false));
    let reply_url = format!("http://localhost:3000/v2/auth/sso/saml/{}", scene.slug);
    assert_eq!(event.expected_text(), Some(reply_url.clone()));
    for name in [&other, &scene.slug] {
        assert!(!refused.body.contains(name.as_str()), "neither name is told to whoever posts: {}", refused.body);
    }
    let page = scene.admin.get(&format!("/teams/{}/sign-ins/{reference}", scene.slug)).await.body;
    assert!(page.contains("posted to another team's Reply URL"), "{page}");
    assert!(page.contains(&reply_url) && !page.contains(&other), "to be copied: {page}");
    assert!(!page.contains("Nothing has come back") && !page.contains("usually stops for"), "{page}");
}

async fn the_other_team_sees_one_line_and_nothing_of_the_person(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (other, mut admin, refused) = crossed(&scene).await;
    assert!(report_of(&scene, &other, &shown(&refused)).await.is_none(), "that reference is not theirs");
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let scope = AttemptScope::Team(other.clone());
    let listed = attempts::list(services, &operator, &scope, model::attempts::AttemptFilter::default()).await.unwrap();
    let [summary] = listed.attempts.as_slice() else { panic!("{:?}", listed.attempts) };
    assert!(summary.subject.is_none(), "{summary:?}");
    let report = report_of(&scene, &other, &summary.reference).await.unwrap();
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(FindingCode::RequestOfOtherTeam));
    let kinds: Vec<_> = report.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::RequestCorrelated, EventKind::Rejected], "nothing of the response was looked at");
    assert!(!report.xml.response && report.claims.is_empty());
    assert!(report.events.iter().all(|event| event.expected.is_none() && event.actual.is_none()));
    let page = admin.get(&format!("/teams/{other}/sign-ins/{}", summary.reference)).await.body;
    assert!(page.contains("A response for another team arrived here"), "{page}");
    for advice in ["Who can fix this", &scene.slug, "Give each team", UPN] {
        assert!(!page.contains(advice), "{advice}: {page}");
    }
}

async fn the_answer_may_yet_come_to_the_right_address(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (other, _) = other_team(&scene).await;
    let (mut browser, asked) = scene.begun().await;
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let state = asked.relay_state.as_deref();
    let first = shown(&post_response(&mut browser, &other, &response, state).await);
    let second = shown(&post_response(&mut browser, &other, &response, state).await);
    assert_eq!(first, second, "one sign-in, one reference");
    let report = report_of(&scene, &scene.slug, &first).await.unwrap();
    let count = report.events.iter().filter(|event| event.finding == Some(FindingCode::ReplyUrlOfOtherTeam)).count();
    assert_eq!(count, 1, "written down once");
    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let report = scene.finished(&mut browser, &asked, &answer).await;
    assert_eq!((report.summary.outcome, &report.summary.reference), (AttemptOutcome::Succeeded, &first));
}

async fn a_finished_attempt_is_not_written_to(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (other, _) = other_team(&scene).await;
    let (mut browser, asked) = scene.begun().await;
    let began = scene.latest().await.summary.reference;
    scene.portal.pass(TimeDelta::minutes(11));
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let refused = post_response(&mut browser, &other, &response, None).await;
    assert!(report_of(&scene, &other, &shown(&refused)).await.is_some(), "only the team that it came to sees it");
    let report = scene.report(&began).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::NeverReturned);
    assert!(!has(&report, FindingCode::ReplyUrlOfOtherTeam), "{:#?}", report.events);
}

async fn the_mock_answers_a_request_of_another_team(kind: DatabaseKind) {
    let scene = Scene::of(kind).await;
    let (other, _) = other_team(&scene).await;
    let started = scene.portal.browser().get(&format!("/sso/{other}")).await;
    let theirs = scene.idp.asked(started.location());
    let (mut browser, asked) = scene.begun().await;
    let earlier = EarlierMessages { foreign_request_id: Some(theirs.id), ..EarlierMessages::default() };
    let answer = scene.answer(&asked, Fault::AnswersForeignRequest, &earlier);
    let refused = scene.deliver(&mut browser, &asked, &answer).await;
    let report = report_of(&scene, &other, &shown(&refused)).await.unwrap();
    assert!(has(&report, FindingCode::ReplyUrlOfOtherTeam), "{:#?}", report.events);
    let code = FindingCode::RequestOfOtherTeam;
    assert_eq!(scene.attempts().await[0].outcome, AttemptOutcome::Failed(code));
    assert_eq!(Fault::AnswersForeignRequest.expected_finding(), Some(code.as_str()));
}

async fn an_answer_at_an_address_of_no_team_is_a_finding_too(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let answer = scene.answer(&asked, Fault::ReplyUrlMistyped, &EarlierMessages::default());
    let code = FindingCode::ReplyUrlUnknown;
    assert_eq!(Fault::ReplyUrlMistyped.expected_finding(), Some(code.as_str()));
    let refused = scene.deliver(&mut browser, &asked, &answer).await;
    let reference = shown(&refused);
    assert!(!refused.body.contains(&scene.slug), "the team is not told to whoever posts: {}", refused.body);
    let report = scene.report(&reference).await;
    assert_eq!(report.summary.outcome, AttemptOutcome::Waiting, "it is not over");
    let reply_url = format!("http://localhost:3000{}", scene.reply_path());
    let event = found(&report, code);
    let values = (event.expected_text(), event.actual_text());
    assert_eq!(values, (Some(reply_url.clone()), Some(format!("{reply_url}x"))));
    let page = scene.admin.get(&format!("/teams/{}/sign-ins/{reference}", scene.slug)).await.body;
    assert!(page.contains("an address that is no team") && page.contains("Likely reason"), "{page}");
    assert!(!page.contains("usually stops for"), "the identity provider did not keep the person: {page}");

    // whoever names no request of ours learns nothing, and leaves nothing
    let unasked = scene.idp.sign(&scene.idp.unasked(&scene.slug, UPN, scene.portal.now()));
    let before = scene.attempts().await.len();
    let unknown = post_response(&mut browser, "contosso-000000", &unasked, None).await;
    assert_ne!(shown(&unknown), reference);
    assert_eq!(scene.attempts().await.len(), before);

    let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
    let report = scene.finished(&mut browser, &asked, &answer).await;
    assert_eq!((report.summary.outcome, &report.summary.reference), (AttemptOutcome::Succeeded, &reference));
}

async fn a_slash_behind_the_reply_url_is_shown_as_the_difference(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let (mut browser, asked) = scene.begun().await;
    let mut options = scene.idp.options(&asked, UPN, scene.portal.now());
    let reply_url = options.destination.clone();
    for address in [&mut options.destination, &mut options.recipient] {
        address.push('/');
    }
    let slug = format!("{}/", scene.slug);
    let refused = post_response(&mut browser, &slug, &scene.idp.sign(&options), asked.relay_state.as_deref()).await;
    let report = scene.report(&shown(&refused)).await;
    let code = FindingCode::WrongDestination;
    assert_eq!(report.summary.outcome, AttemptOutcome::Failed(code), "{:#?}", report.events);
    let event = found(&report, code);
    assert_eq!(event.actual_text(), Some(format!("{reply_url}/")));
    assert!(has(&report, FindingCode::WrongRecipient), "{:#?}", report.events);
    let page = scene.admin.get(&format!("/teams/{}/sign-ins/{}", scene.slug, report.summary.reference)).await.body;
    assert!(page.contains("One of the values ends with a slash"), "{page}");
}

/// Posts a response as the identity provider has a browser do, to any address.
async fn posted(browser: &mut Browser, path: &str, response: &str) -> Answer {
    let headers = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7100")];
    browser.post_with(path, &headers, &[("SAMLResponse", response)]).await
}

async fn another_address_of_the_team_in_place_of_the_reply_url_is_named(kind: DatabaseKind) {
    let mut scene = Scene::of(kind).await;
    let sign_on = format!("/sso/{}", scene.slug);
    for path in [sign_on.clone(), format!("{}/logout", scene.reply_path())] {
        let (mut browser, asked) = scene.begun().await;
        let mut options = scene.idp.options(&asked, UPN, scene.portal.now());
        // larger than other forms may be
        options.set_claim("groups", (0..1000).map(|number| format!("{number:040}")).collect());
        let response = scene.idp.sign(&options);
        assert!(response.len() > 64 * 1024, "{}", response.len());
        let reference = shown(&posted(&mut browser, &path, &response).await);
        let report = scene.report(&reference).await;
        assert_eq!(report.summary.outcome, AttemptOutcome::Waiting, "{path}");
        let event = found(&report, FindingCode::ReplyUrlUnknown);
        assert_eq!(event.actual_text(), Some(format!("http://localhost:3000{path}")));
        let page = scene.admin.get(&format!("/teams/{}/sign-ins/{reference}", scene.slug)).await.body;
        assert!(page.contains("it was entered there in the wrong field"), "{path}: {page}");

        let answer = scene.answer(&asked, Fault::None, &EarlierMessages::default());
        let report = scene.finished(&mut browser, &asked, &answer).await;
        assert_eq!((report.summary.outcome, &report.summary.reference), (AttemptOutcome::Succeeded, &reference));
    }
    // of another team nothing is told
    let (other, _) = other_team(&scene).await;
    let (mut browser, asked) = scene.begun().await;
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let elsewhere = format!("/v2/auth/sso/saml/{other}/logout");
    let reference = shown(&posted(&mut browser, &elsewhere, &response).await);
    let report = scene.report(&reference).await;
    assert_eq!(found(&report, FindingCode::ReplyUrlUnknown).actual, None);

    // what answers no request of ours leaves nothing
    let unasked = scene.idp.sign(&scene.idp.unasked(&scene.slug, UPN, scene.portal.now()));
    let before = scene.attempts().await.len();
    let refused = posted(&mut scene.portal.browser(), &sign_on, &unasked).await;
    assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(!refused.body.contains("SSO-"), "{}", refused.body);
    assert_eq!(scene.attempts().await.len(), before);
}
