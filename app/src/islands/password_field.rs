//! A new password, as it is typed.

use std::time::Duration;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{HtmlInputElement, RequestInit, Response, UrlSearchParams};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;

use crate::api::password::PasswordStrength;

/// The minimum that the server asks for, in characters.
const MIN_LENGTH: usize = 12;
/// The maximum.
const MAX_LENGTH: usize = 128;
/// How long after the last key the server is asked.
const DEBOUNCE: Duration = Duration::from_millis(300);
/// What stands in a text for a number.
const NUMBER: char = '#';

/// What the field says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PasswordFieldText {
    /// The button that shows the password.
    pub show: String,
    /// The button that hides it.
    pub hide: String,
    /// What both do that to, for screen readers.
    pub toggle_label: String,
    /// How many characters are missing: `#`.
    pub too_short: String,
    /// How many are too many: `#`.
    pub too_long: String,
    /// Before the server has said how good it is.
    pub long_enough: String,
    /// The score is 0 to 2.
    pub easy: String,
    /// The score is 3.
    pub hard: String,
    /// The score is 4.
    pub very_hard: String,
}

/// A password input that can be shown. When the password is a new one it counts to the
/// minimum, and from there says how hard to guess it is: the server estimates that, since the
/// dictionaries it takes are many times the size of all our WebAssembly.
#[island]
pub fn PasswordField(
    /// The field's name and ID.
    name: String,
    /// Whether the password is being chosen, rather than typed again.
    new: bool,
    /// The value of `aria-describedby`.
    described_by: Option<String>,
    /// Whether the server refused it.
    invalid: bool,
    /// What the field says.
    text: PasswordFieldText,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let (ready, set_ready) = signal(false);
    let (shown, set_shown) = signal(false);
    let (length, set_length) = signal(0_usize);
    let (score, set_score) = signal(None::<u8>);
    Effect::new(move || set_ready.set(true));
    let mut ask_score = debounced_score(set_score);
    let look_at = StoredValue::new(move |input: HtmlInputElement| {
        let length = input.value().chars().count();
        set_length.set(length);
        set_score.set(None);
        if new && (MIN_LENGTH..=MAX_LENGTH).contains(&length) {
            ask_score(input);
        }
    });
    let look_at = move |input| look_at.update_value(|look_at| look_at(input));
    // what is typed before the WebAssembly has come counts, too
    input.on_load(look_at);
    let (show, hide, toggle_label) = (text.show.clone(), text.hide.clone(), text.toggle_label.clone());
    let hint = move || (new && length.get() > 0).then(|| hint(&text, length.get(), score.get()));
    view! {
        <div class="password">
            <input
                id=name.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=if new { "new-password" } else { "current-password" }
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
                node_ref=input
                on:input:target=move |event| look_at(event.target())
            />
            <button
                type="button"
                class="password__toggle link-button"
                hidden=move || !ready.get()
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| set_shown.update(|shown| *shown = !*shown)
            >
                {move || if shown.get() { hide.clone() } else { show.clone() }}
                <span class="visually-hidden">" " {toggle_label}</span>
            </button>
        </div>
        <meter
            class="password__meter"
            min="0"
            max="4"
            low="2.5"
            high="2.5"
            optimum="4"
            aria-hidden="true"
            hidden=move || score.get().is_none()
            value=move || score.get().unwrap_or_default().to_string()
        ></meter>
        <p class="field__hint" role="status" aria-live="polite">
            {hint}
        </p>
    }
}

/// Asks for the score of what stands in a field, some time after the last key.
fn debounced_score(set_score: WriteSignal<Option<u8>>) -> impl FnMut(HtmlInputElement) {
    debounce(DEBOUNCE, move |input: HtmlInputElement| {
        spawn_local(async move {
            let asked = input.value();
            let answer = strength(&asked).await.ok().flatten();
            // the answer to what stood there before says nothing about what stands there now
            if input.value() == asked {
                set_score.set(answer);
            }
        });
    })
}

fn hint(text: &PasswordFieldText, length: usize, score: Option<u8>) -> String {
    let counted = |text: &str, number: usize| text.replace(NUMBER, &number.to_string());
    match score {
        _ if length < MIN_LENGTH => counted(&text.too_short, MIN_LENGTH - length),
        _ if length > MAX_LENGTH => counted(&text.too_long, length - MAX_LENGTH),
        None => text.long_enough.clone(),
        Some(0..=2) => text.easy.clone(),
        Some(3) => text.hard.clone(),
        Some(_) => text.very_hard.clone(),
    }
}

/// What the server thinks of a password; `None` if it refuses to say.
async fn strength(password: &str) -> Result<Option<u8>, JsValue> {
    let form = UrlSearchParams::new()?;
    form.append("password", password);
    let email = document().get_element_by_id("email").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    form.append("email", &email.map(|field| field.value()).unwrap_or_default());
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&form.into());
    let answer = JsFuture::from(window().fetch_with_str_and_init(PasswordStrength::url(), &request)).await?;
    let answer: Response = answer.dyn_into()?;
    if !answer.ok() {
        return Ok(None);
    }
    let text = JsFuture::from(answer.text()?).await?.as_string();
    Ok(text.and_then(|text| text.parse().ok()))
}
