//! Single writes: each is a transaction of its own, and on an SQLite file a member of a group like others.

use std::pin::pin;

use sea_orm::{ConnectionTrait, DbErr, Statement};
use store::testing::{DatabaseKind, fresh};
use store::{Db, DbOptions, Error, commit, on_both_databases};

use crate::group_commit::{drop_at_every_await, let_wait, sqlite};

on_both_databases!(a_single_write_says_how_many_rows_it_wrote, of_a_text_that_fails_nothing_is_kept);

async fn make_table(db: &Db) {
    db.autocommit().execute_unprepared("CREATE TABLE numbers (number INTEGER PRIMARY KEY)").await.unwrap();
}

/// How many rows a single write wrote.
async fn write(db: &Db, sql: &str) -> Result<u64, DbErr> {
    let connection = db.autocommit();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    connection.execute_raw(statement).await.map(|result| result.rows_affected())
}

async fn numbers(db: &Db) -> Vec<i32> {
    let connection = db.connection();
    let all = Statement::from_string(connection.get_database_backend(), "SELECT number FROM numbers ORDER BY number");
    let rows = connection.query_all_raw(all).await.unwrap();
    rows.iter().map(|row| row.try_get("", "number").unwrap()).collect()
}

async fn a_single_write_says_how_many_rows_it_wrote(kind: DatabaseKind) {
    let test = fresh(kind).await;
    let db = &test.db;
    make_table(db).await;
    assert_eq!(write(db, "INSERT INTO numbers VALUES (1), (2), (3)").await.unwrap(), 3);
    assert_eq!(write(db, "DELETE FROM numbers WHERE number = 9").await.unwrap(), 0);
    assert_eq!(write(db, "UPDATE numbers SET number = number + 10 WHERE number > 1").await.unwrap(), 2);
    assert_eq!(write(db, "INSERT INTO numbers VALUES (1) ON CONFLICT DO NOTHING").await.unwrap(), 0);
    assert_eq!(numbers(db).await, [1, 12, 13]);
    let returning = "INSERT INTO numbers VALUES (4), (5) RETURNING number";
    let connection = db.autocommit();
    let statement = Statement::from_string(connection.get_database_backend(), returning);
    assert_eq!(connection.query_all_raw(statement.clone()).await.unwrap().len(), 2);
    assert!(matches!(connection.query_one_raw(statement).await.map_err(Error::from), Err(Error::Exists)));
}

async fn fails_as_a_whole(db: &Db) {
    make_table(db).await;
    let twice = "INSERT INTO numbers VALUES (1); INSERT INTO numbers VALUES (1)";
    assert!(db.autocommit().execute_unprepared(twice).await.is_err());
    assert!(numbers(db).await.is_empty());
    assert_eq!(write(db, "INSERT INTO numbers VALUES (1)").await.unwrap(), 1);
}

async fn of_a_text_that_fails_nothing_is_kept(kind: DatabaseKind) {
    fails_as_a_whole(&fresh(kind).await.db).await;
}

#[tokio::test]
async fn of_a_text_that_fails_in_memory_nothing_is_kept() {
    let url = "sqlite::memory:";
    fails_as_a_whole(&Db::connect_with(url, DbOptions::for_url(url)).await.unwrap()).await;
}

/// Texts, and how many rows each writes where the first number is there; none if it fails.
const WRITES: [(&str, Option<u64>); 7] = [
    ("INSERT INTO numbers VALUES (1)", None),
    ("INSERT INTO numbers VALUES (2), (3), (4)", Some(3)),
    ("DELETE FROM numbers WHERE number = 9", Some(0)),
    ("INSERT INTO numbers VALUES (5); INSERT INTO numbers VALUES (1)", None),
    ("INSERT INTO nowhere VALUES (1)", None),
    ("UPDATE numbers SET number = number + 10 WHERE number IN (3, 4)", Some(2)),
    ("INSERT INTO numbers VALUES (1)", None),
];

