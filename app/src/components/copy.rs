//! Values to be copied into Entra.

use leptos::prelude::*;
use messages::text;

use super::line_breaks::breakable;
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
                <code class="copy__value">{breakable(&value)}</code>
                {copy_button(value, label)}
            </div>
        </div>
    }
}

/// A button that copies `value`; `label` says which value that is.
pub fn copy_button(value: String, label: String) -> impl IntoView {
    view! {
        <CopyButton value label copy=text!("common-copy") copied=text!("common-copied") announcement=text!("form-copied-to-clipboard") />
    }
}
