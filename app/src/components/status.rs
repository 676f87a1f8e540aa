//! States in words and shape.

use leptos::prelude::*;
use model::TeamStatus;

/// A team's status.
pub fn team_status(status: TeamStatus) -> impl IntoView {
    view! {
        <span class="badge" data-status=status.as_str()>
            {status.words()}
        </span>
    }
}

/// Any other state: `status` chooses the looks, `words` are read.
pub fn badge(status: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <span class="badge" data-status=status>
            {words}
        </span>
    }
}
