//! The store: entities and queries, one file per aggregate.
//!
//! Functions take `&impl ConnectionTrait`, so that they run on a connection or inside a
//! transaction ([`Db::begin`]); whoever calls decides what belongs together. Every query on
//! behalf of a team names the team: no function finds a team's row by its own ID alone.
//!
//! To add an aggregate: a migration, an entity under `entities/`, a query file here, and a
//! test in `tests/` that runs on both databases.

pub mod accounts;
pub mod attempt_documents;
pub mod attempt_events;
pub mod attempts;
pub mod audit;
mod db;
pub mod devices;
pub mod email_changes;
#[expect(missing_docs, reason = "the migrations document tables and columns")]
pub mod entities;
mod error;
mod finding_values;
pub mod forms;
pub mod invitations;
pub mod limits;
pub mod logouts;
pub mod members;
pub mod outbox;
pub mod passkeys;
pub mod people;
pub mod recovery_codes;
pub mod remembered_logouts;
pub mod revisions;
pub mod sealed_values;
pub mod sessions;
pub mod sign_ins;
pub mod sign_outs;
pub mod sp_keys;
pub mod staff;
pub mod sweep;
pub mod swept_attempts;
pub mod teams;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tokens;
pub mod totp;

pub use db::{Db, Tx, commit};
pub use error::Error;
pub use sea_orm::ConnectionTrait;

type Result<T> = std::result::Result<T, Error>;

/// A moment in UTC.
pub type Timestamp = model::Timestamp;
