//! The writing connection in the hands of one transaction.

use std::sync::PoisonError;
use std::sync::{Arc, Mutex as BlockingMutex};

use sea_orm::sqlx::error::ErrorKind;
use sea_orm::sqlx::sqlite::SqliteConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor as _, Sqlite};
use sea_orm::{ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Mutex, MutexGuard, oneshot};

use super::sqlx_error::{exec_error, query_error};

/// Whether the commit of a group succeeded.
pub(super) type CommitResult = Result<(), DbErr>;

/// The writing connection, which one transaction has until it ends. However it ends (by its
/// commit, an early return, a panic, a request that went away), the writer gets it back.
#[derive(Debug)]
pub(super) struct Lease {
    held: Option<LeasedConnection>,
    /// The first failure that may have taken the transaction with it.
    failure: BlockingMutex<Option<DbErr>>,
}

#[derive(Debug)]
struct LeasedConnection {
    connection: Mutex<SqliteConnection>,
    give_back: oneshot::Sender<ReturnedConnection>,
}

/// The connection, as the writer gets it back.
#[derive(Debug)]
pub(super) struct ReturnedConnection {
    pub connection: SqliteConnection,
    pub ending: TransactionEnd,
}

/// How a transaction ended.
#[derive(Debug)]
pub(super) enum TransactionEnd {
    /// It wants to be committed, and waits here to hear that it is.
    Kept(oneshot::Sender<CommitResult>),
    /// It must leave nothing.
    Discarded,
}

impl Lease {
    /// A lease, and where the connection comes back.
    pub(super) fn new(connection: SqliteConnection) -> (Self, oneshot::Receiver<ReturnedConnection>) {
        let (give_back, returned) = oneshot::channel();
        let held = Some(LeasedConnection { connection: Mutex::new(connection), give_back });
        (Self { held, failure: BlockingMutex::default() }, returned)
    }

    /// Gives the connection back and waits until the group is durable. A transaction in which
    /// a statement failed other than by a constraint is discarded: SQLite may have undone it.
    pub(super) async fn commit(mut self) -> CommitResult {
        if let Some(failure) = self.failure.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(failure);
        }
        let (answer, outcome) = oneshot::channel();
        self.give_back(TransactionEnd::Kept(answer));
        outcome.await.unwrap_or_else(|_| Err(writer_is_gone()))
    }

    fn give_back(&mut self, ending: TransactionEnd) {
        if let Some(LeasedConnection { connection, give_back }) = self.held.take() {
            // without a writer the connection is closed, and the transaction rolled back
            let _ = give_back.send(ReturnedConnection { connection: connection.into_inner(), ending });
        }
    }

    async fn connection(&self) -> Result<MutexGuard<'_, SqliteConnection>, DbErr> {
        match &self.held {
            Some(held) => Ok(held.connection.lock().await),
            None => Err(writer_is_gone()),
        }
    }

    /// Remembers a failure after which this transaction must not be committed.
    fn note(&self, error: DbErr, cause: &sqlx::Error) -> DbErr {
        if !is_of_constraint(cause) {
            let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
            failure.get_or_insert_with(|| error.clone());
        }
        error
    }

    fn query_error(&self, error: sqlx::Error) -> DbErr {
        let error = Arc::new(error);
        self.note(query_error(Arc::clone(&error)), &error)
    }

    fn exec_error(&self, error: sqlx::Error) -> DbErr {
        let error = Arc::new(error);
        self.note(exec_error(Arc::clone(&error)), &error)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back(TransactionEnd::Discarded);
    }
}

/// Such a failure undoes its own statement, and nothing else.
fn is_of_constraint(error: &sqlx::Error) -> bool {
    let kind = error.as_database_error().map(sqlx::error::DatabaseError::kind);
    kind.is_some_and(|kind| !matches!(kind, ErrorKind::Other))
}

pub(super) fn writer_is_gone() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}

/// A statement with its values, which is prepared once for each connection.
pub(super) fn bound(statement: Statement) -> sqlx::query::Query<'static, Sqlite, SqlxValues> {
    let values = statement.values.unwrap_or_else(|| Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

#[async_trait::async_trait]
impl ConnectionTrait for Lease {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Sqlite
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut connection = self.connection().await?;
        let result = bound(statement).execute(&mut *connection).await;
        result.map(ExecResult::from).map_err(|error| self.exec_error(error))
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut connection = self.connection().await?;
        let result = connection.execute(AssertSqlSafe(sql.to_owned())).await;
        result.map(ExecResult::from).map_err(|error| self.exec_error(error))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut connection = self.connection().await?;
        let row = bound(statement).fetch_optional(&mut *connection).await;
        row.map(|row| row.map(QueryResult::from)).map_err(|error| self.query_error(error))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut connection = self.connection().await?;
        let rows = bound(statement).fetch_all(&mut *connection).await;
        rows.map(|rows| rows.into_iter().map(QueryResult::from).collect()).map_err(|error| self.query_error(error))
    }
}
