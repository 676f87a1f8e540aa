//! The steps that every sign-in takes, each as one read and one write of constant text, so that the
//! database prepares it once for all requests.
//!
//! A write has two texts where the databases differ: on PostgreSQL one statement of
//! data-modifying CTEs, of which each part rests on the one before; on SQLite, which has none of
//! these, statements one after the other that are sent at once, in a transaction that the caller
//! takes back where one of them did nothing. Everything that is rare goes through
//! [`crate::attempts`] and the other modules.
//!
//! The usual case of a step is one call, without a transaction around it (`…_in_one_call`). On PostgreSQL
//! a function of the database locks the team (where the step does), asks what must hold and writes, each as a
//! statement of its own. On SQLite a text does, of which the first statement asks everything. Where the call has
//! written nothing, the caller goes the way above.
//!
//! On PostgreSQL a statement that waits for a row's lock goes on with what it saw of other tables
//! before it waited. So what must hold while the team is locked (which revision is live, which
//! logouts are remembered, what state the attempt is in) is never decided by the statement that
//! takes the lock: the write asks for it again, as a later statement.

mod accept;
mod find;
mod redeem;
mod start;

pub use accept::{
    AcceptQuery, Acceptance, AcceptedResponse, KnownPerson, LockedState, ProvisionedBy, accept, accept_in_one_call,
    lock_for_accept,
};
pub use find::{TeamAtSlug, at_slug, count_open_at_slug, with_request};
pub use redeem::{
    PresentedCode, RedeemedCode, RedeemedSession, TeamWithCode, lock_with_code, redeem, redeem_in_one_call,
};
pub use start::{OpenLimit, StartedAttempt, insert_started, start_in_one_call};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::error::{is_broken_connection, is_overtaken};
use crate::{Db, Result};

/// Runs a call, and answers with the row of what it wrote. `None`: it wrote nothing, perhaps since another
/// transaction was quicker. Or the connection broke, and nobody knows whether it did: whoever goes on without it
/// finds that out. Migrations add the functions that PostgreSQL calls, and no version that calls them runs before
/// these.
async fn one_call(db: &Db, texts: &SqlStatements, values: Vec<Value>) -> Result<Option<QueryResult>> {
    let connection = db.autocommit();
    match connection.query_one_raw(texts.with(&connection, values)).await {
        Err(error) if is_overtaken(&error) || is_broken_connection(&error) => Ok(None),
        result => Ok(result?),
    }
}

/// Runs a call that answers whether it has written.
async fn writes_in_one_call(db: &Db, texts: &SqlStatements, values: Vec<Value>) -> Result<bool> {
    let row = one_call(db, texts, values).await?;
    Ok(row.map(|row| row.try_get("", "is_written")).transpose()?.unwrap_or(false))
}

/// The text of a statement in both databases' dialects.
struct SqlStatements {
    sqlite: &'static str,
    postgres: &'static str,
}

impl SqlStatements {
    /// The text for a database, with values.
    fn with(&self, db: &impl ConnectionTrait, values: Vec<Value>) -> Statement {
        let backend = db.get_database_backend();
        let text = if backend == DbBackend::Sqlite { self.sqlite } else { self.postgres };
        Statement::from_sql_and_values(backend, text, values)
    }

    async fn all(&self, db: &impl ConnectionTrait, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        Ok(db.query_all_raw(self.with(db, values)).await?)
    }

    async fn one(&self, db: &impl ConnectionTrait, values: Vec<Value>) -> Result<Option<QueryResult>> {
        Ok(db.query_one_raw(self.with(db, values)).await?)
    }
}
