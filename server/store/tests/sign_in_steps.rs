//! What the steps of every sign-in promise, on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, failing is the point")]
#![expect(clippy::disallowed_methods, reason = "what domain's AttemptRecorder calls is what is tested")]

use chrono::TimeDelta;
use model::EventKind;
use model::ids::PersonId;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use store::attempt_documents::{self, DocumentKind};
use store::attempt_events::{self, AttemptStage};
use store::attempts::{self, Attempt, AttemptFailure, AttemptStatus};
use store::sign_in_steps::{Acceptance, count_open_at_slug, with_request};
use store::testing::DatabaseKind;
use store::{entities, members, on_both_databases, people, revisions};

#[path = "sign_in_steps/calls.rs"]
mod calls;
#[path = "support/open_attempt.rs"]
mod open_attempt;
#[path = "sign_in_steps/scene.rs"]
mod scene;
mod support;
#[path = "sign_in_steps/waiting_calls.rs"]
mod waiting_calls;

use scene::{NAME_ID, Scene, accepted, redeemed, remember_logout, scene, started};
use support::{draft, id, now, team};

on_both_databases!(
    a_start_is_there_with_all_that_hangs_on_it,
    of_the_open_sign_ins_those_are_counted_that_may_be_answered,
    a_response_is_accepted_once_even_at_the_same_time,
    an_assertion_that_was_used_changes_nothing_once_it_is_taken_back,
    a_person_is_one_row_however_often_they_sign_in,
    a_test_makes_nobody,
    what_goes_live_while_the_lock_is_awaited_is_seen,
    a_deactivation_while_the_lock_is_awaited_is_seen,
    a_remembered_logout_is_seen,
    a_code_is_redeemed_once_even_at_the_same_time,
    a_code_that_is_no_longer_good_makes_no_session,
);

async fn read(scene: &Scene) -> Attempt {
    attempts::by_request_id_of_any_team(scene.db.db.connection(), "_1").await.unwrap().unwrap()
}

async fn kinds(scene: &Scene) -> Vec<EventKind> {
    let events = attempt_events::timeline(scene.db.db.connection(), &scene.attempt).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

async fn a_start_is_there_with_all_that_hangs_on_it(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let connection = &scene.db.db.autocommit();
    assert_eq!(read(&scene).await, scene.attempt);
    let slug = "team-1".parse().unwrap();
    let (found, attempt) = with_request(connection, &slug, "_1").await.unwrap().unwrap();
    assert_eq!((found.team.id, found.live), (scene.team, Some(scene.revision)));
    assert_eq!(attempt.as_ref(), Some(&scene.attempt));
    assert!(with_request(connection, &slug, "_2").await.unwrap().unwrap().1.is_none());
    assert_eq!(kinds(&scene).await, [EventKind::Started]);
    let kept = attempt_documents::kept_kinds(connection, &scene.attempt, now() - TimeDelta::days(1)).await.unwrap();
    assert_eq!(kept, [DocumentKind::Request]);
}

async fn of_the_open_sign_ins_those_are_counted_that_may_be_answered(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let (connection, slug) = (scene.db.db.autocommit(), "team-1".parse().unwrap());
    let open = async |since| count_open_at_slug(&connection, &slug, since).await.unwrap().unwrap().1;
    let since = now() - TimeDelta::minutes(10);
    assert_eq!((open(since).await, open(now()).await), (1, 0), "what began at the moment itself is over");
    let second = started(&scene.db.db, scene.team, scene.revision, 2).await;
    started(&scene.db.db, scene.team, scene.revision, 3).await;
    assert_eq!(open(since).await, 3);
    let other_team = team(&scene.db.db, 2).await;
    let other_revision = draft(&scene.db.db, other_team, 3).await;
    started(&scene.db.db, other_team, other_revision, 4).await;
    assert_eq!(open(since).await, 3, "of this team");
    connection.execute_unprepared("UPDATE attempts SET is_test = TRUE WHERE request_id = '_3'").await.unwrap();
    assert_eq!(open(since).await, 2, "a test");
    let failure = AttemptFailure::of(model::FindingCode::SignedOut);
    assert!(attempts::fail(&connection, scene.team, second.id, AttemptStatus::Open, failure, now()).await.unwrap());
    assert_eq!(open(since).await, 1, "failed");
    accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await;
    assert_eq!(open(since).await, 0, "came back");
}

async fn a_response_is_accepted_once_even_at_the_same_time(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tries = (1..=8).map(|number| {
        let (db, attempt) = (scene.db.db.clone(), scene.attempt.clone());
        // two of each assertion
        tokio::spawn(async move { accepted(&db, &attempt, number / 2, Some(number), true).await })
    });
    let mut people = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Acceptance::Accepted(person) => people.push(person),
            other => assert_eq!(other, Acceptance::Replayed),
        }
    }
    assert_eq!(people.len(), 1);
    let attempt = read(&scene).await;
    let (person, is_new) = people.swap_remove(0).unwrap();
    assert!(is_new && attempt.person_id == Some(person));
    assert_eq!((attempt.status, attempt.event_count), (AttemptStatus::Verified, 3));
    assert_eq!((attempt.name_id.as_deref(), attempt.code_hash.as_deref()), (Some(NAME_ID), Some(&[7_u8][..])));
    assert_eq!(attempt.claims, Some(serde_json::json!([])));
    assert_eq!(kinds(&scene).await, [EventKind::Started, EventKind::Replay, EventKind::CodeIssued]);
    let used = entities::consumed_assertions::Entity::find().all(scene.db.db.connection()).await.unwrap();
    assert_eq!(used.len(), 1, "the others took back what they had used");
}

