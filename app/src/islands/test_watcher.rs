//! Waits for a test sign-in that runs in another tab.

use std::time::Duration;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{RequestInit, Response};
use wasm_bindgen_futures::JsFuture;

use crate::api::setup::TestState;

const EVERY: Duration = Duration::from_secs(2);

/// Asks every two seconds, while the page is visible, how the latest test stands, and loads
/// the page anew when that is not what the page shows: `shown`, as the server writes it.
///
/// The answer is compared as text. Reading it into a type would bring every form's problems
/// and the calendar that they need into the WebAssembly: a third of its size.
#[island]
pub fn TestWatcher(slug: String, shown: String) -> impl IntoView {
    Effect::new(move || {
        let (slug, shown) = (slug.clone(), shown.clone());
        let ask = move || {
            if document().hidden() {
                return;
            }
            let (slug, shown) = (slug.clone(), shown.clone());
            spawn_local(async move {
                // what cannot be had now is asked for again
                if state(&slug).await.is_ok_and(|now| now.is_some_and(|now| now != shown)) {
                    // fails only where the page is being left anyway
                    let _ = window().location().reload();
                }
            });
        };
        // lives as long as the page does
        let _ = set_interval_with_handle(ask, EVERY);
    });
}

/// How the latest test stands, as the server writes it; `None` if it refuses to say.
async fn state(slug: &str) -> Result<Option<String>, JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    // a slug needs no encoding
    request.set_body(&leptos::web_sys::UrlSearchParams::new_with_str(&format!("slug={slug}"))?.into());
    let answer = JsFuture::from(window().fetch_with_str_and_init(TestState::url(), &request)).await?;
    let answer: Response = answer.dyn_into()?;
    if !answer.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(answer.text()?).await?.as_string())
}
