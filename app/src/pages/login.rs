//! `/login`

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::query;
use crate::api::accounts::SignIn;
use crate::api::passkeys::{SignInWithPasskey, StartPasskeySignIn};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::passkey::{PasskeyForm, PasskeyRequest};
use crate::components::password_field::password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// Sign in with e-mail and password, or with a passkey.
#[component]
pub fn Login() -> impl IntoView {
    // where to go on to: checked by the server when it goes there
    let next = query(routes::parameter::NEXT);
    let form = loaded(async { Ok(form_state("sign_in").await) }, move |form| sign_in_form(form, next));
    let sign_up = view! { <a href=routes::SIGN_UP>{text!("login-sign-up-link")}</a> };
    let sso = view! { <a href=routes::sign_on(None)>{text!("login-sso-link")}</a> };
    view! {
        <Page title=text!("login-title") class="content--narrow">
            <h1>{text!("login-title")}</h1>
            {done_notice()}
            {form}
            <p>
                <a href=routes::FORGOT_PASSWORD>{text!("login-forgot-password-link")}</a>
            </p>
            <p>{rich_text("login-sign-up", vec![("link", sign_up.into_any())])}</p>
            <p>{rich_text("login-sso", vec![("link", sso.into_any())])}</p>
        </Page>
    }
}

fn sign_in_form(form: FormState, next: String) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=SignIn::url() class="stack" novalidate>
            <input type="hidden" name="next" value=next.clone() />
            <TextField
                form=form.clone()
                name="email"
                label=text!("login-email")
                missing=text!("login-email.missing")
                kind="email"
                autocomplete="username"
            />
            {password_field(&form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("login-button")}
                </button>
            </div>
        </form>
        <PasskeyForm
            request=PasskeyRequest::Get
            start=StartPasskeySignIn::url()
            action=SignInWithPasskey::url()
            label=text!("login-passkey-button")
        >
            <input type="hidden" name="next" value=next />
        </PasskeyForm>
    }
}