async fn an_assertion_that_was_used_changes_nothing_once_it_is_taken_back(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let Acceptance::Accepted(Some((first, true))) = accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await
    else {
        unreachable!("the first")
    };
    let again = started(&scene.db.db, scene.team, scene.revision, 2).await;
    assert_eq!(accepted(&scene.db.db, &again, 1, Some(2), true).await, Acceptance::Replayed);
    let connection = &scene.db.db.autocommit();
    let row = attempts::by_request_id_of_any_team(connection, "_2").await.unwrap().unwrap();
    assert_eq!((row.status, row.person_id, row.event_count), (AttemptStatus::Open, None, 1));
    let person = people::by_subject(connection, scene.team, "key").await.unwrap().unwrap();
    assert_eq!(person.id, first);
}

async fn a_person_is_one_row_however_often_they_sign_in(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let first = accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await;
    let again = started(&scene.db.db, scene.team, scene.revision, 2).await;
    let second = accepted(&scene.db.db, &again, 2, Some(2), true).await;
    let person = id::<PersonId>(1);
    assert_eq!(first, Acceptance::Accepted(Some((person, true))));
    assert_eq!(second, Acceptance::Accepted(Some((person, false))));
    let connection = scene.db.db.connection();
    assert_eq!(people::count(connection, scene.team).await.unwrap(), 1);
    assert_eq!(people::last_sign_in(connection, scene.team).await.unwrap(), Some(now()));
}

async fn a_test_makes_nobody(kind: DatabaseKind) {
    let scene = scene(kind).await;
    assert_eq!(accepted(&scene.db.db, &scene.attempt, 1, None, false).await, Acceptance::Accepted(None));
    let row = read(&scene).await;
    assert_eq!((row.status, row.person_id), (AttemptStatus::Verified, None));
    assert_eq!(people::count(scene.db.db.connection(), scene.team).await.unwrap(), 0);
}

async fn what_goes_live_while_the_lock_is_awaited_is_seen(kind: DatabaseKind) {
    let scene = scene(kind).await;
    draft(&scene.db.db, scene.team, 2).await;
    let tx = scene.db.db.begin().await.unwrap();
    members::lock(&tx, scene.team).await.unwrap();
    let (db, attempt) = (scene.db.db.clone(), scene.attempt.clone());
    let waiting = tokio::spawn(async move { accepted(&db, &attempt, 1, Some(1), true).await });
    for _ in 0..50 {
        tokio::task::yield_now().await;
        // gives the other one time to come as far as the lock
        revisions::count_certificates(&tx, scene.team, scene.revision).await.unwrap();
    }
    assert!(revisions::make_draft_live(&tx, scene.team, now()).await.unwrap());
    store::commit(tx).await.unwrap();
    assert_eq!(waiting.await.unwrap(), Acceptance::Changed);
    assert_eq!(read(&scene).await.status, AttemptStatus::Open);
    // whoever has looked closer accepts it all the same
    let looked_at = accepted(&scene.db.db, &scene.attempt, 1, Some(1), false).await;
    assert!(matches!(looked_at, Acceptance::Accepted(Some(_))), "{looked_at:?}");
}

