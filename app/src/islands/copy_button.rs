//! Copies a value.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long the button says that it has copied.
const CONFIRMATION_TIME: Duration = Duration::from_secs(2);

/// A button that copies `value` and says so. Without scripts, and where the browser gives no
/// clipboard (plain http on another machine), it is hidden: the value stands beside it.
#[island]
pub fn CopyButton(
    /// What is copied.
    value: String,
    /// What the value is, for screen readers.
    label: String,
    /// What the button says.
    copy: String,
    /// What it says once it has copied.
    copied: String,
    /// What screen readers hear then.
    announcement: String,
) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (done, set_done) = signal(false);
    Effect::new(move || set_ready.set(has_clipboard()));
    let on_click = move |_| {
        let written = window().navigator().clipboard().write_text(&value);
        spawn_local(async move {
            // where the browser forbids it nothing is claimed; the value can be selected
            if JsFuture::from(written).await.is_ok() {
                set_done.set(true);
                set_timeout(move || set_done.set(false), CONFIRMATION_TIME);
            }
        });
    };
    view! {
        <button type="button" class="copy__button button" hidden=move || !ready.get() on:click=on_click>
            {move || if done.get() { copied.clone() } else { copy.clone() }}
            <span class="visually-hidden">" " {label}</span>
        </button>
        <span class="visually-hidden" role="status">
            {move || done.get().then(|| announcement.clone())}
        </span>
    }
}

fn has_clipboard() -> bool {
    js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined())
}
