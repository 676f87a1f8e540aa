//! One file a page.

pub mod account;
pub mod attempt;
pub mod attempts;
pub mod audit;
pub mod email;
pub mod entra_error;
pub mod factor_setup;
pub mod forgot;
pub mod home;
pub mod invite;
pub mod login;
pub mod members;
pub mod not_found;
pub mod onboard;
pub mod password;
pub mod prove;
pub mod security;
pub mod sessions;
pub mod setup;
pub mod sign_up;
pub mod staff;
pub mod support;
pub mod support_mail;
pub mod support_team;
mod support_vendor;
pub mod team;
pub mod team_sessions;
pub mod verify;
pub mod xml;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// A part of the page's address.
fn param(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// A value of the page's query.
fn query(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}

/// What was done on the page before, said once: the address carries a word, the page knows
/// what it means.
fn notice(words: Option<&'static str>) -> impl IntoView {
    words.map(|words| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{words}</strong>
            </div>
        }
    })
}