async fn a_deactivation_while_the_lock_is_awaited_is_seen(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let first = accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await;
    let Acceptance::Accepted(Some((person, true))) = first else { panic!("{first:?}") };
    let again = started(&scene.db.db, scene.team, scene.revision, 2).await;
    let tx = scene.db.db.begin().await.unwrap();
    members::lock(&tx, scene.team).await.unwrap();
    let (db, attempt) = (scene.db.db.clone(), again.clone());
    let waiting = tokio::spawn(async move { accepted(&db, &attempt, 2, Some(2), true).await });
    for _ in 0..50 {
        tokio::task::yield_now().await;
        // gives the other one time to come as far as the lock
        revisions::count_certificates(&tx, scene.team, scene.revision).await.unwrap();
    }
    assert!(people::set_deactivated(&tx, scene.team, person, Some(now())).await.unwrap());
    store::commit(tx).await.unwrap();
    assert_eq!(waiting.await.unwrap(), Acceptance::Changed);
    let before = people::by_id(&scene.db.db.autocommit(), scene.team, person).await.unwrap().unwrap();
    assert_eq!(before.deactivated_at, Some(now()));
}

async fn a_remembered_logout_is_seen(kind: DatabaseKind) {
    let scene = scene(kind).await;
    remember_logout(&scene).await;
    assert_eq!(accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await, Acceptance::Changed);
    assert_eq!(people::count(scene.db.db.connection(), scene.team).await.unwrap(), 0);
}

async fn sessions(scene: &Scene) -> Vec<entities::person_sessions::Model> {
    entities::person_sessions::Entity::find().all(scene.db.db.connection()).await.unwrap()
}

async fn a_code_is_redeemed_once_even_at_the_same_time(kind: DatabaseKind) {
    let scene = scene(kind).await;
    accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await;
    let tries = (1..=8).map(|number| {
        let db = scene.db.db.clone();
        tokio::spawn(async move { redeemed(&db, number).await })
    });
    let mut count = 0;
    for one in tries.collect::<Vec<_>>() {
        count += u8::from(one.await.unwrap());
    }
    assert_eq!(count, 1);
    let attempt = read(&scene).await;
    assert_eq!((attempt.status, attempt.event_count), (AttemptStatus::Succeeded, 5));
    assert_eq!((attempt.finished_at, attempt.code_used_at), (Some(now()), Some(now())));
    let sessions = sessions(&scene).await;
    assert_eq!(sessions.len(), 1);
    let session = sessions.first().unwrap();
    assert_eq!(
        (session.person_id, session.revision_id),
        (attempt.person_id.unwrap().as_uuid(), scene.revision.as_uuid())
    );
    assert_eq!((&*session.name_id, session.session_index.as_deref()), (NAME_ID, Some("_s")));
    assert_eq!(kinds(&scene).await.get(3..), Some(&[EventKind::CodeRedeemed, EventKind::SessionCreated][..]));
}

async fn a_code_that_is_no_longer_good_makes_no_session(kind: DatabaseKind) {
    let scene = scene(kind).await;
    accepted(&scene.db.db, &scene.attempt, 1, Some(1), true).await;
    remember_logout(&scene).await;
    assert!(!redeemed(&scene.db.db, 1).await, "signed out since");
    let connection = &scene.db.db.autocommit();
    entities::received_logouts::Entity::delete_many().exec(connection).await.unwrap();
    draft(&scene.db.db, scene.team, 2).await;
    assert!(revisions::make_draft_live(connection, scene.team, now()).await.unwrap());
    assert!(!redeemed(&scene.db.db, 2).await, "another revision went live");
    assert!(revisions::restore(connection, scene.team, scene.revision, now()).await.unwrap());
    let failure = AttemptFailure::of(model::FindingCode::SignedOut);
    let (id, verified) = (scene.attempt.id, AttemptStatus::Verified);
    assert!(attempts::fail(connection, scene.team, id, verified, failure, now()).await.unwrap());
    assert!(!redeemed(&scene.db.db, 3).await, "ended");
    assert!(sessions(&scene).await.is_empty());
    let events = [scene::event(EventKind::Rejected)];
    attempt_events::append(connection, id, AttemptStage::End, &events, now()).await.unwrap();
    assert_eq!(kinds(&scene).await.len(), 4);
}
