//! The portal over HTTP: the real router on a fresh database of either kind, with a clock
//! that the test sets and mail that stays in memory. One test program for all, since each
//! would be linked anew.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "in a test, failing is the point")]

mod harness;
mod idp;

mod accounts;
mod confirm;
mod factors;
mod hardening;
mod idp_initiated;
mod logout;
mod options;
mod passkeys;
mod sessions;
mod setup;
mod sign_on;
mod support;
mod team_files;
