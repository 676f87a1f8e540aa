//! The password field with its text.

use leptos::prelude::*;
use messages::text;

use crate::islands::{PasswordField, PasswordFieldText};

/// A password input that can be shown; a new one is judged as it is typed.
pub fn password_input(name: &str, new: bool, described_by: Option<String>, invalid: bool) -> impl IntoView + use<> {
    let text = PasswordFieldText {
        show: text!("form-password-show"),
        hide: text!("form-password-hide"),
        toggle_label: text!("form-password-toggle-label"),
        // the island counts: it puts its number where the mark stands
        too_short: text!("form-password-too-short", count = "#"),
        too_long: text!("form-password-too-long", count = "#"),
        long_enough: text!("form-password-long-enough"),
        easy: text!("form-password-easy"),
        hard: text!("form-password-hard"),
        very_hard: text!("form-password-very-hard"),
    };
    view! { <PasswordField name=name.to_owned() new described_by invalid text /> }
}
