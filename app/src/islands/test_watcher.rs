//! Waits for a test sign-in that runs in another tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::setup::test_state;

const EVERY: Duration = Duration::from_secs(2);

/// Asks every two seconds, while the page is visible, how the latest test stands, and loads
/// the page anew when that is not what the page shows.
#[island]
pub fn TestWatcher(slug: String, shown: Option<(String, bool)>) -> impl IntoView {
    Effect::new(move || {
        let (slug, shown) = (slug.clone(), shown.clone());
        let ask = move || {
            if document().hidden() {
                return;
            }
            let (slug, shown) = (slug.clone(), shown.clone());
            spawn_local(async move {
                if test_state(slug).await.is_ok_and(|now| now != shown) {
                    // fails only where the page is being left anyway
                    let _ = window().location().reload();
                }
            });
        };
        // lives as long as the page does
        let _ = set_interval_with_handle(ask, EVERY);
    });
}
