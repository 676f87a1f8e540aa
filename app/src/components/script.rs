//! Our own scripts in a page. Which code is a script and which is an island:
//! `docs/decisions/0035-islands-or-scripts.md`.

use leptos::prelude::*;

/// A script of `app/assets/`, with this document's nonce. To be named once a page.
pub fn module_script(address: &'static str) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce().map(|nonce| nonce.to_string());
    view! { <script type="module" src=address nonce=nonce></script> }
}
