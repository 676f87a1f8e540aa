//! A person's page, and ending sessions, deactivating, reactivating.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::attempts::{AttemptOutcome, ProfileField};
use model::{AuditAction, FieldProblem, FindingCode, SupportRole};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{ADELE, SIMON, Scene, is_signed_in, reference, submit};
use crate::harness::html;

on_both_databases!(
    the_page_says_all_that_is_known_of_a_person,
    a_session_is_ended_and_the_others_go_on,
    all_sessions_of_a_person_end_and_nobody_elses,
    whoever_is_deactivated_is_signed_out_and_refused,
    a_sign_in_that_is_under_way_ends_with_the_deactivation,
    whoever_is_reactivated_signs_in_again,
    a_test_is_not_refused_and_changes_nothing,
    viewers_look_and_change_nothing,
    people_of_the_vendors_team_are_support_administrators_to_change,
);

async fn the_page_says_all_that_is_known_of_a_person(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    let page = scene.admin.get(&scene.page_of(&simon)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let report = scene.report(&simon).await;
    let sign_in = report.sign_ins[0].reference.to_string();
    for words in [
        "B Simon",
        SIMON,
        &simon.id.to_string(),
        "What the identity provider said",
        "Latest sign-ins",
        "End session",
        "End all sessions",
        "Deactivate B Simon",
        "Erase B Simon",
        "This cannot be undone",
        &format!("/teams/{}/sign-ins/{sign_in}", scene.slug),
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let claims = html::texts(&page.body, "td.mono");
    let surname = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname";
    assert!(claims.iter().any(|claim| claim.contains(surname)), "{claims:?}");
    let field = |field| report.claims.iter().find(|claim| claim.fills == Some(field));
    assert_eq!(field(ProfileField::Email).unwrap().claim.values, [SIMON]);
    assert!(field(ProfileField::SubjectKey).is_some());
    assert_eq!((report.sign_ins.len(), report.sessions.len()), (1, 1));
    assert_eq!(report.sessions[0].sign_in.as_ref().unwrap().as_str(), sign_in);
    // the report of the sign-in leads back here
    let attempt = scene.admin.get(&format!("/teams/{}/sign-ins/{sign_in}", scene.slug)).await.body;
    assert!(attempt.contains(&scene.page_of(&simon)), "{attempt}");
    assert_eq!(scene.admin.get(&format!("{}/nobody", scene.list())).await.status, StatusCode::NOT_FOUND);
}

async fn a_session_is_ended_and_the_others_go_on(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut first = scene.signed_in(SIMON).await;
    scene.portal.pass(TimeDelta::seconds(1));
    let mut second = scene.signed_in(SIMON).await;
    let simon = scene.person(SIMON).await;
    // the newest stands first
    let page = scene.admin.get(&scene.page_of(&simon)).await.body;
    let session = html::field(&page, "session").unwrap();
    let fields = [("slug", &*scene.slug), ("person", &simon.id.to_string()), ("session", &session)];
    let answer = scene.admin.post("/api/people/end_session", &fields).await;
    assert_eq!(answer.location(), format!("{}?done=person-session-ended", scene.page_of(&simon)));
    assert!(is_signed_in(&mut first).await && !is_signed_in(&mut second).await);
    let audited = scene.audited(AuditAction::PersonSessionsEnded).await;
    assert_eq!(audited, Some((Some(SIMON.to_owned()), Some(r#"{"sessions_ended":{"count":1}}"#.to_owned()))));
    let again = scene.admin.post("/api/people/end_session", &fields).await;
    assert_eq!(again.location(), scene.page_of(&simon), "it is gone");
    assert!(is_signed_in(&mut first).await);
}

async fn all_sessions_of_a_person_end_and_nobody_elses(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut sessions = [scene.signed_in(SIMON).await, scene.signed_in(SIMON).await];
    let mut other = scene.signed_in(ADELE).await;
    let (mut under_way, answer) = scene.arrives(SIMON).await;
    let simon = scene.person(SIMON).await;
    let ended = scene.submit("end_sessions", &simon).await;
    assert_eq!(ended.location(), format!("{}?ended=3", scene.page_of(&simon)), "the one under way, too");
    let page = scene.admin.get(ended.location()).await.body;
    assert!(page.contains("3 sessions ended.") && page.contains("No session is open"), "{page}");
    for session in &mut sessions {
        assert!(!is_signed_in(session).await);
    }
    assert!(is_signed_in(&mut other).await);
    let refused = under_way.follow(answer.location()).await;
    assert!(refused.body.contains("This sign-in has ended"), "{}", refused.body);
    scene.signed_in(SIMON).await;
}

async fn whoever_is_deactivated_is_signed_out_and_refused(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let mut session = scene.signed_in(SIMON).await;
    let simon = scene.person(SIMON).await;
    let answer = scene.submit("deactivate", &simon).await;
    assert_eq!(answer.location(), format!("{}?done=person-deactivated", scene.page_of(&simon)));
    let page = scene.admin.get(answer.location()).await.body;
    assert!(page.contains("Deactivated since") && page.contains("Reactivate"), "{page}");
    assert!(!page.contains("Deactivate B Simon"), "{page}");
    let audited = scene.audited(AuditAction::PersonDeactivated).await;
    assert_eq!(audited, Some((Some(SIMON.to_owned()), Some(r#"{"sessions_ended":{"count":2}}"#.to_owned()))));
    assert!(!is_signed_in(&mut session).await);

    scene.portal.pass(TimeDelta::seconds(1));
    let before = scene.person(SIMON).await;
    let page = scene.refused(SIMON).await;
    assert!(page.contains("Your team has turned off your access here"), "{page}");
    let after = scene.person(SIMON).await;
    assert_eq!(after.last_sign_in_at, before.last_sign_in_at, "it was no sign-in");
    let report = scene.report(&simon).await;
    let refused = &report.sign_ins[0];
    assert_eq!(refused.reference.to_string(), reference(&page), "it stands on their page");
    assert_eq!(refused.outcome, AttemptOutcome::Failed(FindingCode::PersonDeactivated));
    let address = format!("/teams/{}/sign-ins/{}", scene.slug, refused.reference);
    let attempt = scene.admin.get(&address).await.body;
    for words in ["The person is deactivated", "You, in this portal", "The person's page", &scene.page_of(&simon)] {
        assert!(attempt.contains(words), "{words}: {attempt}");
    }
    // others are let in, and support sees no way to the team's page
    scene.signed_in(ADELE).await;
    let mut support = scene.portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    let attempt = support.get(&format!("/support/sign-ins/{}", refused.reference)).await.body;
    assert!(attempt.contains("The person is deactivated") && !attempt.contains(&scene.list()), "{attempt}");
}

async fn a_sign_in_that_is_under_way_ends_with_the_deactivation(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let (mut browser, answer) = scene.arrives(SIMON).await;
    let simon = scene.person(SIMON).await;
    scene.submit("deactivate", &simon).await;
    let refused = browser.follow(answer.location()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("Your team has turned off your access here"), "{}", refused.body);
    assert!(!is_signed_in(&mut browser).await);
    let outcome = scene.report(&simon).await.sign_ins[0].outcome;
    assert_eq!(outcome, AttemptOutcome::Failed(FindingCode::PersonDeactivated));
}

async fn whoever_is_reactivated_signs_in_again(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    scene.submit("deactivate", &simon).await;
    scene.submit("deactivate", &simon).await;
    scene.refused(SIMON).await;
    let answer = scene.submit("reactivate", &simon).await;
    assert_eq!(answer.location(), format!("{}?done=person-reactivated", scene.page_of(&simon)));
    scene.signed_in(SIMON).await;
    let again = scene.person(SIMON).await;
    assert_eq!((again.id, again.deactivated_at), (simon.id, None));
    let audited = scene.audited(AuditAction::PersonReactivated).await;
    assert_eq!(audited, Some((Some(SIMON.to_owned()), None)));
}

async fn a_test_is_not_refused_and_changes_nothing(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    scene.submit("deactivate", &simon).await;
    let started = scene.admin.get(&format!("/teams/{}/setup/test/start", scene.slug)).await;
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, SIMON, scene.portal.now()));
    let relay_state = asked.relay_state.as_deref();
    let received = crate::idp::post_response(&mut scene.admin, &scene.slug, &response, relay_state).await;
    let passed = scene.admin.follow(received.location()).await;
    assert!(passed.location().contains("/teams/"), "{}", passed.location());
    assert!(scene.person(SIMON).await.deactivated_at.is_some());
}

async fn viewers_look_and_change_nothing(kind: DatabaseKind) {
    let scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    let mut viewer = scene.viewer().await;
    let page = viewer.get(&scene.page_of(&simon)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("What the identity provider said"), "{}", page.body);
    for form in ["End session", "End all sessions", "Deactivate", "Erase"] {
        assert!(!page.body.contains(form), "{form}: {}", page.body);
    }
    for form in ["end_sessions", "deactivate", "reactivate", "erase"] {
        submit(&mut viewer, &scene.slug, form, &simon).await;
    }
    let report = scene.report(&simon).await;
    assert_eq!((report.summary.deactivated_at, report.sessions.len()), (None, 1));
}

async fn people_of_the_vendors_team_are_support_administrators_to_change(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    scene.portal.sql("UPDATE teams SET is_vendor = TRUE").await;
    for form in ["deactivate", "erase", "end_sessions"] {
        let id = simon.id.to_string();
        let fields = [("slug", &*scene.slug), ("person", &*id)];
        let json = [("accept", "application/json")];
        let answer = scene.admin.post_with(&format!("/api/people/{form}"), &json, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        let problem = serde_json::to_string(&FieldProblem::VendorTeamNeedsAdministrator).unwrap();
        assert!(answer.body.contains(problem.trim_matches('"')), "{form}: {}", answer.body);
    }
    assert_eq!(scene.report(&simon).await.sessions.len(), 1);
}
