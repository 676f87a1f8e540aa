//! A logout that is quicker than the sign-in that it is about.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::FindingCode;
use model::attempts::AttemptOutcome;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::is_signed_in;
use super::scene::{IDP_LOGOUT, LogoutRequestValues, Scene, UPN, scene};

on_both_databases!(
    an_assertion_that_comes_after_the_logout_of_its_session_is_refused,
    an_assertion_of_before_is_refused_after_a_logout_of_all_sessions,
    a_session_that_was_ended_with_all_others_does_not_come_again,
    a_code_that_is_redeemed_after_the_logout_is_refused,
    whoever_signs_in_again_at_once_is_let_in,
    a_logout_of_somebody_else_is_no_hindrance,
    a_logout_and_a_code_at_the_same_time_leave_no_session,
    a_logout_and_a_response_at_the_same_time_leave_no_session,
    signing_out_here_ends_what_the_browser_has_on_its_way,
    a_logout_that_names_any_of_several_sessions_ends_it,
    a_suspension_ends_codes_on_their_way,
);

fn of(id: u8, session_indexes: &[String]) -> LogoutRequestValues<'_> {
    LogoutRequestValues { session_indexes, ..Scene::said(id) }
}

async fn an_assertion_that_comes_after_the_logout_of_its_session_is_refused(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    scene.portal.pass(TimeDelta::seconds(5));
    let done = scene.logged_out(&of(1, &begun.session_index())).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "the session is not known yet, and is to be ended");
    let refused = scene.answered(&mut begun).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(refused.body.contains("This sign-in has ended"), "{}", refused.body);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::SignedOut));
    assert!(!is_signed_in(&mut begun.browser).await);
    // the same again with an assertion that was made after the logout, of the very session
    let mut again = scene.begun(UPN).await;
    again.options.assertion_id.clone_from(&begun.options.assertion_id);
    assert_eq!(scene.answered(&mut again).await.status, StatusCode::FORBIDDEN);
    assert!(is_signed_in(&mut scene.person().await).await, "another session");
}

async fn an_assertion_of_before_is_refused_after_a_logout_of_all_sessions(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut idle = scene.begun(UPN).await;
    scene.portal.pass(TimeDelta::seconds(1));
    let mut begun = scene.begun(UPN).await;
    scene.portal.pass(TimeDelta::seconds(5));
    scene.logged_out(&of(1, &[])).await;
    assert_eq!(scene.answered(&mut begun).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::SignedOut));
    // whoever proved only then who they are has begun a new session there
    scene.portal.pass(TimeDelta::seconds(5));
    idle.options.issued_at = scene.portal.now();
    let done = scene.answered(&mut idle).await.location().to_owned();
    assert_eq!(idle.browser.follow(&done).await.location(), "/me");
}

async fn a_session_that_was_ended_with_all_others_does_not_come_again(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut first = scene.begun(UPN).await;
    let code = scene.answered(&mut first).await.location().to_owned();
    first.browser.follow(&code).await;
    assert!(is_signed_in(&mut first.browser).await);
    scene.logged_out(&of(1, &[])).await;
    assert!(!is_signed_in(&mut first.browser).await);
    scene.portal.pass(TimeDelta::seconds(5));
    let mut late = scene.begun(UPN).await;
    // a second assertion with the session's index; only its ID, which is the index here, repeats
    late.options.assertion_id.clone_from(&first.options.assertion_id);
    assert_eq!(scene.answered(&mut late).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::SignedOut));
}

async fn a_code_that_is_redeemed_after_the_logout_is_refused(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    for (id, with_index) in [(1, true), (2, false)] {
        scene.portal.pass(TimeDelta::seconds(5));
        let mut begun = scene.begun(UPN).await;
        let code = scene.answered(&mut begun).await.location().to_owned();
        scene.portal.pass(TimeDelta::seconds(5));
        let index = if with_index { begun.session_index() } else { Vec::new() };
        scene.logged_out(&of(id, &index)).await;
        assert_eq!(
            scene.latest().await.outcome,
            AttemptOutcome::Failed(FindingCode::SignedOut),
            "ended before it is redeemed"
        );
        let refused = begun.browser.follow(&code).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.body.contains("This sign-in has ended"), "{}", refused.body);
        assert!(!is_signed_in(&mut begun.browser).await, "with index: {with_index}");
    }
}

