//! Password fields.

use leptos::prelude::*;
use messages::text;
use model::FormState;

use super::form::{described_by, field_problem, set_missing_text};
use super::password::password_input;

/// The field for a password that one has.
pub fn password_field(form: &FormState) -> impl IntoView + use<> {
    named_password_field(form, "password", text!("password-label"), false)
}

/// The field for a password that is being chosen: it says what it must be.
pub fn new_password_field(form: &FormState) -> impl IntoView + use<> {
    named_password_field(form, "password", text!("password-label"), true)
}

/// A password field of any name.
pub fn named_password_field(
    form: &FormState,
    name: &'static str,
    label: String,
    is_new: bool,
) -> impl IntoView + use<> {
    set_missing_text(form, name, || text!("form-missing", label = label.as_str()));
    let described_by = described_by(form, name, is_new);
    let invalid = form.problem(name).is_some();
    let hint = is_new.then(|| {
        view! {
            <p class="field__hint" id=format!("{name}-hint")>
                {text!("password-label.hint")}
            </p>
        }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint}
            {field_problem(form, name)}
            {password_input(name, is_new, described_by, invalid)}
        </div>
    }
}
