//! The notice that something was done.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::done::Done;

/// What the form that led here did, if one did.
pub fn done_notice() -> impl IntoView {
    let code = use_query_map().read_untracked().get("done").unwrap_or_default();
    Done::parse(&code).map(|done| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{done.text()}</strong>
            </div>
        }
    })
}
