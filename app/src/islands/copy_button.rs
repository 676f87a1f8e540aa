//! Copies a value.

use std::time::Duration;

use leptos::prelude::*;

/// How long "Copied" stands.
const SAYS_COPIED: Duration = Duration::from_secs(2);

/// A button that copies `value` and says so. Without scripts it is hidden: the value stands
/// beside it.
#[island]
pub fn CopyButton(value: String, label: String) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (copied, set_copied) = signal(false);
    Effect::new(move || set_ready.set(true));
    let copy = move |_| {
        // the promise only fails where the browser forbids copying; the value can be selected then
        let _ = window().navigator().clipboard().write_text(&value);
        set_copied.set(true);
        set_timeout(move || set_copied.set(false), SAYS_COPIED);
    };
    view! {
        <button type="button" class="copy__button button" hidden=move || !ready.get() on:click=copy>
            {move || if copied.get() { "Copied" } else { "Copy" }}
            <span class="visually-hidden">" " {label}</span>
        </button>
        <span class="visually-hidden" role="status">
            {move || copied.get().then_some("Copied to the clipboard")}
        </span>
    }
}
