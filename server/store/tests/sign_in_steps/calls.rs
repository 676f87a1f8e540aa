//! The same steps as one call each: that a call writes what the transaction writes, and everything that makes it
//! write nothing. What waits for a lock of PostgreSQL is in `waiting_calls`.

use chrono::TimeDelta;
use model::ids::ApplicationId;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use store::attempts::Attempt;
use store::sign_in_steps::{
    Acceptance, AcceptedResponse, OpenLimit, PresentedCode, RedeemedSession, StartedAttempt, accept_in_one_call,
    insert_started, redeem_in_one_call, start_in_one_call,
};
use store::testing::DatabaseKind;
use store::{Db, entities, on_both_databases};

use crate::scene::{
    Scene, accept_events, accepted, attempt, redeem_events, redeemed, remember_logout, response, scene, start,
    start_events, started,
};
use crate::support::{draft, id, now, team};

on_both_databases!(
    calls_write_what_transactions_write,
    calls_keep_no_message_where_there_is_none,
    a_start_writes_nothing_once_the_team_is_not_as_it_was_known,
    a_response_is_not_accepted_by_a_call_that_has_to_look_closer,
    a_response_for_an_application_is_accepted_while_the_team_may_use_it,
    a_code_is_not_redeemed_by_a_call_that_has_to_look_closer,
    of_calls_and_transactions_at_the_same_time_one_writes,
);

/// An active team with a person who has signed in before (by the attempt with the number 2), who comes back.
pub async fn return_visit(kind: DatabaseKind) -> Scene {
    let scene = scene(kind).await;
    run(&scene.db.db, "UPDATE teams SET status = 'active'").await;
    let before = started(&scene.db.db, scene.team, scene.revision, 2).await;
    let first = accepted(&scene.db.db, &before, 2, Some(1), true).await;
    assert!(matches!(first, Acceptance::Accepted(Some((_, true)))), "{first:?}");
    scene
}

pub async fn run(db: &Db, sql: &str) {
    db.autocommit().execute_unprepared(sql).await.unwrap();
}

pub async fn start_by_call(db: &Db, slug: &str, attempt: &Attempt, limit: u64) -> bool {
    let open = OpenLimit { since: now() - TimeDelta::minutes(10), limit };
    start_in_one_call(db, &slug.parse().unwrap(), start(attempt, &start_events()), open).await.unwrap()
}

pub async fn accept_by_call(db: &Db, attempt: &Attempt, assertion: u8) -> bool {
    let events = accept_events();
    let response = response(attempt, assertion, Some(9), attempt.revision_id, &events);
    accept_in_one_call(db, response).await.unwrap()
}

/// Redeems the first attempt's code, in the browser with this hash.
pub async fn redeem_by_call(db: &Db, slug: &str, browser: u8, token: u8) -> Option<RedeemedSession> {
    let code = PresentedCode {
        slug: &slug.parse().unwrap(),
        code_hash: &[7],
        browser_hash: vec![browser],
        token_hash: vec![token],
        latest_end: now() + TimeDelta::hours(1),
        events: &redeem_events(),
        now: now(),
    };
    redeem_in_one_call(db, code).await.unwrap()
}

/// Everything that the steps write.
pub async fn rows(db: &Db) -> Vec<String> {
    let mut rows = Vec::new();
    macro_rules! add {
        ($($table:ident),+) => {
            $(for row in entities::$table::Entity::find().all(db.connection()).await.unwrap() {
                rows.push(format!("{row:?}"));
            })+
        };
    }
    add!(attempts, attempt_stages, attempt_documents, consumed_assertions, people, person_sessions);
    rows.sort();
    rows
}

async fn calls_write_what_transactions_write(kind: DatabaseKind) {
    let (one, other) = (return_visit(kind).await, return_visit(kind).await);
    let next = Attempt {
        relay_state_hash: vec![3, 3],
        return_to: Some("/elsewhere".into()),
        force_authn: true,
        application_id: Some(id::<ApplicationId>(8)),
        authorization_request: Some(serde_json::json!({ "state": "of the application" })),
        ..attempt(one.team, one.revision, 3)
    };
    insert_started(&one.db.db, start(&next, &start_events())).await.unwrap();
    assert!(start_by_call(&other.db.db, "team-1", &next, 9).await);
    assert_eq!(rows(&one.db.db).await, rows(&other.db.db).await, "started");

    let acceptance = accepted(&one.db.db, &one.attempt, 1, Some(9), true).await;
    assert!(matches!(acceptance, Acceptance::Accepted(Some((_, false)))), "{acceptance:?}");
    assert!(accept_by_call(&other.db.db, &other.attempt, 1).await);
    assert_eq!(rows(&one.db.db).await, rows(&other.db.db).await, "accepted");

    assert!(redeemed(&one.db.db, 1).await);
    let session = redeem_by_call(&other.db.db, "team-1", 1, 1).await.unwrap();
    assert_eq!(rows(&one.db.db).await, rows(&other.db.db).await, "redeemed");
    let reference = other.attempt.reference.clone();
    let expected = RedeemedSession {
        reference,
        application: None,
        return_to: None,
        session_not_after: Some(now() + TimeDelta::hours(2)),
        takes_sign_ins: false,
    };
    assert_eq!(session, expected);
}

