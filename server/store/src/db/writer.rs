//! The one connection that writes to an SQLite file, and the queue of those who want it.
//!
//! A task of its own owns the connection and lends it to one transaction after the other, in
//! the order in which they asked. Transactions that wait together are committed together, since
//! a commit costs a sync of the disk: the first one runs in a transaction of SQLite's, those
//! after it in savepoints of that. When nobody waits or the group is full, the task commits and
//! tells everybody of the group. A transaction that fails is rolled back to its own savepoint. What is a single text of
//! statements is a member like others, which the task runs itself ([`single_write`]).
//!
//! Only this task begins, commits and rolls back. Requests that go away while they wait, hold
//! the connection or await the commit are seen by what they leave: a closed channel, or the
//! connection come back ([`super::lease::Lease`]'s `Drop`).

mod group;
mod single_write;

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{ConnAcquireErr, DbErr};
use tokio::sync::{mpsc, oneshot};

use super::DbOptions;
use super::lease::{Lease, ReturnedConnection, TransactionEnd, writer_is_gone};
use super::sqlx_error::{connection_error, exec_error};
use crate::error::is_busy_database;
use group::{CommitWaiter, Group};
use single_write::{SingleWrite, WriteFailure, WriteResult};

pub(super) use single_write::{SqlText, Written};

/// Asks the task for the connection.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    queue: mpsc::UnboundedSender<Request>,
    options: SqliteConnectOptions,
    max_wait: Duration,
}

enum Request {
    Begin(Applicant),
    Write(SingleWrite),
    Close(oneshot::Sender<()>),
}

/// Where somebody waits for the connection.
type Applicant = oneshot::Sender<Result<Lease, DbErr>>;

impl Writer {
    /// Connects, and starts the task. It ends with the last of the writer's clones.
    pub(super) async fn start(options: SqliteConnectOptions, waits: &DbOptions) -> Result<Self, DbErr> {
        let connection = Some(options.connect().await.map_err(connection_error)?);
        let (queue, requests) = mpsc::unbounded_channel();
        let DbOptions { max_wait, max_group_age, .. } = *waits;
        tokio::spawn(WriterTask { requests, options: options.clone(), max_group_age, connection }.run());
        Ok(Self { queue, options, max_wait })
    }

    /// Waits for the connection, behind those who came before.
    pub(super) async fn begin(&self) -> Result<Lease, DbErr> {
        let (applicant, turn) = oneshot::channel();
        self.queue.send(Request::Begin(applicant)).map_err(|_| writer_is_gone())?;
        match tokio::time::timeout(self.max_wait, turn).await {
            Ok(turn) => turn.unwrap_or_else(|_| Err(writer_is_gone())),
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }

    /// Runs statements as a transaction of their own behind those who came before, and answers when it is durable.
    /// Whoever goes away while they wait has written nothing; while they run, they are committed all the same, as
    /// they are on PostgreSQL.
    pub(super) async fn write(&self, text: SqlText) -> WriteResult {
        let (write, outcome) = SingleWrite::new(text);
        self.queue.send(Request::Write(write)).map_err(|_| writer_is_gone())?;
        outcome.wait(self.max_wait).await
    }

    /// Closes the connection behind those who came before.
    pub(super) async fn close(&self) {
        let (answer, closed) = oneshot::channel();
        if self.queue.send(Request::Close(answer)).is_ok() {
            let _ = closed.await;
        }
    }

    /// How the connection is opened.
    pub(super) const fn options(&self) -> &SqliteConnectOptions {
        &self.options
    }
}

struct WriterTask {
    requests: mpsc::UnboundedReceiver<Request>,
    options: SqliteConnectOptions,
    max_group_age: Duration,
    /// Here but for the time that it is lent. After a failure it is opened anew.
    connection: Option<SqliteConnection>,
}

impl WriterTask {
    async fn run(mut self) {
        while let Some(request) = self.requests.recv().await {
            if let Some(answer) = self.serve_group(request).await {
                self.close_connection().await;
                let _ = answer.send(());
                return;
            }
        }
    }

