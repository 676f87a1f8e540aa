//! A new password, as it is typed.

use std::time::Duration;

use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use leptos::web_sys::{HtmlInputElement, RequestInit, Response, UrlSearchParams};
use wasm_bindgen_futures::JsFuture;

use crate::api::password::PasswordStrength;

/// The minimum that the server asks for, in characters.
const MIN_LENGTH: usize = 12;
/// The maximum.
const MAX_LENGTH: usize = 128;
/// After the last key.
const ASK_AFTER: Duration = Duration::from_millis(300);

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
) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (shown, set_shown) = signal(false);
    let (length, set_length) = signal(0_usize);
    let (score, set_score) = signal(None::<u8>);
    Effect::new(move || set_ready.set(true));
    let mut ask = asking(set_score);
    let mut typed = move |input: HtmlInputElement| {
        let length = input.value().chars().count();
        set_length.set(length);
        set_score.set(None);
        if new && (MIN_LENGTH..=MAX_LENGTH).contains(&length) {
            ask(input);
        }
    };
    let words = move || (new && length.get() > 0).then(|| words(length.get(), score.get()));
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
                on:input:target=move |event| typed(event.target())
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
            {words}
        </p>
    }
}

/// Asks for the score of what stands in a field, some time after the last key.
fn asking(set_score: WriteSignal<Option<u8>>) -> impl FnMut(HtmlInputElement) {
    debounce(ASK_AFTER, move |input: HtmlInputElement| {
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

fn words(length: usize, score: Option<u8>) -> String {
    match score {
        _ if length < MIN_LENGTH => format!("{} more characters", MIN_LENGTH - length),
        _ if length > MAX_LENGTH => format!("{} characters too many", length - MAX_LENGTH),
        None => "Long enough".to_owned(),
        Some(0..=2) => "Easy to guess: add words that do not belong together".to_owned(),
        Some(3) => "Hard to guess".to_owned(),
        Some(_) => "Very hard to guess".to_owned(),
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
