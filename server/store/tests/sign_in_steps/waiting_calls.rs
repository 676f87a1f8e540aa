//! Calls on PostgreSQL alone: that wait for a lock, or whose connection breaks, and how their functions are planned. On
//! SQLite nobody else writes while one runs.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::attempts::{self, AttemptFailure, AttemptStatus};
use store::testing::DatabaseKind;
use store::{Db, DbOptions, members, revisions};

use crate::calls::{accept_by_call, redeem_by_call, return_visit, rows, run, start_by_call};
use crate::scene::attempt;
use crate::support::{draft, now};

/// Waits until somebody waits for a lock in this database.
async fn until_somebody_waits(db: &Db) {
    let waiting = "SELECT count(*) AS waiting FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..1_000 {
        let statement = Statement::from_string(DbBackend::Postgres, waiting);
        let row = db.connection().query_one_raw(statement).await.unwrap().unwrap();
        if row.try_get::<i64>("", "waiting").unwrap() > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody waits");
}

#[tokio::test]
async fn a_call_sees_what_goes_live_while_it_waits_for_the_lock() {
    let scene = return_visit(DatabaseKind::Postgres).await;
    draft(&scene.db.db, scene.team, 2).await;
    let tx = scene.db.db.begin().await.unwrap();
    members::lock(&tx, scene.team).await.unwrap();
    let (db, attempt) = (scene.db.db.clone(), scene.attempt.clone());
    let waiting = tokio::spawn(async move { accept_by_call(&db, &attempt, 1).await });
    until_somebody_waits(&scene.db.db).await;
    assert!(revisions::make_draft_live(&tx, scene.team, now()).await.unwrap());
    store::commit(tx).await.unwrap();
    assert!(!waiting.await.unwrap());
}

#[tokio::test]
async fn a_call_sees_a_suspension_while_it_waits_for_the_lock() {
    let scene = return_visit(DatabaseKind::Postgres).await;
    assert!(accept_by_call(&scene.db.db, &scene.attempt, 1).await);
    let tx = scene.db.db.begin().await.unwrap();
    members::lock(&tx, scene.team).await.unwrap();
    let db = scene.db.db.clone();
    let waiting = tokio::spawn(async move { redeem_by_call(&db, "team-1", 1, 1).await });
    until_somebody_waits(&scene.db.db).await;
    tx.execute_unprepared("UPDATE teams SET status = 'suspended'").await.unwrap();
    store::commit(tx).await.unwrap();
    assert_eq!(waiting.await.unwrap(), None);
}

#[tokio::test]
async fn a_call_takes_back_what_it_wrote_once_the_attempt_has_ended() {
    let scene = return_visit(DatabaseKind::Postgres).await;
    let tx = scene.db.db.begin().await.unwrap();
    let failure = AttemptFailure::of(model::FindingCode::SignedOut);
    let (id, open) = (scene.attempt.id, AttemptStatus::Open);
    assert!(attempts::fail(&tx, scene.team, id, open, failure, now()).await.unwrap());
    let (db, attempt) = (scene.db.db.clone(), scene.attempt.clone());
    // it finds the attempt open, and waits for its row after the assertion and the person are written
    let waiting = tokio::spawn(async move { accept_by_call(&db, &attempt, 1).await });
    until_somebody_waits(&scene.db.db).await;
    store::commit(tx).await.unwrap();
    let before = rows(&scene.db.db).await;
    assert!(!waiting.await.unwrap());
    assert_eq!(rows(&scene.db.db).await, before);
}

#[tokio::test]
async fn a_call_on_a_connection_that_the_server_ended_is_no_error() {
    let scene = return_visit(DatabaseKind::Postgres).await;
    // large enough that the connection of the first call is kept for the next
    let options = DbOptions { max_connections: 4, ..DbOptions::for_url(&scene.db.url) };
    let db = Db::connect_with(&scene.db.url, options).await.unwrap();
    let next = attempt(scene.team, scene.revision, 3);
    assert!(!start_by_call(&db, "team-2", &next, 9).await);
    let end = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    run(&scene.db.db, end).await;
    // no error, and if nobody has noticed yet, the next one has another connection
    assert!(start_by_call(&db, "team-1", &next, 9).await || start_by_call(&db, "team-1", &next, 9).await);
}

#[tokio::test]
async fn every_function_keeps_one_plan() {
    let scene = return_visit(DatabaseKind::Postgres).await;
    let text = "SELECT p.proname AS name, p.proconfig::text AS settings FROM pg_proc p \
                JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = current_schema() ORDER BY p.proname";
    let rows = scene.db.db.connection().query_all_raw(Statement::from_string(DbBackend::Postgres, text)).await.unwrap();
    let functions: Vec<(String, Option<String>)> =
        rows.iter().map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "settings").unwrap())).collect();
    let one_plan = |name: &str| (name.to_owned(), Some("{plan_cache_mode=force_generic_plan}".to_owned()));
    assert_eq!(functions, ["accept_known_person_1", "redeem_code_1", "start_sign_in_1"].map(one_plan));
}
