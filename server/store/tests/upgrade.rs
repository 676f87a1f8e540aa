//! The schema and its migrations, on SQLite and on PostgreSQL.
//!
//! Every migration is expand-then-contract (docs/decisions/0033): after it, replicas of the
//! previous release go on reading and writing. `upgrade/released_rows.rs` writes a row into every
//! table as the previous release does; the test writes them before the upgrade and once more after
//! it. A migration that fills or moves something adds a case here that says what becomes of it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, failing is the point")]
#![expect(clippy::disallowed_methods, reason = "what domain's AttemptRecorder calls is what is tested")]

use std::collections::BTreeSet;

use chrono::TimeDelta;
use model::people::PersonState;
use model::{EventKind, Timestamp, Verdict};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use store::attempt_events::{self, AttemptStage, NewEvent};
use store::attempts::Attempt;
use store::people_list::{self, PeopleQuery};
use store::team_list::{self, TeamQuery, WordLimits};
use store::testing::{DatabaseKind, TestDb, fresh, migrate_back_to_release, migrate_to_release};
use store::{Db, on_both_databases, team_index};

#[path = "upgrade/released_rows.rs"]
mod released_rows;
#[path = "upgrade/schema.rs"]
mod schema;

use released_rows::Row;

on_both_databases!(
    every_table_and_index_is_there,
    every_function_is_there_on_postgres,
    rows_of_the_previous_release_stay_and_go_on_being_written,
    events_that_the_previous_release_wrote_as_rows_are_still_shown,
    teams_of_the_previous_release_are_listed_and_found,
    people_of_the_previous_release_are_listed_and_found,
    replicas_that_start_at_once_migrate_once,
);

/// The names that a query answers with, but for the migrations' own table.
async fn names(db: &Db, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    let backend = db.autocommit().get_database_backend();
    let query = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    let rows = db.autocommit().query_all_raw(Statement::from_string(backend, query)).await.unwrap();
    let names = rows.into_iter().map(|row| row.try_get::<String>("", "name").unwrap());
    names.filter(|name| !name.starts_with("seaql_")).collect()
}

