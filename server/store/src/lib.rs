//! The store: entities and queries, one file per aggregate.
//!
//! Functions take `&impl ConnectionTrait`, so that they run on a connection that reads
//! ([`Db::connection`]), one that writes ([`Db::autocommit`]) or inside a transaction
//! ([`Db::begin`]); whoever calls decides what belongs together. Every query on
//! behalf of a team names the team: no function finds a team's row by its own ID alone.
//!
//! Rows leave as plain structs with typed fields, made from an entity's model by `row!`;
//! `entities` is private but for tests.
//!
//! To add an aggregate: a migration, an entity under `entities/`, a query file here, and a
//! test in `tests/` that runs on both databases.

pub mod account_sessions;
pub mod accounts;
pub mod application_logos;
pub mod applications;
pub mod attempt_days;
pub mod attempt_documents;
pub mod attempt_events;
pub mod attempt_limits;
pub mod attempt_list;
pub mod attempts;
pub mod audit;
pub mod authorizations;
pub mod backchannel_logouts;
pub mod client_assertions;
mod code;
mod column_values;
pub mod consumed_assertions;
mod db;
pub mod demo_data;
pub mod email_changes;
#[cfg(feature = "testing")]
#[expect(missing_docs, reason = "the migrations document tables and columns")]
pub mod entities;
#[cfg(not(feature = "testing"))]
mod entities;
mod error;
pub mod federated_sessions;
mod finding_values;
pub mod form_states;
pub mod invitations;
mod keyset;
pub mod known_devices;
pub mod limits;
pub mod members;
pub mod one_time_tokens;
pub mod outbox;
pub mod passkeys;
pub mod people;
pub mod people_list;
pub mod person_attempts;
pub mod person_erasure;
pub mod pushed_requests;
pub mod received_logouts;
pub mod recovery_codes;
pub mod review_messages;
mod revision;
pub mod revisions;
mod row;
pub mod saved_team_views;
pub mod sealed_values;
pub mod sent_logout_requests;
pub mod shared_connections;
pub mod sign_in_days;
pub mod sign_in_steps;
pub mod signing_keys;
pub mod sp_keys;
pub mod support_accounts;
pub mod support_overview;
pub mod sweep;
pub mod team_activity;
pub mod team_index;
pub mod team_list;
pub mod team_notes;
pub mod team_reviewers;
pub mod teams;
#[cfg(feature = "testing")]
pub mod testing;
mod text_search;
pub mod totp_secrets;
pub mod viewed_teams;

pub use code::Code;
pub use db::{Autocommit, Db, DbOptions, ReadPool, Tx, commit};
pub use error::Error;
pub use keyset::ListPosition;
pub use sea_orm::ConnectionTrait;

type Result<T> = std::result::Result<T, Error>;

/// A moment in UTC.
pub type Timestamp = model::Timestamp;
