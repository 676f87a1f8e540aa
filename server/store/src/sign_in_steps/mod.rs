//! The steps that every sign-in takes, each as one read and one write of constant text, so that the
//! database prepares it once for all requests.
//!
//! A write has two texts where the databases differ: on PostgreSQL one statement of
//! data-modifying CTEs, of which each part rests on the one before; on SQLite, which has none of
//! these, statements one after the other that are sent at once, in a transaction that the caller
//! takes back where one of them did nothing. Everything that is rare goes through
//! [`crate::attempts`] and the other modules.
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
    AcceptQuery, Acceptance, AcceptedResponse, KnownPerson, LockedState, ProvisionedBy, accept, lock_for_accept,
};
pub use find::{TeamAtSlug, at_slug, count_open_at_slug, with_request};
pub use redeem::{RedeemedCode, TeamWithCode, lock_with_code, redeem};
pub use start::{StartedAttempt, insert_started};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::Result;

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