async fn whoever_signs_in_again_at_once_is_let_in(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    begun.browser.follow(&code).await;
    for (id, index) in [(1, begun.session_index()), (2, Vec::new())] {
        scene.logged_out(&of(id, &index)).await;
        scene.portal.pass(TimeDelta::seconds(1));
        assert!(is_signed_in(&mut scene.person().await).await);
    }
}

async fn a_logout_of_somebody_else_is_no_hindrance(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun("a.vance@contoso.com").await;
    scene.portal.pass(TimeDelta::seconds(5));
    scene.logged_out(&of(1, &[])).await;
    scene.logged_out(&of(2, &begun.session_index())).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    assert_eq!(begun.browser.follow(&code).await.location(), "/me");
}

async fn a_logout_and_a_code_at_the_same_time_leave_no_session(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    for id in 1..=8 {
        let mut begun = scene.begun(UPN).await;
        let code = scene.answered(&mut begun).await.location().to_owned();
        let index = begun.session_index();
        let said = of(id, &index);
        let (done, _) = tokio::join!(scene.logged_out(&said), begun.browser.follow(&code));
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(!is_signed_in(&mut begun.browser).await, "{id}");
    }
}

async fn a_logout_and_a_response_at_the_same_time_leave_no_session(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    for id in 1..=8 {
        let mut begun = scene.begun(UPN).await;
        scene.portal.pass(TimeDelta::seconds(1));
        let said = of(id, &[]);
        let (done, received) = tokio::join!(scene.logged_out(&said), scene.answered(&mut begun));
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        if received.status.is_redirection() {
            begun.browser.follow(received.location()).await;
        }
        assert!(!is_signed_in(&mut begun.browser).await, "{id}");
        scene.portal.pass(TimeDelta::seconds(1));
    }
}

async fn signing_out_here_ends_what_the_browser_has_on_its_way(kind: DatabaseKind) {
    let scene = scene(kind, "").await;
    // in two other tabs of the person's: one is at the identity provider, one comes back
    let mut away = scene.begun_in(scene.person().await, UPN).await;
    let mut back = scene.begun_in(away.browser.clone(), UPN).await;
    let code = scene.answered(&mut back).await.location().to_owned();
    let mut elsewhere = scene.begun(UPN).await;
    let mut browser = back.browser.clone();
    assert!(browser.post("/me/sign-out", &[]).await.status.is_redirection());
    (away.browser, back.browser) = (browser.clone(), browser.clone());
    assert_eq!(back.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.answered(&mut away).await.status, StatusCode::FORBIDDEN);
    let signed_out = AttemptOutcome::Failed(FindingCode::SignedOut);
    let ended = scene.attempts().await.into_iter().filter(|attempt| attempt.outcome == signed_out).count();
    assert_eq!(ended, 3, "both, and the response that came to one of them");
    assert!(!is_signed_in(&mut back.browser).await && !is_signed_in(&mut away.browser).await);
    // another browser of the person's goes on, and so does this one with a new sign-in
    let code = scene.answered(&mut elsewhere).await.location().to_owned();
    assert_eq!(elsewhere.browser.follow(&code).await.location(), "/me");
    assert!(is_signed_in(&mut scene.person().await).await);
}

async fn a_logout_that_names_any_of_several_sessions_ends_it(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let (mut before, mut after) = (scene.begun(UPN).await, scene.begun(UPN).await);
    for begun in [&mut before, &mut after] {
        begun.options.second_session_index = Some("_second".to_owned());
    }
    let code = scene.answered(&mut before).await.location().to_owned();
    assert_eq!(before.browser.follow(&code).await.location(), "/me");
    scene.logged_out(&of(1, &["_second".to_owned()])).await;
    assert!(!is_signed_in(&mut before.browser).await, "a session");
    let late = scene.answered(&mut after).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN, "an assertion that comes later");
}

async fn a_suspension_ends_codes_on_their_way(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    let operator = domain::Actor::operator();
    domain::team_review::suspend(&scene.portal.services, &operator, &scene.slug, "Unpaid.").await.unwrap();
    domain::team_review::resume(
        &scene.portal.services,
        &operator,
        &scene.slug,
        domain::decision_digest::ExpectedDigest::Unchecked,
    )
    .await
    .unwrap();
    assert!(!begun.browser.follow(&code).await.status.is_redirection());
    assert!(!is_signed_in(&mut begun.browser).await);
}
