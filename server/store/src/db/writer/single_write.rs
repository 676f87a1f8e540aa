//! Statements that are a transaction of their own, and of which nothing has to be known before the next one.
//!
//! The task runs them itself, behind what begins their transaction in the group and in the same message to
//! the thread on which the connection lives. A lease takes a message for each of the two, and the connection
//! changes hands twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::TryStreamExt as _;
use sea_orm::sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteQueryResult, SqliteRow};
use sea_orm::sqlx::{AssertSqlSafe, Either, Executor as _, IntoArguments, Sqlite};
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::sync::oneshot;

use crate::db::lease::writer_is_gone;
use crate::db::sqlx_error::exec_error;

/// What a single write answers once it is durable.
pub(in crate::db) type WriteResult = Result<Written, DbErr>;

/// What statements have done.
#[derive(Debug, Default)]
pub(in crate::db) struct Written {
    result: SqliteQueryResult,
    rows: Vec<SqliteRow>,
}

impl Written {
    /// As of statements that are executed: how many rows they have written together.
    pub(in crate::db) fn into_result(self) -> ExecResult {
        self.result.into()
    }

    /// As of statements that are asked: the rows of all of them.
    pub(in crate::db) fn into_rows(self) -> Vec<QueryResult> {
        self.rows.into_iter().map(QueryResult::from).collect()
    }
}

/// One or several statements, with the values that all of them share.
#[derive(Debug)]
pub(in crate::db) struct SqlText {
    sql: String,
    /// Without any, even none, the text is not prepared for the next time.
    arguments: Option<SqliteArguments>,
}

impl SqlText {
    /// To be prepared once.
    pub(in crate::db) fn prepared(statement: Statement) -> Self {
        // here, and not in the task: values that SQLite does not have panic
        let values = SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new())));
        Self { sql: statement.sql, arguments: Some(IntoArguments::<Sqlite>::into_arguments(values)) }
    }

    /// To be run as it is.
    pub(in crate::db) fn unprepared(sql: &str) -> Self {
        Self { sql: sql.to_owned(), arguments: None }
    }

    /// Runs the statements behind those that begin their transaction. SQLite answers for each statement, so
    /// these are told apart, in what fails and in what is counted: `BEGIN` and `SAVEPOINT` are said to have
    /// changed what the statement before them did.
    pub(super) async fn run(
        self,
        connection: &mut SqliteConnection,
        opening_statements: &'static str,
    ) -> Result<Written, WriteFailure> {
        let mut opening = opening_statements.split(';').count();
        let text = AssertSqlSafe(format!("{opening_statements}; {}", self.sql));
        let mut answers = connection.fetch_many((text, self.arguments));
        let mut written = Written::default();
        loop {
            match answers.try_next().await {
                Ok(Some(Either::Right(row))) => written.rows.push(row),
                Ok(Some(Either::Left(_))) if opening > 0 => opening -= 1,
                Ok(Some(Either::Left(done))) => written.result.extend([done]),
                Ok(None) => return Ok(written),
                Err(error) if opening > 0 => return Err(WriteFailure::OfOpening(exec_error(error))),
                Err(error) => return Err(WriteFailure::OfStatement(exec_error(error))),
            }
        }
    }
}

/// What failed of a single write.
#[derive(Debug)]
pub(super) enum WriteFailure {
    /// Its transaction was not begun.
    OfOpening(DbErr),
    /// Its transaction was begun, and has to be rolled back.
    OfStatement(DbErr),
}

/// A single write that waits for its turn.
#[derive(Debug)]
pub(super) struct SingleWrite {
    text: SqlText,
    answer: oneshot::Sender<WriteResult>,
    is_decided: Arc<AtomicBool>,
}

/// Where somebody waits for a single write.
#[derive(Debug)]
pub(super) struct WriteOutcome {
    answer: oneshot::Receiver<WriteResult>,
    /// Whether it has begun, or else was given up: whatever came first.
    is_decided: Arc<AtomicBool>,
}

impl SingleWrite {
    /// A write, and where its answer comes.
    pub(super) fn new(text: SqlText) -> (Self, WriteOutcome) {
        let (sender, receiver) = oneshot::channel();
        let is_decided = Arc::new(AtomicBool::new(false));
        let outcome = WriteOutcome { answer: receiver, is_decided: Arc::clone(&is_decided) };
        (Self { text, answer: sender, is_decided }, outcome)
    }

    /// What to run and whom to answer; none if nobody waits for it any more. From here on it is written even
    /// if they go away.
    pub(super) fn begin(self) -> Option<(SqlText, oneshot::Sender<WriteResult>)> {
        let is_waited_for = !self.answer.is_closed() && !self.is_decided.swap(true, Ordering::AcqRel);
        is_waited_for.then_some((self.text, self.answer))
    }
}

impl WriteOutcome {
    /// Waits so long for the turn, and then for as long as it takes.
    pub(super) async fn wait(mut self, max_wait: Duration) -> WriteResult {
        let in_time = tokio::time::timeout(max_wait, &mut self.answer).await;
        let answer = match in_time {
            Ok(answer) => answer,
            Err(_) if self.is_decided.swap(true, Ordering::AcqRel) => self.answer.await,
            // it will not run
            Err(_) => return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        };
        answer.unwrap_or_else(|_| Err(writer_is_gone()))
    }
}
