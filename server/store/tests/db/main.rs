//! The connections to a database: who reads and who writes, what a transaction holds.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, failing is the point")]

mod connections;
mod group_commit;
mod rows;
mod single_writes;