async fn tables(db: &Db) -> BTreeSet<String> {
    let sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    names(db, sqlite, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'").await
}

async fn indexes(db: &Db) -> BTreeSet<String> {
    let sqlite = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
    names(db, sqlite, "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'").await
}

async fn every_table_and_index_is_there(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let expected: BTreeSet<_> = schema::TABLES.iter().map(ToString::to_string).collect();
    assert_eq!(tables(db).await, expected);
    let found = indexes(db).await;
    let missing: Vec<_> = schema::INDEXES.iter().filter(|index| !found.contains(**index)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // those that the database makes itself, for primary keys and unique columns, have no name of ours
    let is_automatic = |name: &String| name.ends_with("_pkey") || name.ends_with("_key");
    let unlisted: Vec<_> =
        found.iter().filter(|name| !is_automatic(name) && !schema::INDEXES.contains(&name.as_str())).collect();
    assert!(unlisted.is_empty(), "not in upgrade/schema.rs: {unlisted:?}");
}

async fn functions(db: &Db) -> BTreeSet<String> {
    let postgres = "SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace";
    names(db, "SELECT name FROM sqlite_master WHERE FALSE", postgres).await
}

async fn every_function_is_there_on_postgres(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    let is_postgres = kind == DatabaseKind::Postgres;
    let expected: BTreeSet<_> = schema::FUNCTIONS.iter().filter(|_| is_postgres).map(ToString::to_string).collect();
    assert_eq!(functions(db).await, expected);
    migrate_back_to_release(db).await;
    assert!(functions(db).await.is_empty());
}

async fn insert(db: &Db, rows: Vec<Row>) {
    for Row { table, values } in rows {
        let (columns, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        let insert = Query::insert().into_table(table).columns(columns).values_panic(values).to_owned();
        db.autocommit().execute(&insert).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    }
}

async fn count(db: &Db, table: &'static str) -> i64 {
    let select = Query::select().expr_as(Expr::col(Asterisk).count(), "rows").from(table).to_owned();
    db.autocommit().query_one(&select).await.unwrap().unwrap().try_get("", "rows").unwrap()
}

async fn rows_of_the_previous_release_stay_and_go_on_being_written(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    migrate_to_release(db).await;
    let written: BTreeSet<_> = released_rows::rows(1).iter().map(|row| row.table.to_owned()).collect();
    assert_eq!(written, tables(db).await, "one row in each table of the release");
    insert(db, released_rows::rows(1)).await;

    db.migrate().await.unwrap();
    insert(db, released_rows::rows(2)).await;
    for table in &written {
        let table: &'static str = schema::TABLES.iter().find(|known| *known == table).unwrap();
        assert_eq!(count(db, table).await, 2, "{table}");
    }

    migrate_back_to_release(db).await;
    insert(db, released_rows::rows(3)).await;
    db.migrate().await.unwrap();
    assert!(db.pending_migrations().await.unwrap().is_empty());
}

async fn events_that_the_previous_release_wrote_as_rows_are_still_shown(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    migrate_to_release(db).await;
    insert(db, released_rows::rows(1)).await;
    db.migrate().await.unwrap();
    let connection = &db.autocommit();
    let attempt = store::attempt_list::by_reference(connection, None, "SSO-0000-0001").await.unwrap().unwrap();
    let shown = async || attempt_events::timeline(connection, &attempt).await.unwrap();
    let before = shown().await;
    assert_eq!(before.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Started]);

    let (kind, verdict) = (EventKind::ResponseReceived, Verdict::Passed);
    let event = NewEvent { kind, verdict, finding: None, expected: None, actual: None, is_verified: true };
    let later = before.first().unwrap().at + TimeDelta::seconds(1);
    attempt_events::append(connection, attempt.id, AttemptStage::Response, &[event], later).await.unwrap();
    // a replica of the release before may go on with it
    let more = attempt_events_of_release(&attempt, later + TimeDelta::seconds(1));
    insert(db, vec![more]).await;
    let kinds: Vec<_> = shown().await.iter().map(|event| (event.sequence, event.kind)).collect();
    assert_eq!(kinds, [(0, EventKind::Started), (1, EventKind::ResponseReceived), (2, EventKind::Rejected)]);
}

async fn people_of_the_previous_release_are_listed_and_found(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    migrate_to_release(db).await;
    insert(db, released_rows::rows(1)).await;
    db.migrate().await.unwrap();
    insert(db, released_rows::rows(2)).await;
    let found = async |number: u128, parts: &[&str]| {
        let parts = parts.iter().map(ToString::to_string).collect();
        let team = Uuid::from_u128(number).into();
        let query = PeopleQuery { team, parts, state: Some(PersonState::Active), not_since: None, older_than: None };
        people_list::find(&db.autocommit(), &query, 9).await.unwrap().len()
    };
    assert_eq!((found(1, &[]).await, found(1, &["simon"]).await, found(1, &["adele"]).await), (1, 1, 0));
    // a replica of the release before does not say what somebody is found by: their next sign-in here does
    assert_eq!((found(2, &[]).await, found(2, &["simon"]).await), (1, 0));
}

/// An event that the release before adds: it numbers them by the attempt's count.
fn attempt_events_of_release(attempt: &Attempt, at: Timestamp) -> Row {
    let values = vec![
        ("attempt_id", Expr::from(attempt.id.as_uuid())),
        ("sequence", Expr::from(attempt.event_count + 1)),
        ("at", Expr::from(at)),
        ("kind", Expr::from("rejected")),
        ("verdict", Expr::from("failed")),
        ("is_verified", Expr::from(false)),
    ];
    Row { table: "attempt_events", values }
}

async fn teams_of_the_previous_release_are_listed_and_found(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    migrate_to_release(db).await;
    insert(db, released_rows::rows(1)).await;
    db.migrate().await.unwrap();
    let found = async |word: &str| {
        let words = team_list::find_words(db.connection(), &team_index::search_words(word), WordLimits::default())
            .await
            .unwrap();
        team_list::find(db.connection(), &TeamQuery::default(), &words, 9, 9).await.unwrap().teams
    };
    for word in ["team", "team-1", "a1@example.com", "example.com", "urn:idp"] {
        let teams = found(word).await;
        assert_eq!(teams.len(), 1, "{word}");
        let team = teams.first().unwrap();
        assert!(team.certificate_ends_at.is_some() && team.last_sign_in_at.timestamp() > 0, "{team:?}");
    }
    assert!(found("other").await.is_empty());
    // a replica of the release before adds one
    insert(db, released_rows::rows(2)).await;
    assert_eq!(team_index::missing(db.connection(), None).await.unwrap().len(), 1);
}

async fn replicas_that_start_at_once_migrate_once(kind: DatabaseKind) {
    let TestDb { db, .. } = &fresh(kind).await;
    db.migrate_down().await.unwrap();
    assert!(tables(db).await.is_empty());
    let (one, other, third) = tokio::join!(db.migrate(), db.migrate(), db.migrate());
    assert!(one.is_ok() && other.is_ok() && third.is_ok(), "{one:?} {other:?} {third:?}");
    assert!(db.pending_migrations().await.unwrap().is_empty());
}
