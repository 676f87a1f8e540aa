//! The portal over HTTP: the real router on a fresh database of either kind, with a clock
//! that the test sets and mail that stays in memory. One test program for all, since each
//! would be linked anew.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "in a test, failing is the point")]

mod harness;
mod idp;

mod accounts;
mod audit;
mod authn;
mod confirm;
mod decisions;
mod email_change;
mod entra_error;
mod error_pages;
mod factors;
mod findings;
mod grants;
mod hardening;
mod idp_initiated;
mod invitations;
mod kept_xml;
mod logout;
mod mail;
mod members;
mod metadata_url;
mod onboarding;
mod options;
mod passkeys;
mod passwords;
mod policy;
mod replaced_keys;
mod requests;
mod row_budgets;
mod second_opinion;
mod sessions;
mod setup;
mod sign_in_pages;
mod sign_on;
mod soak;
mod somebody_else;
mod spent_budgets;
mod support;
mod support_accounts;
mod team_files;
mod throttling;
mod uploads;
mod vendor_confirm;
mod vendor_grants;
mod vendor_sign_on;
