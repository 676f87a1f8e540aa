//! Erasing people: by hand, and by the retention that the configuration says.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use model::people::PersonSummary;
use model::{AttemptOutcome, AuditAction, FieldProblem, SupportRole};
use sea_orm::{ConnectionTrait as _, Statement};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{ADELE, SIMON, Scene, is_signed_in};
use crate::idp::post_response;

on_both_databases!(
    an_erased_person_is_gone_and_their_sign_ins_are_nobodys,
    an_erased_person_returns_as_a_new_person,
    an_erased_person_who_was_deactivated_may_sign_in_anew,
    nobody_is_erased_unless_the_configuration_says_so,
    whoever_does_not_sign_in_is_erased_in_time,
    whoever_signs_in_to_support_is_not_erased,
);

/// Every text of the tables that people's sign-ins leave something in, but for the audit trail.
async fn all_that_is_kept(scene: &Scene) -> String {
    let mut kept = String::new();
    for (table, columns) in [
        ("people", &["name_id", "profile", "claims", "subject_key", "search_text"][..]),
        ("person_sessions", &["name_id"]),
        (
            "attempts",
            &[
                "subject",
                "name_id",
                "session_index",
                "profile",
                "claims",
                "expected",
                "actual",
                "return_to",
                "authorization_request",
            ],
        ),
        ("attempt_stages", &["document"]),
        ("attempt_events", &["expected", "actual"]),
    ] {
        for column in columns {
            let db = scene.portal.services.db.autocommit();
            let query = format!("SELECT CAST({column} AS TEXT) AS value FROM {table}");
            let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), query)).await.unwrap();
            for row in rows {
                let value: Option<String> = row.try_get("", "value").unwrap();
                kept.extend([table, ".", column, ": ", &value.unwrap_or_default(), "\n"]);
            }
        }
    }
    kept
}

/// A sign-in that is refused although it was verified whose it is, and a test.
async fn refused_and_tested(scene: &mut Scene, upn: &str) {
    let started = scene.admin.get(&format!("/teams/{}/setup/test/start", scene.slug)).await;
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, upn, scene.portal.now()));
    let relay_state = asked.relay_state.as_deref();
    let received = post_response(&mut scene.admin, &scene.slug, &response, relay_state).await;
    scene.admin.follow(received.location()).await;
    let mut browser = scene.portal.browser();
    let asked = scene.idp.asked(browser.get(&format!("/sso/{}", scene.slug)).await.location());
    let mut options = scene.idp.options(&asked, upn, scene.portal.now());
    options.audience = "somebody-else".into();
    let response = scene.idp.sign(&options);
    post_response(&mut browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
}

async fn an_erased_person_is_gone_and_their_sign_ins_are_nobodys(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let mut session = scene.signed_in(SIMON).await;
    refused_and_tested(&mut scene, SIMON).await;
    let (mut under_way, answer) = scene.arrives(SIMON).await;
    let simon = scene.person(SIMON).await;
    let before = scene.report(&simon).await.sign_ins;
    assert_eq!(before.len(), 5, "{before:?}");
    assert!(all_that_is_kept(&scene).await.contains(SIMON));

    let answer_to_form = scene.submit("erase", &simon).await;
    assert_eq!(answer_to_form.location(), format!("{}?done=person-erased", scene.list()));
    let page = scene.admin.get(answer_to_form.location()).await.body;
    assert!(page.contains("The person was erased") && page.contains(ADELE) && !page.contains(SIMON), "{page}");
    assert_eq!(scene.admin.get(&scene.page_of(&simon)).await.status, StatusCode::NOT_FOUND);
    assert!(!is_signed_in(&mut session).await);
    assert_ne!(under_way.follow(answer.location()).await.status, StatusCode::SEE_OTHER, "its code is of no use");
    let kept = all_that_is_kept(&scene).await.to_lowercase();
    assert!(!kept.contains("simon"), "{kept}");
    assert!(kept.contains(ADELE), "what is Adele's stays");
    // the audit trail calls them by their identifier, and keeps what it said before
    let audited = scene.audited(AuditAction::PersonErased).await;
    assert_eq!(audited, Some((Some(simon.id.to_string()), None)));
    assert!(scene.audited(AuditAction::PersonProvisioned).await.is_some());

    for sign_in in before {
        let report = scene.admin.get(&format!("/teams/{}/sign-ins/{}", scene.slug, sign_in.reference)).await;
        assert_eq!(report.status, StatusCode::OK, "{}", sign_in.reference);
        assert!(!report.body.to_lowercase().contains("simon"), "{}", report.body);
        if sign_in.outcome == AttemptOutcome::Succeeded {
            assert!(report.body.contains("Every check passed"), "how it ended stays: {}", report.body);
        }
    }
}