#[tokio::test]
async fn a_single_write_that_fails_harms_no_other_member() {
    for is_first_kept in [true, false] {
        let (test, other) = sqlite().await;
        make_table(&test.db).await;
        write(&test.db, "INSERT INTO numbers VALUES (1)").await.unwrap();
        let first = test.db.begin().await.unwrap();
        first.execute_unprepared("INSERT INTO numbers VALUES (100)").await.unwrap();
        let run = |(text, _): (&'static str, Option<u64>)| {
            let db = test.db.clone();
            tokio::spawn(async move { write(&db, text).await.ok() })
        };
        let running: Vec<_> = WRITES.into_iter().map(run).collect();
        tokio::task::yield_now().await;
        if is_first_kept {
            commit(first).await.unwrap();
        } else {
            drop(first);
        }
        for (run, (text, rows)) in running.into_iter().zip(WRITES) {
            assert_eq!(run.await.unwrap(), rows, "{text}");
        }
        let kept = numbers(&other).await;
        assert_eq!(kept.iter().filter(|number| **number < 100).collect::<Vec<_>>(), [&1, &2, &13, &14]);
        assert_eq!(kept.contains(&100), is_first_kept);
        assert_eq!(write(&test.db, "DELETE FROM numbers").await.unwrap(), kept.len() as u64);
    }
}

#[tokio::test]
async fn a_single_write_is_not_answered_before_the_group_is_committed() {
    let (test, other) = sqlite().await;
    make_table(&test.db).await;
    let first = test.db.begin().await.unwrap();
    let mut written = pin!(write(&test.db, "INSERT INTO numbers VALUES (1)"));
    let_wait!(written);
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    drop(first);
    // the write is through when the transaction after it has its turn
    let second = tokio::select! {
        biased;
        second = begin => second.unwrap(),
        _ = written.as_mut() => panic!("answered although another one waited"),
    };
    second.execute_unprepared("INSERT INTO numbers VALUES (2)").await.unwrap();
    let_wait!(written);
    assert!(numbers(&other).await.is_empty(), "visible before the commit");
    let (one, two) = tokio::join!(written, commit(second));
    assert_eq!(one.unwrap(), 1);
    two.unwrap();
    assert_eq!(numbers(&other).await, [1, 2]);
}

#[tokio::test]
async fn a_single_write_that_everybody_of_its_group_loses_is_told_so() {
    let (test, other) = sqlite().await;
    make_table(&test.db).await;
    let first = test.db.begin().await.unwrap();
    let mut written = pin!(write(&test.db, "INSERT INTO numbers VALUES (1)"));
    let_wait!(written);
    let mut begin = pin!(test.db.begin());
    let_wait!(begin);
    drop(first);
    let second = async {
        let second = begin.await.unwrap();
        // as SQLite does by itself when the disk is full
        second.execute_unprepared("ROLLBACK").await.unwrap();
        commit(second).await
    };
    let (one, two) = tokio::join!(written, second);
    assert!(one.is_err() && two.is_err());
    assert!(numbers(&other).await.is_empty());
    assert_eq!(write(&test.db, "INSERT INTO numbers VALUES (1)").await.unwrap(), 1);
}

#[tokio::test]
async fn a_single_write_that_nobody_waits_for_any_more_does_not_run() {
    let (test, other) = sqlite().await;
    make_table(&test.db).await;
    let first = test.db.begin().await.unwrap();
    {
        let mut written = pin!(write(&test.db, "INSERT INTO numbers VALUES (1)"));
        let_wait!(written);
    }
    commit(first).await.unwrap();
    assert_eq!(write(&test.db, "INSERT INTO numbers VALUES (2)").await.unwrap(), 1);
    assert_eq!(numbers(&other).await, [2]);
}

#[tokio::test]
async fn a_single_write_dropped_at_any_point_is_whole_or_absent_and_blocks_nobody() {
    let (test, other) = sqlite().await;
    make_table(&test.db).await;
    drop_at_every_await(&test.db, |db, number| async move {
        let both = format!("INSERT INTO numbers VALUES ({number}); INSERT INTO numbers VALUES (-{number})");
        assert_eq!(write(&db, &both).await.unwrap(), 2);
    })
    .await;
    let numbers = numbers(&other).await;
    assert!(!numbers.is_empty() && numbers.iter().all(|number| numbers.contains(&-number)), "{numbers:?}");
}

#[tokio::test]
async fn a_single_write_that_another_process_keeps_waiting_is_told_that_the_database_is_busy() {
    let (test, other) = sqlite().await;
    make_table(&test.db).await;
    let theirs = other.begin().await.unwrap();
    let refused = write(&test.db, "INSERT INTO numbers VALUES (1)").await.map_err(Error::from);
    assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    drop(theirs);
    assert_eq!(write(&test.db, "INSERT INTO numbers VALUES (2)").await.unwrap(), 1);
    assert_eq!(numbers(&other).await, [2]);
}
