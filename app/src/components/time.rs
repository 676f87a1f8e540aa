//! Moments and dates: in UTC from the server, in the viewer's zone once scripts run.

use leptos::prelude::*;
use model::Timestamp;

/// A moment.
pub fn moment(at: Timestamp) -> impl IntoView {
    let machine = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    view! { <time datetime=machine>{utc(at)}</time> }
}

/// A moment in UTC, as text.
pub fn utc(at: Timestamp) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

/// A day.
pub fn day(at: Timestamp) -> impl IntoView {
    view! { <time datetime=at.format("%Y-%m-%d").to_string()>{at.format("%-d %B %Y").to_string()}</time> }
}