async fn an_erased_person_returns_as_a_new_person(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    scene.submit("erase", &simon).await;
    scene.portal.pass(TimeDelta::seconds(1));
    scene.signed_in(SIMON).await;
    let again = scene.person(SIMON).await;
    assert_ne!(again.id, simon.id);
    assert!(again.first_seen_at > simon.first_seen_at);
    assert_eq!(scene.report(&again).await.sign_ins.len(), 1);
    let twice = scene.submit("erase", &simon).await;
    assert_eq!(twice.location(), scene.page_of(&simon), "there is nobody any more");
}

async fn an_erased_person_who_was_deactivated_may_sign_in_anew(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    scene.submit("deactivate", &simon).await;
    let page = scene.admin.get(&scene.page_of(&simon)).await.body;
    assert!(page.contains("they are somebody new"), "the page says so before: {page}");
    scene.submit("erase", &simon).await;
    scene.signed_in(SIMON).await;
}

async fn days_pass(scene: &Scene, days: i64) {
    scene.portal.pass(TimeDelta::days(days));
    domain::sweep::delete_expired(&scene.portal.services).await.unwrap();
}

async fn nobody_is_erased_unless_the_configuration_says_so(kind: DatabaseKind) {
    let scene = Scene::with_people(kind).await;
    days_pass(&scene, 3_000).await;
    assert_eq!(scene.find("").await.len(), 2);
}

async fn whoever_does_not_sign_in_is_erased_in_time(kind: DatabaseKind) {
    let mut scene = Scene::with_config(kind, "[people]\nkeep_days = 60").await;
    for upn in [SIMON, ADELE, "carl@contoso.com"] {
        scene.signed_in(upn).await;
    }
    let carl = scene.person("carl").await;
    scene.submit("deactivate", &carl).await;
    days_pass(&scene, 59).await;
    assert_eq!(scene.find("").await.len(), 3);
    scene.signed_in(ADELE).await;
    let simon = scene.person(SIMON).await;
    let sign_in = scene.report(&simon).await.sign_ins.remove(0).reference;
    days_pass(&scene, 1).await;
    let left: Vec<PersonSummary> = scene.find("").await;
    assert_eq!(left.iter().map(PersonSummary::address).collect::<Vec<_>>(), [ADELE, "carl@contoso.com"]);
    let audited = scene.audited(AuditAction::PersonErased).await;
    assert_eq!(audited, Some((Some(simon.id.to_string()), Some(r#"{"no_sign_in":{"days":60}}"#.to_owned()))));
    let kept = all_that_is_kept(&scene).await.to_lowercase();
    assert!(!kept.contains("simon"), "{kept}");
    // what each step of a sign-in found is still there, without what it quoted
    let (services, scope) = (&scene.portal.services, AttemptScope::Team(scene.slug.clone()));
    let report = attempts::report(services, &Actor::operator(), &scope, sign_in.as_str()).await.unwrap();
    assert_eq!(report.summary.outcome, AttemptOutcome::Succeeded);
    assert!(report.events.len() > 20 && report.person.is_none(), "{:?}", report.events);
    assert!(report.events.iter().all(|event| event.expected.is_none() && event.actual.is_none()));
}

async fn whoever_signs_in_to_support_is_not_erased(kind: DatabaseKind) {
    let scene = Scene::with_config(kind, "[people]\nkeep_days = 60").await;
    scene.signed_in(SIMON).await;
    let simon = scene.person(SIMON).await;
    scene.portal.support("simon@krisp.example", SupportRole::Reviewer).await;
    let id = match kind {
        DatabaseKind::Sqlite => format!("X'{}'", simon.id.as_uuid().simple()),
        DatabaseKind::Postgres => format!("'{}'", simon.id),
    };
    scene.portal.sql(&format!("UPDATE accounts SET person_id = {id} WHERE email = 'simon@krisp.example'")).await;
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let refused = domain::people::erase(services, &operator, &scene.slug, &simon.id.to_string()).await.unwrap_err();
    let domain::Error::Invalid(problems) = refused else { panic!("{refused}") };
    assert_eq!(problems, [(String::new(), FieldProblem::PersonIsSupport)]);
    days_pass(&scene, 61).await;
    assert_eq!(scene.find("").await.len(), 1);
}
