//! The portal over HTTP: the real router on a fresh database of either kind, with a clock
//! that the test sets and mail that stays in memory. One test program for all, since each
//! would be linked anew.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "in a test, failing is the point")]

mod harness;
mod idp;

mod accounts;
mod application_logos;
mod applications;
mod attempt_pages;
mod attempt_xml;
mod audit;
mod authn;
mod busy;
mod confirm;
mod crash;
mod decisions;
mod email_change;
mod error_pages;
mod factors;
mod finding_text;
mod findings;
mod grants;
mod hardening;
mod identity_provider;
mod idp_error;
mod idp_initiated;
mod interstitial;
mod invitations;
mod login_url;
mod logout;
mod mail;
mod mail_previews;
mod members;
mod metadata_url;
mod onboarding;
mod openid;
mod options;
mod passkeys;
mod passwords;
mod people;
mod policy;
mod replaced_keys;
mod replicas;
mod requests;
mod review_assignment;
mod review_thread;
mod row_budgets;
mod second_opinion;
mod sessions;
mod setup;
mod sign_in;
mod soak;
mod spans;
mod spent_budgets;
mod support;
mod support_accounts;
mod support_grants;
mod support_overview;
mod support_reauthentication;
mod support_sign_in;
mod support_teams;
mod team_files;
mod team_notes;
mod throttling;
mod uploads;
