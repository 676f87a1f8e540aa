//! How connections are opened.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _};
use sea_orm::{ConnectOptions, DbErr};

use super::sqlx_error::connection_error;

/// How long the writer waits for another process that writes to the same SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection that was used since is taken as it is; one that was idle for longer may have
/// been dropped by the server or by something between, and is tried first.
const MAX_UNTRIED_IDLE: Duration = Duration::from_secs(30);

/// How many texts the connection that writes keeps prepared. A single write has one for each of the four ways to begin
/// its transaction.
const PREPARED_WRITES: usize = 300;

/// How long a connection for transactions that read an SQLite file is kept after the last of them.
const MAX_SNAPSHOT_IDLE: Duration = Duration::from_mins(1);

/// Pool sizes and waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DbOptions {
    /// The most connections: all of them on PostgreSQL, those that read on SQLite.
    pub max_connections: u32,
    /// How long a request waits for a connection, or on SQLite for its turn to write.
    pub max_wait: Duration,
    /// How long others may join a group of transactions that share one commit on SQLite, before
    /// those that are through are committed.
    pub max_group_age: Duration,
}

impl DbOptions {
    /// The defaults: 10 connections to PostgreSQL, so that several replicas fit into the 100
    /// that a server allows; 4 that read an SQLite file.
    #[must_use]
    pub fn for_url(url: &str) -> Self {
        let max_connections = if url.starts_with("sqlite:") { 4 } else { 10 };
        Self { max_connections, max_wait: Duration::from_secs(5), max_group_age: Duration::from_millis(5) }
    }
}

/// The pool. Of an SQLite file it has the transactions that only read, which are rare: no connection is opened before
/// there is one.
pub(super) fn pool(url: &str, options: &DbOptions, has_writer: bool) -> ConnectOptions {
    let mut pool = ConnectOptions::new(url);
    pool.sqlx_logging(false).acquire_timeout(options.max_wait);
    if !url.starts_with("sqlite:") {
        pool.max_connections(options.max_connections).test_before_acquire_if_idle_for(MAX_UNTRIED_IDLE);
        return pool;
    }
    pool.test_before_acquire(false).max_lifetime(None);
    if has_writer {
        pool.connect_lazy(true).max_connections(options.max_connections).min_connections(0);
        pool.idle_timeout(MAX_SNAPSHOT_IDLE).map_sqlx_sqlite_opts(read_only);
    } else {
        // a database in memory goes away with its last connection
        pool.max_connections(1).min_connections(1).idle_timeout(None).map_sqlx_sqlite_opts(common);
    }
    pool
}

/// A connection that reads an SQLite file.
pub(super) fn reading(url: &str) -> Result<SqliteConnectOptions, DbErr> {
    Ok(read_only(parse(url)?).disable_statement_logging())
}

/// The connection that writes to an SQLite file.
pub(super) fn writing(url: &str) -> Result<SqliteConnectOptions, DbErr> {
    let options = common(parse(url)?).statement_cache_capacity(PREPARED_WRITES).disable_statement_logging();
    // What a savepoint keeps of the pages that are changed after it: never in a file.
    Ok(options.pragma("temp_store", "MEMORY"))
}

fn parse(url: &str) -> Result<SqliteConnectOptions, DbErr> {
    url.parse().map_err(|error: sqlx::Error| connection_error(error))
}

/// SQLite itself refuses what writes.
fn read_only(options: SqliteConnectOptions) -> SqliteConnectOptions {
    common(options).pragma("query_only", "ON")
}

fn common(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        // Whoever is answered finds their write after a power cut, too: the log is synced at
        // each commit. Transactions that wait together share one.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}
