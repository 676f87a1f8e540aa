//! Values to be copied into Entra.

use leptos::prelude::*;

use crate::islands::CopyButton;

/// A labelled value in full, with a button that copies it.
#[component]
pub fn Copy(
    /// What it is, in Entra's words.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! {
        <div class="copy">
            <span class="copy__label entra">{label.clone()}</span>
            <div class="copy__row">
                <code class="copy__value">{value.clone()}</code>
                <CopyButton value label />
            </div>
        </div>
    }
}
