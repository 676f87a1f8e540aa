//! `/login`

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;

use super::{notice, query};
use crate::api::accounts::SignIn;
use crate::api::passkeys::{SignInWithPasskey, StartPasskeySignIn};
use crate::components::form::{ErrorSummary, TextField, described_by, field_problem, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::passkey::{PasskeyForm, Wanted};
use crate::components::password::password_input;
use crate::routes;

/// Sign in with e-mail and password, or with a passkey.
#[component]
pub fn Login() -> impl IntoView {
    // where to go on to: checked by the server when it goes there
    let next = query("next");
    let form = loaded(async { Ok(form_state("sign_in").await) }, move |form| sign_in_form(form, next));
    let done = notice(match query("done").as_str() {
        "reset" => Some("Your password is changed. Sign in with it."),
        "email" => Some("Your e-mail address is changed. Sign in with it."),
        "undone" => Some("The change is undone. We have mailed you a link to choose a new password."),
        _ => None,
    });
    view! {
        <Page title="Sign in" class="content--narrow">
            <h1>"Sign in"</h1>
            {done}
            {form}
            <p>
                <a href=routes::FORGOT>"Forgot your password?"</a>
            </p>
            <p>"No account yet? " <a href=routes::SIGN_UP>"Set up your team"</a></p>
            <p>
                "Looking for your company's sign-in? " <a href="/sso">"Sign in with single sign-on"</a>
            </p>
        </Page>
    }
}

fn sign_in_form(form: FormState, next: String) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=SignIn::url() class="stack" novalidate>
            <input type="hidden" name="next" value=next.clone() />
            <TextField form=form.clone() name="email" label="E-mail address" kind="email" autocomplete="username" />
            {password(&form, false)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Sign in"
                </button>
            </div>
        </form>
        <PasskeyForm
            wanted=Wanted::Get
            start=StartPasskeySignIn::url()
            action=SignInWithPasskey::url()
            label="Sign in with a passkey"
        >
            <input type="hidden" name="next" value=next />
        </PasskeyForm>
    }
}

/// The password field; a new one says what it must be.
pub fn password(form: &FormState, new: bool) -> impl IntoView + use<> {
    password_field(form, "password", "Password", new)
}

/// A password field of any name.
pub fn password_field(form: &FormState, name: &'static str, label: &'static str, new: bool) -> impl IntoView + use<> {
    let described_by = described_by(form, name, new);
    let invalid = form.problem(name).is_some();
    let hint = new.then(|| {
        view! {
            <p class="field__hint" id=format!("{name}-hint")>
                "At least 12 characters. A few words are easier to remember than symbols."
            </p>
        }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint}
            {field_problem(form, name)}
            {password_input(name, new, described_by, invalid)}
        </div>
    }
}
