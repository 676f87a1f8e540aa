//! The connection to SQLite or PostgreSQL.

use std::path::PathBuf;
use std::time::Duration;

use migrations::Migrator;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::Result;

/// How long a writer waits for another one on SQLite.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Held by the replica that migrates, until its transaction ends; SQLite has one writer anyway.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(7386214)";

/// A pool of connections.
#[derive(Clone, Debug)]
pub struct Db(DatabaseConnection);

/// A transaction: all of it happens at `commit`, or none of it.
pub type Tx = DatabaseTransaction;

/// Makes all of a transaction happen. Dropped without this, none of it does.
#[tracing::instrument(name = "transaction", level = "debug", skip_all, fields(step = "commit"))]
pub async fn commit(tx: Tx) -> Result<()> {
    Ok(tx.commit().await?)
}

impl Db {
    /// Connects to `sqlite://…` or `postgres://…`. On SQLite: write-ahead log, foreign keys,
    /// and a busy timeout of 5 s.
    pub async fn connect(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
        if url.starts_with("sqlite::memory:") {
            // each connection would be a database of its own
            options.max_connections(1).min_connections(1);
        } else {
            options.max_connections(16);
        }
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                // With WAL this loses no consistency, and at a power cut at most the last commits.
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
        });
        Ok(Self(Database::connect(options).await?))
    }

    /// The file that an SQLite address names; none in memory, and for other databases.
    #[must_use]
    pub fn file(url: &str) -> Option<PathBuf> {
        let options: SqliteConnectOptions = url.starts_with("sqlite:").then(|| url.parse().ok())??;
        let file = options.get_filename();
        (!url.contains(":memory:") && !url.contains("mode=memory")).then(|| file.to_owned())
    }

    /// A connection for single queries.
    #[must_use]
    pub const fn connection(&self) -> &DatabaseConnection {
        &self.0
    }

    /// Begins a transaction. On SQLite it takes the write lock at once: a transaction that
    /// reads first and writes later would fail when another wrote in between.
    #[tracing::instrument(name = "transaction", level = "debug", skip_all, fields(step = "begin"))]
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.0.begin_with_options(options).await?)
    }

    /// Applies every migration that has not been applied: all of them, or none. On one
    /// connection, too: another one of SQLite's may still know a table or an index that this
    /// one has dropped, and refuse to make it anew.
    ///
    /// Replicas that start at the same time wait for the first of them.
    pub async fn migrate(&self) -> Result<()> {
        let tx = self.begin().await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(MIGRATING).await?;
        }
        Migrator::up(&tx, None).await?;
        commit(tx).await
    }

    /// Takes every migration back. All data is lost: for tests of the migrations.
    pub async fn migrate_down(&self) -> Result<()> {
        let tx = self.begin().await?;
        Migrator::down(&tx, None).await?;
        commit(tx).await
    }

    /// Names of the migrations that have not been applied.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let pending = Migrator::get_pending_migrations(&self.0).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.0.ping().await?)
    }
}
