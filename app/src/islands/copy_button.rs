//! Copies a value.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long "Copied" stands.
const SAYS_COPIED: Duration = Duration::from_secs(2);

/// A button that copies `value` and says so. Without scripts, and where the browser gives no
/// clipboard (plain http on another machine), it is hidden: the value stands beside it.
#[island]
pub fn CopyButton(value: String, label: String) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (copied, set_copied) = signal(false);
    Effect::new(move || set_ready.set(has_clipboard()));
    let copy = move |_| {
        let written = window().navigator().clipboard().write_text(&value);
        spawn_local(async move {
            // where the browser forbids it nothing is claimed; the value can be selected
            if JsFuture::from(written).await.is_ok() {
                set_copied.set(true);
                set_timeout(move || set_copied.set(false), SAYS_COPIED);
            }
        });
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

fn has_clipboard() -> bool {
    js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined())
}