async fn calls_keep_no_message_where_there_is_none(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let db = &scene.db.db;
    let next = attempt(scene.team, scene.revision, 3);
    let (events, open) = (start_events(), OpenLimit { since: now() - TimeDelta::minutes(10), limit: 9 });
    let without = StartedAttempt { sealed_request: None, ..start(&next, &events) };
    let before = documents(db).await;
    assert!(start_in_one_call(db, &"team-1".parse().unwrap(), without, open).await.unwrap());
    let events = accept_events();
    let response = response(&next, 3, Some(9), next.revision_id, &events);
    let without = AcceptedResponse { sealed_response: None, ..response };
    assert!(accept_in_one_call(db, without).await.unwrap());
    assert_eq!(documents(db).await, before);
}

async fn documents(db: &Db) -> usize {
    entities::attempt_documents::Entity::find().all(db.connection()).await.unwrap().len()
}

async fn a_start_writes_nothing_once_the_team_is_not_as_it_was_known(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let db = &scene.db.db;
    let next = attempt(scene.team, scene.revision, 3);
    let other_team = team(db, 2).await;
    let other_revision = draft(db, scene.team, 2).await;
    let before = rows(db).await;
    assert!(!start_by_call(db, "team-2", &next, 9).await, "another slug");
    assert!(!start_by_call(db, "team-1", &Attempt { team_id: other_team, ..next.clone() }, 9).await, "another team");
    let of_draft = Attempt { revision_id: Some(other_revision), ..next.clone() };
    assert!(!start_by_call(db, "team-1", &of_draft, 9).await, "not live");
    assert!(!start_by_call(db, "team-1", &next, 1).await, "one is open");
    run(db, "UPDATE teams SET status = 'suspended'").await;
    assert!(!start_by_call(db, "team-1", &next, 9).await, "suspended");
    assert_eq!(rows(db).await, before);
    run(db, "UPDATE teams SET status = 'active'").await;
    assert!(start_by_call(db, "team-1", &next, 2).await);
    let fourth = attempt(scene.team, scene.revision, 4);
    assert!(!start_by_call(db, "team-1", &fourth, 2).await, "two are open");
    run(
        db,
        "UPDATE attempts SET is_test = TRUE WHERE request_id = '_1'; \
         UPDATE attempts SET created_at = '2026-11-23T11:50:00.123+00:00' WHERE request_id = '_3'",
    )
    .await;
    assert!(start_by_call(db, "team-1", &fourth, 1).await, "one is a test, and one is over");
}

async fn a_response_is_not_accepted_by_a_call_that_has_to_look_closer(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let db = &scene.db.db;
    // what keeps the call from writing, and what takes it back
    for [change, back] in [
        ["UPDATE people SET subject_key = 'other'", "UPDATE people SET subject_key = 'key'"],
        ["UPDATE people SET name_id = 'other'", "UPDATE people SET name_id = 'b.simon@contoso.com'"],
        [
            "UPDATE people SET profile = '{}'",
            "UPDATE people SET profile = (SELECT profile FROM attempts WHERE request_id = '_2')",
        ],
        ["UPDATE people SET deactivated_at = created_at", "UPDATE people SET deactivated_at = NULL"],
        ["UPDATE revisions SET state = 'retired'", "UPDATE revisions SET state = 'live'"],
        ["UPDATE attempts SET status = 'failed'", "UPDATE attempts SET status = 'open' WHERE request_id = '_1'"],
        ["UPDATE attempts SET application_id = id", "UPDATE attempts SET application_id = NULL"],
    ] {
        run(db, change).await;
        let before = rows(db).await;
        assert!(!accept_by_call(db, &scene.attempt, 1).await, "{change}");
        assert_eq!(rows(db).await, before, "{change}");
        run(db, back).await;
    }
    let before = rows(db).await;
    assert!(!accept_by_call(db, &scene.attempt, 2).await, "the assertion was used");
    remember_logout(&scene).await;
    assert!(!accept_by_call(db, &scene.attempt, 1).await, "signed out");
    assert_eq!(rows(db).await, before);
    run(db, "DELETE FROM received_logouts").await;
    assert!(accept_by_call(db, &scene.attempt, 1).await);
}

