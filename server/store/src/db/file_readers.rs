//! The connections that read an SQLite file.
//!
//! sqlx's pool pings each connection that comes back, in a task of its own. On SQLite that is one more message to the
//! connection's thread and one more task for each query. A connection to a file does not break while nobody uses it,
//! so that none of it is needed: here a connection whose query went well is used again as it is, the one used last
//! first, since it has the most pages at hand. Any other is closed.

use std::sync::{Arc, Mutex as BlockingMutex, MutexGuard, PoisonError};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, Statement};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DbOptions;
use super::lease::bound;
use super::sqlx_error::{connection_error, exec_error, query_error};

/// Takes a connection for each query. Clones share the connections.
#[derive(Clone, Debug)]
pub(super) struct FileReaders {
    /// One permit for each connection that may be open, given out in the order in which they were asked for.
    places: Arc<Semaphore>,
    idle: Arc<Idle>,
    options: SqliteConnectOptions,
    max_connections: u32,
    max_wait: Duration,
}

impl FileReaders {
    /// Opens nothing yet: each connection is opened when it is first needed.
    pub(super) fn new(options: SqliteConnectOptions, limits: &DbOptions) -> Self {
        let DbOptions { max_connections, max_wait, .. } = *limits;
        let places = usize::try_from(max_connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places)),
            idle: Arc::new(Idle(BlockingMutex::new(Some(Vec::new())))),
            options,
            max_connections,
            max_wait,
        }
    }

    /// Runs a statement that reads, and lets its rows go.
    pub(super) async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut reader = self.take().await?;
        let result = bound(statement).execute(reader.connection()?).await;
        reader.settle(result).map(ExecResult::from).map_err(exec_error)
    }

    /// Runs statements that read, of which no one is prepared.
    pub(super) async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut reader = self.take().await?;
        let result = reader.connection()?.execute(AssertSqlSafe(sql.to_owned())).await;
        reader.settle(result).map(ExecResult::from).map_err(exec_error)
    }

    /// The first row.
    pub(super) async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut reader = self.take().await?;
        let row = bound(statement).fetch_optional(reader.connection()?).await;
        let row = reader.settle(row).map_err(query_error)?;
        Ok(row.map(QueryResult::from))
    }

    /// All rows.
    pub(super) async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut reader = self.take().await?;
        let rows = bound(statement).fetch_all(reader.connection()?).await;
        let rows = reader.settle(rows).map_err(query_error)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// Whether a connection can be opened, and its thread answers.
    pub(super) async fn ping(&self) -> Result<(), DbErr> {
        let mut reader = self.take().await?;
        let result = reader.connection()?.ping().await;
        reader.settle(result).map_err(connection_error)
    }

    /// Closes all connections: those that are in use when their query ends.
    pub(super) async fn close(&self) {
        for connection in self.idle.close() {
            let _ = connection.close().await;
        }
        // each of the others gives up its place when it is closed
        let _ = self.places.acquire_many(self.max_connections).await;
        self.places.close();
    }

    /// Waits for a connection, behind those who came before, and opens it if need be.
    async fn take(&self) -> Result<Reader, DbErr> {
        match tokio::time::timeout(self.max_wait, self.take_or_open()).await {
            Ok(reader) => reader,
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    async fn take_or_open(&self) -> Result<Reader, DbErr> {
        // whoever comes after close() does not wait for those that it waits for
        self.idle.check_open()?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| readers_are_closed())?;
        let connection = match self.idle.pop()? {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(connection_error)?,
        };
        Ok(Reader { connection: Some(connection), place: Some(place), idle: Arc::clone(&self.idle) })
    }
}

/// Connections that nobody uses, the one used last at the end; none any more once they are closed.
#[derive(Debug)]
struct Idle(BlockingMutex<Option<Vec<SqliteConnection>>>);

impl Idle {
    fn pop(&self) -> Result<Option<SqliteConnection>, DbErr> {
        self.lock().as_mut().map(Vec::pop).ok_or_else(readers_are_closed)
    }

    fn check_open(&self) -> Result<(), DbErr> {
        if self.lock().is_some() { Ok(()) } else { Err(readers_are_closed()) }
    }

    /// Takes the connection, unless all are closed.
    fn push(&self, connection: &mut Option<SqliteConnection>) {
        if let Some(idle) = self.lock().as_mut() {
            idle.extend(connection.take());
        }
    }

    fn close(&self) -> Vec<SqliteConnection> {
        self.lock().take().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<SqliteConnection>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in the hands of one query.
#[derive(Debug)]
struct Reader {
    connection: Option<SqliteConnection>,
    place: Option<OwnedSemaphorePermit>,
    idle: Arc<Idle>,
}

impl Reader {
    fn connection(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        self.connection.as_mut().ok_or_else(readers_are_closed)
    }

    /// Gives the connection back after a query that went well. Nothing of the query is left on it by then: its thread
    /// has reset the statement before the answer is complete, which ends SQLite's transaction as well.
    fn settle<T>(mut self, result: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
        if result.is_ok() {
            self.idle.push(&mut self.connection);
        }
        result
    }
}

impl Drop for Reader {
    /// Closes a connection that did not come back: its query failed, or nobody waits for it any more. Its thread may
    /// still be at work, until it finds the next row that nobody wants. Its place is free when it has ended, and not
    /// before: otherwise queries that are given up would run in any number.
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let place = self.place.take();
        // without a runtime nobody waits for the place, and a dropped connection's thread ends by itself
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                let _ = connection.close().await;
                drop(place);
            });
        }
    }
}

const fn readers_are_closed() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}
