//! The connections to SQLite or PostgreSQL.
//!
//! PostgreSQL has one pool. An SQLite file has one connection that writes ([`writer`]), some for
//! single queries ([`file_readers`]), and a pool for transactions that only read; SQLite in memory
//! has a single connection for everything, since each one would be a database of its own.

mod autocommit;
mod file_readers;
mod lease;
mod migrate;
mod options;
mod read_pool;
mod sqlx_error;
mod tx;
mod writer;

use std::path::PathBuf;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    AccessMode, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};

pub use autocommit::Autocommit;
#[cfg(feature = "testing")]
pub(crate) use migrate::Migrations;
pub use options::DbOptions;
pub use read_pool::ReadPool;
pub use tx::{Tx, commit};

use crate::Result;
use crate::error::is_broken_connection;
use file_readers::FileReaders;
use tx::TxKind;
use writer::Writer;

/// A database, which may be cloned: the clones share its connections.
#[derive(Clone, Debug)]
pub struct Db {
    reads: ReadPool,
    /// What writes to an SQLite file; everywhere else the pool does.
    writer: Option<Writer>,
}

impl Db {
    /// Connects to `sqlite://…` or `postgres://…` as [`DbOptions::for_url`] says.
    pub async fn connect(url: &str) -> Result<Self> {
        Self::connect_with(url, DbOptions::for_url(url)).await
    }

    /// Connects with pool sizes and waits of one's own.
    pub async fn connect_with(url: &str, options: DbOptions) -> Result<Self> {
        let is_file = Self::file(url).is_some();
        // the writer first: it makes the file and switches it to a write-ahead log
        let writer = if is_file { Some(Writer::start(options::writing(url)?, &options).await?) } else { None };
        let readers = if is_file { Some(FileReaders::new(options::reading(url)?, &options)) } else { None };
        let pool = Database::connect(options::pool(url, &options, is_file)).await?;
        Ok(Self { reads: ReadPool::new(pool, readers), writer })
    }

    /// The file that an SQLite address names; none in memory, and for other databases.
    #[must_use]
    pub fn file(url: &str) -> Option<PathBuf> {
        let options: SqliteConnectOptions = url.starts_with("sqlite:").then(|| url.parse().ok())??;
        let file = options.get_filename();
        (!url.contains(":memory:") && !url.contains("mode=memory")).then(|| file.to_owned())
    }

    /// A connection for single queries that only read. One that writes is refused.
    ///
    /// [`crate::Error::Busy`] when none was free for 5 s.
    #[must_use]
    pub const fn connection(&self) -> &ReadPool {
        &self.reads
    }

    /// Begins a transaction. On SQLite there is one at a time: others wait, in their order.
    ///
    /// [`crate::Error::Busy`] when none could begin for 5 s; so does whoever begins one while
    /// holding another.
    #[tracing::instrument(name = "transaction", level = "debug", skip_all, fields(step = "begin"))]
    pub async fn begin(&self) -> Result<Tx> {
        Ok(self.begin_tx().await?)
    }

    /// Begins a transaction that only reads, of the database as its first query finds it. Nobody
    /// waits for it, and nothing can be written in it.
    #[tracing::instrument(name = "transaction", level = "debug", skip_all, fields(step = "snapshot"))]
    pub async fn snapshot(&self) -> Result<Tx> {
        let is_postgres = self.pool().get_database_backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: is_postgres.then_some(AccessMode::ReadOnly),
            // SQLite's are snapshots anyway, and its connections that read refuse to write
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        Ok(Tx::new(TxKind::Pooled(Box::new(self.pool().begin_with_options(options).await?))))
    }

    async fn begin_tx(&self) -> std::result::Result<Tx, DbErr> {
        let kind = match &self.writer {
            Some(writer) => TxKind::Writer(writer.begin().await?),
            None => TxKind::Pooled(Box::new(self.begin_pooled().await?)),
        };
        Ok(Tx::new(kind))
    }

    /// Nothing has happened when a transaction does not begin: on a connection that turns out
    /// to be broken, another one is tried.
    async fn begin_pooled(&self) -> std::result::Result<DatabaseTransaction, DbErr> {
        match begin_immediate(self.pool()).await {
            Err(error) if is_broken_connection(&error) => begin_immediate(self.pool()).await,
            result => result,
        }
    }

    /// The pool of everything; of an SQLite file, that of [`Self::snapshot`] alone.
    const fn pool(&self) -> &DatabaseConnection {
        self.reads.pool()
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.reads.ping().await?)
    }

    /// Closes all connections, of all clones. The last one of an SQLite file writes the log
    /// beside it into it.
    pub async fn close(&self) -> Result<()> {
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
        Ok(self.reads.close().await?)
    }
}

/// Begins a transaction. On SQLite it takes the write lock at once: one that reads first and
/// writes later would fail when another wrote in between.
async fn begin_immediate(pool: &DatabaseConnection) -> std::result::Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    pool.begin_with_options(options).await
}
