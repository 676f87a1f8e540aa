//! One file a page.

pub mod account;
pub mod applications;
pub mod attempt;
pub mod attempts;
pub mod audit;
pub mod connection;
pub mod email_change;
pub mod email_verification;
pub mod first_support_account;
pub mod help_findings;
pub mod home;
pub mod idp_error;
pub mod invitation;
pub mod login;
pub mod members;
pub mod new_team;
pub mod not_found;
pub mod onboarding;
mod onboarding_links;
pub mod password_change;
pub mod password_reset;
pub mod people;
pub mod person;
pub mod reauthentication;
pub mod recovery_codes;
pub mod second_factor;
pub mod security;
pub mod sessions;
pub mod setup;
pub mod sign_up;
pub mod support_accounts;
pub mod support_bulk;
pub mod support_overview;
pub mod support_team;
pub mod support_teams;
pub mod team;
pub mod team_sessions;
pub mod team_settings;
pub mod totp_setup;
pub mod undelivered_mail;
mod vendor_team;
pub mod xml;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A part of the page's address.
fn param(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// Whether the page's query has this value, be it empty.
fn has_query(name: &str) -> bool {
    use_query_map().read_untracked().get_str(name).is_some()
}

/// A value of the page's query.
fn query(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}
