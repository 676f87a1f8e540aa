//! Single queries of an SQLite file: each has a connection until it ends, of which there are only so many.

use std::path::PathBuf;
use std::pin::Pin;
use std::time::{Duration, Instant};

use crate::rows::{count_teams, has_team, insert_team};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, DbOptions, Error, teams};

/// Rows without end, a millisecond apart.
const ENDLESS: &str = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) \
                       SELECT n FROM numbers WHERE n % 10000 = 0";
/// Long enough for whatever ends in time, however slow the machine is.
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(500);

/// A database that has so many connections to read with.
async fn sqlite(max_connections: u32, max_wait: Duration) -> TestDb {
    let mut test = fresh(DatabaseKind::Sqlite).await;
    test.db.close().await.unwrap();
    let options = DbOptions { max_connections, max_wait, ..DbOptions::for_url(&test.url) };
    test.db = Db::connect_with(&test.url, options).await.unwrap();
    test
}

type Rows<'a> = Pin<Box<dyn Future<Output = Result<Vec<QueryResult>, DbErr>> + Send + 'a>>;

/// A query that has a connection for as long as it is held. As nobody takes its rows, its thread soon waits.
async fn endless_query(db: &Db) -> Rows<'_> {
    let mut query = db.connection().query_all_raw(Statement::from_string(DbBackend::Sqlite, ENDLESS));
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut query).await.is_err(), "it has ended");
    query
}

/// Begins something, and gives it up where it first waits.
async fn give_up<T>(doing: impl Future<Output = T>) {
    tokio::select! {
        biased;
        _ = doing => panic!("it did not wait"),
        () = std::future::ready(()) => {}
    }
}

async fn number(db: &Db, sql: &str) -> i64 {
    let row = db.connection().query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
    row.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// The log beside the file: it goes with the last connection.
fn write_ahead_log(test: &TestDb) -> PathBuf {
    let mut log = Db::file(&test.url).unwrap().into_os_string();
    log.push("-wal");
    log.into()
}

#[tokio::test]
async fn reads_do_not_wait_for_each_other() {
    let test = sqlite(2, LONG).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let held = endless_query(&test.db).await;
    assert_eq!(count_teams(&test.db).await, 1);
    drop(held);
}

#[tokio::test]
async fn two_hundred_reads_at_once_share_two_connections() {
    let test = sqlite(2, LONG).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let read = |_| {
        let db = test.db.clone();
        tokio::spawn(async move { has_team(&db, 1).await })
    };
    for found in (0..200).map(read).collect::<Vec<_>>() {
        assert!(found.await.unwrap());
    }
}

#[tokio::test]
async fn whoever_waits_in_vain_to_read_is_told_that_the_database_is_busy() {
    let test = sqlite(1, SHORT).await;
    let held = endless_query(&test.db).await;
    let began = Instant::now();
    let (list, ping) = tokio::join!(teams::list(test.db.connection()), test.db.ping());
    assert!(matches!(list, Err(Error::Busy)), "{list:?}");
    assert!(matches!(ping, Err(Error::Busy)), "{ping:?}");
    assert!(began.elapsed() >= SHORT);
    drop(held);
}

#[tokio::test]
async fn a_read_gets_its_turn_when_another_one_ends() {
    let test = sqlite(1, LONG).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let held = endless_query(&test.db).await;
    let db = test.db.clone();
    let waiting = tokio::spawn(async move { count_teams(&db).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!waiting.is_finished(), "there was a second connection");
    drop(held);
    assert_eq!(waiting.await.unwrap(), 1);
}

#[tokio::test]
async fn a_query_that_is_given_up_does_not_keep_its_place() {
    let test = sqlite(1, LONG).await;
    // while its connection is opened
    give_up(count_teams(&test.db)).await;
    assert_eq!(count_teams(&test.db).await, 0);
    // while it runs, and another one while it waits
    let held = endless_query(&test.db).await;
    give_up(count_teams(&test.db)).await;
    drop(held);
    assert_eq!(count_teams(&test.db).await, 0);
}

#[tokio::test]
async fn a_connection_is_used_again_only_after_a_query_that_went_well() {
    let test = sqlite(1, LONG).await;
    let mark = async || {
        test.db.connection().execute_unprepared("PRAGMA cache_size = 77").await.unwrap();
        assert_eq!(number(&test.db, "PRAGMA cache_size").await, 77, "it was not used again");
        assert_eq!(count_teams(&test.db).await, 0);
        test.db.ping().await.unwrap();
        assert_eq!(number(&test.db, "PRAGMA cache_size").await, 77, "it was not used again");
    };
    mark().await;
    assert!(test.db.connection().execute_unprepared("SELECT * FROM nothing").await.is_err());
    assert_ne!(number(&test.db, "PRAGMA cache_size").await, 77, "its query had failed");
    mark().await;
    drop(endless_query(&test.db).await);
    assert_ne!(number(&test.db, "PRAGMA cache_size").await, 77, "its query was given up");
}

#[tokio::test]
async fn a_read_sees_whatever_was_committed_before_it() {
    let test = sqlite(1, LONG).await;
    let other = Db::connect(&test.url).await.unwrap();
    for team in 1..=20 {
        insert_team(&other.autocommit(), team).await.unwrap();
        // one row of many: nothing of the query may stay open
        assert_eq!(number(&test.db, "SELECT 1 FROM teams").await, 1);
        assert!(has_team(&test.db, team).await);
        assert_eq!(number(&test.db, "SELECT count(*) FROM teams").await, i64::try_from(team).unwrap());
    }
}

#[tokio::test]
async fn closing_waits_for_those_who_read_and_closes_every_connection() {
    let test = sqlite(3, LONG).await;
    insert_team(&test.db.autocommit(), 1).await.unwrap();
    let held = [endless_query(&test.db).await, endless_query(&test.db).await];
    assert_eq!(count_teams(&test.db).await, 1);
    assert!(write_ahead_log(&test).exists());
    let db = test.db.clone();
    let closing = tokio::spawn(async move { db.close().await });
    let refused = loop {
        if let Err(error) = teams::list(test.db.connection()).await {
            break error;
        }
    };
    assert!(matches!(refused, Error::Database(_)), "nobody waits for what is closed: {refused:?}");
    assert!(!closing.is_finished(), "it did not wait");
    drop(held);
    closing.await.unwrap().unwrap();
    assert!(!write_ahead_log(&test).exists(), "a connection is open still");
}