async fn a_response_for_an_application_is_accepted_while_the_team_may_use_it(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let db = &scene.db.db;
    run(
        db,
        "INSERT INTO applications (id, client_id, name, kind, is_for_all_teams, settings, created_at, updated_at) \
         SELECT id, 'client', 'Application', 'web', FALSE, '{}', created_at, created_at FROM attempts \
         WHERE request_id = '_1'; \
         UPDATE attempts SET application_id = id WHERE request_id = '_1'",
    )
    .await;
    assert!(!accept_by_call(db, &scene.attempt, 1).await, "not for this team");
    run(db, "INSERT INTO application_teams (application_id, team_id) SELECT a.id, t.id FROM applications a, teams t")
        .await;
    run(db, "UPDATE applications SET disabled_at = created_at").await;
    assert!(!accept_by_call(db, &scene.attempt, 1).await, "disabled");
    run(
        db,
        "UPDATE applications SET disabled_at = NULL, settings = '{\"initiate_login_uri\":\"https://app.example\"}'",
    )
    .await;
    assert!(accept_by_call(db, &scene.attempt, 1).await);
    let session = redeem_by_call(db, "team-1", 1, 1).await.unwrap();
    assert_eq!(session.application.map(ApplicationId::as_uuid), Some(scene.attempt.id.as_uuid()));
    assert!(session.takes_sign_ins);
}

async fn a_code_is_not_redeemed_by_a_call_that_has_to_look_closer(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let db = &scene.db.db;
    assert!(accept_by_call(db, &scene.attempt, 1).await);
    for [change, back] in [
        ["UPDATE teams SET status = 'suspended'", "UPDATE teams SET status = 'active'"],
        ["UPDATE teams SET is_vendor = TRUE", "UPDATE teams SET is_vendor = FALSE"],
        ["UPDATE revisions SET state = 'retired'", "UPDATE revisions SET state = 'live'"],
        ["UPDATE attempts SET status = 'failed'", "UPDATE attempts SET status = 'verified'"],
        ["UPDATE attempts SET is_test = TRUE", "UPDATE attempts SET is_test = FALSE"],
        ["UPDATE attempts SET initiated_by = 'idp'", "UPDATE attempts SET initiated_by = 'sp'"],
        ["UPDATE attempts SET awaits_answer = TRUE", "UPDATE attempts SET awaits_answer = FALSE"],
        // what is usable until now is not usable any more
        ["UPDATE attempts SET code_expires_at = created_at", "UPDATE attempts SET code_expires_at = expires_at"],
        ["UPDATE attempts SET code_used_at = created_at", "UPDATE attempts SET code_used_at = NULL"],
    ] {
        run(db, change).await;
        let before = rows(db).await;
        assert_eq!(redeem_by_call(db, "team-1", 1, 1).await, None, "{change}");
        assert_eq!(rows(db).await, before, "{change}");
        run(db, back).await;
    }
    let before = rows(db).await;
    assert_eq!(redeem_by_call(db, "team-1", 2, 1).await, None, "another browser");
    assert_eq!(redeem_by_call(db, "team-2", 1, 1).await, None, "another slug");
    remember_logout(&scene).await;
    assert_eq!(redeem_by_call(db, "team-1", 1, 1).await, None, "signed out");
    assert_eq!(rows(db).await, before);
    run(db, "DELETE FROM received_logouts; UPDATE attempts SET session_not_after = '2026-11-23T12:09:00.123+00:00'")
        .await;
    let session = redeem_by_call(db, "team-1", 1, 1).await.unwrap();
    let end = now() + TimeDelta::minutes(9);
    assert_eq!(session.session_not_after, Some(end));
    let sessions = entities::person_sessions::Entity::find().all(db.connection()).await.unwrap();
    assert_eq!(sessions.iter().map(|session| session.expires_at).collect::<Vec<_>>(), [end]);
    assert_eq!(redeem_by_call(db, "team-1", 1, 2).await, None, "used");
}

async fn of_calls_and_transactions_at_the_same_time_one_writes(kind: DatabaseKind) {
    let scene = return_visit(kind).await;
    let tries = (1..=8).map(|number: u8| {
        let (db, attempt) = (scene.db.db.clone(), scene.attempt.clone());
        tokio::spawn(async move {
            // two of each assertion, one by each way
            let assertion = 10 + number / 2;
            if number.is_multiple_of(2) {
                return accept_by_call(&db, &attempt, assertion).await;
            }
            matches!(accepted(&db, &attempt, assertion, Some(9), true).await, Acceptance::Accepted(_))
        })
    });
    assert_eq!(count(tries.collect()).await, 1);
    let used = entities::consumed_assertions::Entity::find().all(scene.db.db.connection()).await.unwrap();
    assert_eq!(used.len(), 2, "the first visit's, and one");
    let tries = (1..=8).map(|number: u8| {
        let db = scene.db.db.clone();
        tokio::spawn(async move {
            if number.is_multiple_of(2) {
                return redeem_by_call(&db, "team-1", 1, number).await.is_some();
            }
            redeemed(&db, number).await
        })
    });
    assert_eq!(count(tries.collect()).await, 1);
    let sessions = entities::person_sessions::Entity::find().all(scene.db.db.connection()).await.unwrap();
    assert_eq!(sessions.len(), 1);
}

/// How many of them have written.
async fn count(tries: Vec<tokio::task::JoinHandle<bool>>) -> usize {
    let mut count = 0;
    for one in tries {
        count += usize::from(one.await.unwrap());
    }
    count
}