    /// Serves waiting transactions until none is left or the group is full, then commits. Returns a request to
    /// close that came meanwhile.
    async fn serve_group(&mut self, first: Request) -> Option<oneshot::Sender<()>> {
        let mut group = Group::new(self.max_group_age);
        let mut next = Some(first);
        let mut closing = None;
        while let Some(request) = next {
            match request {
                // others came first, and this one has given up
                Request::Begin(applicant) if applicant.is_closed() => {}
                Request::Begin(applicant) => self.serve(&mut group, applicant).await,
                Request::Write(write) => self.write(&mut group, write).await,
                Request::Close(answer) => {
                    closing = Some(answer);
                    break;
                }
            }
            next = if group.has_room() { self.requests.try_recv().ok() } else { None };
        }
        self.commit(group).await;
        closing
    }

    /// Lends the connection for one transaction.
    async fn serve(&mut self, group: &mut Group, applicant: Applicant) {
        let connection = match self.open_transaction(group).await {
            Ok(connection) => connection,
            Err(error) => {
                let _ = applicant.send(Err(error));
                return;
            }
        };
        let (lease, returned) = Lease::new(connection);
        // a lease that nobody takes any more is dropped here, and comes back like others
        let _ = applicant.send(Ok(lease));
        match returned.await {
            Ok(ReturnedConnection { connection, ending }) => {
                self.connection = Some(connection);
                group.end_member(ending);
            }
            Err(_) => group.fail(&writer_is_gone()),
        }
        if group.is_empty() {
            self.roll_back(group).await;
        }
    }

    /// Runs a single write, if somebody still waits for it.
    async fn write(&mut self, group: &mut Group, write: SingleWrite) {
        let Some((text, answer)) = write.begin() else { return };
        let outcome = match self.connected().await {
            Ok(connection) => text.run(connection, group.opening_statements()).await,
            Err(error) => {
                let _ = answer.send(Err(error));
                return;
            }
        };
        match outcome {
            Ok(written) => {
                group.opened();
                group.keep(CommitWaiter::Write(answer, written));
            }
            Err(WriteFailure::OfOpening(error)) => {
                self.lose(group, &error).await;
                let _ = answer.send(Err(error));
            }
            Err(WriteFailure::OfStatement(error)) => {
                group.opened();
                group.end_member(TransactionEnd::Discarded);
                let _ = answer.send(Err(error));
            }
        }
        if group.is_empty() {
            self.roll_back(group).await;
        }
    }

    /// The connection, opened if it has to be.
    async fn connected(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(connection_error)?,
        };
        Ok(self.connection.insert(connection))
    }

    async fn open_transaction(&mut self, group: &mut Group) -> Result<SqliteConnection, DbErr> {
        let connection = self.connected().await?;
        match run(connection, group.opening_statements()).await {
            Ok(()) => group.opened(),
            Err(error) => {
                self.lose(group, &error).await;
                return Err(error);
            }
        }
        self.connection.take().ok_or_else(writer_is_gone)
    }

    /// Rolls back a group of which nothing is kept.
    async fn roll_back(&mut self, group: &mut Group) {
        if let (Some(connection), true) = (&mut self.connection, group.is_open()) {
            match run(connection, "ROLLBACK").await {
                Ok(()) => group.closed(),
                Err(error) => self.lose(group, &error).await,
            }
        }
    }

    async fn commit(&mut self, mut group: Group) {
        let (Some(connection), true) = (&mut self.connection, group.is_open()) else { return };
        match run(connection, group.committing_statements()).await {
            Ok(()) => group.succeed(),
            Err(error) => self.lose(&mut group, &error).await,
        }
    }

    /// What the connection has open is unknown now: everybody in the group has failed, and a
    /// new connection is opened for the next one. Unless another process wrote all the time:
    /// then nothing was begun.
    async fn lose(&mut self, group: &mut Group, error: &DbErr) {
        let has_begun = group.is_open();
        group.fail(error);
        if has_begun || !is_busy_database(error) {
            tracing::error!(%error, "the connection that writes is opened anew");
            self.close_connection().await;
        }
    }

    async fn close_connection(&mut self) {
        if let Some(connection) = self.connection.take() {
            // closing rolls back what is open, whatever else fails about it
            let _ = connection.close().await;
        }
    }
}

async fn run(connection: &mut SqliteConnection, statements: &'static str) -> Result<(), DbErr> {
    match sqlx::query(statements).execute(connection).await {
        Ok(_) => Ok(()),
        Err(error) => Err(exec_error(error)),
    }
}
