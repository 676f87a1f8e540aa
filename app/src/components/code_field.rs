//! The field for a code of the authenticator app.

use leptos::prelude::*;
use messages::text;
use model::FormState;

use super::form::TextField;

/// The field.
pub fn code_field(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextField
            form=form.clone()
            name="code"
            label=text!("code-field-label")
            hint=text!("code-field-label.hint")
            autocomplete="one-time-code"
        />
    }
}
