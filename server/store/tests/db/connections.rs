//! Who reads, who writes, and how long anybody waits.

use std::time::Duration;

use crate::rows::{count_teams, has_team, insert_team};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use store::testing::{DatabaseKind, fresh};
use store::{Db, DbOptions, Error, commit, on_both_databases, teams};

on_both_databases!(
    a_write_through_the_connections_that_read_is_refused,
    a_single_write_is_there_when_it_is_answered,
    two_hundred_transactions_at_once_are_all_there,
    whoever_begins_a_transaction_inside_another_is_told_that_the_database_is_busy,
    a_snapshot_stays_as_it_was_and_nobody_waits_for_it,
    a_constraint_fails_alone,
    a_closed_database_answers_with_an_error,
);

/// One connection, for which nobody waits long: only in tests.
const SHORT: DbOptions =
    DbOptions { max_connections: 1, max_wait: Duration::from_millis(500), max_group_age: Duration::from_millis(5) };

async fn a_write_through_the_connections_that_read_is_refused(kind: DatabaseKind) {
    let test = fresh(kind).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    assert!(insert_team(test.db.connection(), 2).await.is_err());
    assert!(test.db.connection().execute_unprepared("DELETE FROM teams").await.is_err());
    assert_eq!(count_teams(&test.db).await, 1);
}

#[tokio::test]
async fn sqlite_itself_refuses_a_write_that_looks_like_a_query() {
    let test = fresh(DatabaseKind::Sqlite).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let disguised = "WITH one AS (SELECT 1) DELETE FROM teams";
    assert!(test.db.connection().execute_unprepared(disguised).await.is_err());
    let statement = || Statement::from_string(DbBackend::Sqlite, format!("{disguised} RETURNING id"));
    assert!(test.db.connection().execute_raw(statement()).await.is_err());
    assert!(test.db.connection().query_one_raw(statement()).await.is_err());
    assert!(test.db.connection().query_all_raw(statement()).await.is_err());
    assert_eq!(count_teams(&test.db).await, 1);
}

async fn a_single_write_is_there_when_it_is_answered(kind: DatabaseKind) {
    let test = fresh(kind).await;
    let other = Db::connect(&test.url).await.unwrap();
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    assert_eq!(count_teams(&other).await, 1);
}

async fn two_hundred_transactions_at_once_are_all_there(kind: DatabaseKind) {
    let test = fresh(kind).await;
    let other = Db::connect(&test.url).await.unwrap();
    let write = |number: u64| {
        let (db, other) = (test.db.clone(), other.clone());
        tokio::spawn(async move {
            let tx = db.begin().await.unwrap();
            insert_team(&tx, number).await.unwrap();
            commit(tx).await.unwrap();
            assert!(has_team(&other, number).await, "answered before it was there");
        })
    };
    for written in (1..=200).map(write).collect::<Vec<_>>() {
        written.await.unwrap();
    }
    assert_eq!(count_teams(&test.db).await, 200);
}

async fn whoever_begins_a_transaction_inside_another_is_told_that_the_database_is_busy(kind: DatabaseKind) {
    let test = fresh(kind).await;
    let db = Db::connect_with(&test.url, SHORT).await.unwrap();
    let tx = db.begin().await.unwrap();
    assert!(matches!(db.begin().await, Err(Error::Busy)));
    assert!(matches!(insert_team(&db.autocommit(), 1).await, Err(Error::Busy)));
    insert_team(&tx, 2).await.unwrap();
    commit(tx).await.unwrap();
    assert_eq!(count_teams(&db).await, 1, "who waited in vain wrote nothing later");
}

async fn a_snapshot_stays_as_it_was_and_nobody_waits_for_it(kind: DatabaseKind) {
    let test = fresh(kind).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let snapshot = test.db.snapshot().await.unwrap();
    assert_eq!(teams::list(&snapshot).await.unwrap().len(), 1);
    insert_team(&test.db.autocommit(), 2).await.unwrap();
    assert_eq!(count_teams(&test.db).await, 2, "it was written at once");
    test.db.ping().await.unwrap();
    assert_eq!(teams::list(&snapshot).await.unwrap().len(), 1);
    assert!(insert_team(&snapshot, 3).await.is_err(), "it only reads");
}

async fn a_constraint_fails_alone(kind: DatabaseKind) {
    let test = fresh(kind).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let tx = test.db.begin().await.unwrap();
    assert!(matches!(insert_team(&tx, 1).await, Err(Error::Exists)));
    drop(tx);
    let tx = test.db.begin().await.unwrap();
    insert_team(&tx, 2).await.unwrap();
    commit(tx).await.unwrap();
    assert_eq!(count_teams(&test.db).await, 2);
}

async fn a_closed_database_answers_with_an_error(kind: DatabaseKind) {
    let test = fresh(kind).await;
    test.db.close().await.unwrap();
    assert!(test.db.begin().await.is_err());
    assert!(insert_team(&test.db.autocommit(), 1).await.is_err());
    assert!(matches!(teams::list(test.db.connection()).await, Err(Error::Database(_))));
    assert!(test.db.snapshot().await.is_err());
    assert!(test.db.ping().await.is_err());
    test.db.close().await.unwrap();
}

#[tokio::test]
async fn reads_of_a_full_pool_are_told_that_it_is_busy() {
    let test = fresh(DatabaseKind::Postgres).await;
    let db = Db::connect_with(&test.url, SHORT).await.unwrap();
    let tx = db.begin().await.unwrap();
    assert!(matches!(store::teams::list(db.connection()).await, Err(Error::Busy)));
    drop(tx);
}

#[tokio::test]
async fn a_database_in_memory_is_one_database() {
    let db = Db::connect_with("sqlite::memory:", SHORT).await.unwrap();
    db.migrate().await.unwrap();
    insert_team(&db.autocommit(), 1).await.unwrap();
    let tx = db.begin().await.unwrap();
    insert_team(&tx, 2).await.unwrap();
    assert!(matches!(db.begin().await, Err(Error::Busy)));
    commit(tx).await.unwrap();
    drop(db.begin().await.unwrap());
    assert_eq!(count_teams(&db).await, 2);
    assert!(insert_team(db.connection(), 3).await.is_err());
}

/// Ends all connections to a database but those of `by`, as a server does that restarts.
async fn end_connections(by: &Db, of: &str) {
    let name = of.split('?').next().unwrap().rsplit('/').next().unwrap();
    let end = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
         WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    );
    by.autocommit().execute_unprepared(&end).await.unwrap();
}

#[tokio::test]
async fn a_read_and_a_transaction_survive_a_connection_that_the_server_ended() {
    let test = fresh(DatabaseKind::Postgres).await;
    let one = DbOptions { max_connections: 1, ..DbOptions::for_url(&test.url) };
    let db = Db::connect_with(&test.url, one).await.unwrap();
    let other = Db::connect_with(&test.url, one).await.unwrap();
    assert_eq!(count_teams(&db).await, 0);
    end_connections(&other, &test.url).await;
    assert_eq!(count_teams(&db).await, 0);
    end_connections(&other, &test.url).await;
    let tx = db.begin().await.unwrap();
    insert_team(&tx, 1).await.unwrap();
    commit(tx).await.unwrap();
    assert_eq!(count_teams(&db).await, 1);
}
