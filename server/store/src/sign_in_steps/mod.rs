//! The steps that every sign-in takes, each as one read and one write of constant text, so that the
//! database prepares it once for all requests.
//!
//! A write has two texts where the databases differ: on PostgreSQL one statement of
//! data-modifying CTEs, of which each part rests on the one before; on SQLite, which has none of
//! these, statements one after the other that are sent at once, in a transaction that the caller
//! takes back where one of them did nothing. Everything that is rare goes through
//! [`crate::attempts`] and the other modules.
//!
//! The usual case of a step is one call on PostgreSQL, without a transaction around it (`…_in_one_call`):
//! a function of the database locks the team (where the step does), asks what must hold and writes, each as a
//! statement of its own. Where the call has written nothing, the caller goes the way above.
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

/// Whether the database has the functions that the calls need. Migrations add them, and no version that
/// calls them runs before these.
#[must_use]
pub fn has_functions(db: &Db) -> bool {
    db.connection().get_database_backend() == DbBackend::Postgres
}

/// Calls a function. `None`: it wrote nothing, since another transaction was quicker. Or the connection
/// broke, and nobody knows whether it did: whoever goes on without it finds that out.
async fn call(db: &Db, text: &str, values: Vec<Value>) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, text, values);
    match db.autocommit().query_one_raw(statement).await {
        Err(error) if is_overtaken(&error) || is_broken_connection(&error) => Ok(None),
        result => Ok(result?),
    }
}

/// Calls a function that answers whether it has written.
async fn call_writes(db: &Db, text: &str, values: Vec<Value>) -> Result<bool> {
    let row = call(db, text, values).await?;
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
