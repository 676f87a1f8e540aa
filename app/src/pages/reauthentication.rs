//! `/account/reauthenticate`: proving again who one is before something sensitive.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FactorChoice, FormState};

use super::query;
use crate::api::passkeys::{ReauthenticateWithPasskey, StartPasskeyReauthentication};
use crate::api::reauthentication::{ReauthenticateWithPassword, load_reauthentication};
use crate::components::code_field::code_field;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::passkey::passkey_answer_form;
use crate::components::password_field::password_field;
use crate::routes;

/// Asks for a proof of who one is.
#[component]
pub fn Reauthentication() -> impl IntoView {
    let next = query(routes::parameter::NEXT);
    let load = async {
        let choice = load_reauthentication().await?;
        Ok((form_state("reauthentication").await, choice))
    };
    let content = loaded(load, move |(form, choice)| match &choice.sign_on {
        Some(sign_on) => Either::Left(sign_in_again(sign_on, &next)),
        None => Either::Right(own_credentials(&form, &choice, &next)),
    });
    view! {
        <Page title=text!("reauthentication-title") class="content--narrow">
            <h1>{text!("reauthentication-title")}</h1>
            <p>{text!("reauthentication-intro")}</p>
            {content}
        </Page>
    }
}

/// For accounts with credentials here.
fn own_credentials(form: &FormState, choice: &FactorChoice, next: &str) -> impl IntoView + use<> {
    let passkey = choice.passkey.then(|| {
        let label = text!("reauthentication-passkey-button");
        passkey_answer_form(StartPasskeyReauthentication::url(), ReauthenticateWithPasskey::url(), label, next)
    });
    // who has passkeys only uses one of them
    let password = (choice.totp || !choice.passkey).then(|| password_form(form, choice, next));
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            {password}
            {passkey}
        </div>
    }
}

fn password_form(form: &FormState, choice: &FactorChoice, next: &str) -> impl IntoView + use<> {
    let code = choice.totp.then(|| code_field(form));
    view! {
        <form method="post" action=ReauthenticateWithPassword::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="next" value=next.to_owned() />
            // tells password managers whose password this is
            <input type="hidden" name="email" value=choice.email.to_string() autocomplete="username" />
            {password_field(form)}
            {code}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("reauthentication-button")}
                </button>
            </div>
        </form>
    }
}

/// For accounts without credentials here: a new sign-in is the proof.
fn sign_in_again(sign_on: &str, next: &str) -> impl IntoView + use<> {
    view! {
        <div class="stack">
            <p>{text!("reauthentication-federated")}</p>
            <div class="form-actions">
                <a class="button button--primary" href=routes::sign_on_again(sign_on, next)>
                    {text!("reauthentication-sign-in-button")}
                </a>
            </div>
        </div>
    }
}
