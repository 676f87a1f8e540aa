//! A new password, as it is typed.

use leptos::prelude::*;

/// The minimum that the server asks for, in characters.
const MIN_LENGTH: usize = 12;

/// A password input that can be shown, and that counts to the minimum when the password is a
/// new one.
#[island]
pub fn PasswordField(
    /// Whether the password is being chosen, rather than typed again.
    new: bool,
    /// The value of `aria-describedby`.
    described_by: Option<String>,
    /// Whether the server refused it.
    invalid: bool,
) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (shown, set_shown) = signal(false);
    let (length, set_length) = signal(0_usize);
    Effect::new(move || set_ready.set(true));
    let counter = move || {
        let length = length.get();
        (new && length > 0).then(|| {
            if length < MIN_LENGTH {
                format!("{} more characters", MIN_LENGTH - length)
            } else {
                "Long enough".to_owned()
            }
        })
    };
    view! {
        <div class="password">
            <input
                id="password"
                name="password"
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=if new { "new-password" } else { "current-password" }
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
                on:input:target=move |event| set_length.set(event.target().value().chars().count())
            />
            <button
                type="button"
                class="password__toggle link-button"
                hidden=move || !ready.get()
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| set_shown.update(|shown| *shown = !*shown)
            >
                {move || if shown.get() { "Hide" } else { "Show" }}
                <span class="visually-hidden">" password"</span>
            </button>
        </div>
        <p class="field__hint" role="status">
            {counter}
        </p>
    }
}
