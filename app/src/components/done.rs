//! The notice that something was done.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::done::Done;
use crate::routes;

/// What the form that led here did, if one did. Messages about notes are shown beside the notes instead.
pub fn done_notice() -> impl IntoView {
    done_here().filter(|done| !Done::OF_NOTES.contains(done)).map(success)
}

/// The same beside the notes, where the browser stands after a note was written or deleted.
pub fn done_notice_of_notes() -> impl IntoView {
    done_here().filter(|done| Done::OF_NOTES.contains(done)).map(success)
}

fn done_here() -> Option<Done> {
    let code = use_query_map().read_untracked().get(routes::parameter::DONE).unwrap_or_default();
    Done::parse(&code)
}

fn success(done: Done) -> impl IntoView {
    view! {
        <div class="notice notice--success" role="status">
            <strong>{done.text()}</strong>
        </div>
    }
}
