//! `/login/factor`, the second step of signing in, and `/account/confirm`, which asks again
//! who one is before something sensitive.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{FactorChoice, FormState};

use super::login::password;
use super::query;
use crate::api::passkeys::{ConfirmWithPasskey, PasskeySecondFactor, StartPasskeyConfirm, StartPasskeySecondFactor};
use crate::api::prove::{Confirm, EnterCode, UseRecoveryCode, load_confirm, load_second_factor};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::passkey::{PasskeyForm, Wanted};
use crate::routes;

/// The second step of signing in.
#[component]
pub fn SecondFactor() -> impl IntoView {
    // where to go on to: checked by the server when it goes there
    let next = query("next");
    let load = async { Ok((form_state("second_factor").await, load_second_factor().await?)) };
    let content = loaded(load, move |(form, choice)| {
        if let Some(choice) = choice {
            return Either::Left(ways(&form, &choice, &next));
        }
        // signed in already, or waited too long
        #[cfg(feature = "ssr")]
        crate::api::go_to(&routes::login((!next.is_empty()).then_some(&*next)));
        Either::Right(view! { <a href=routes::LOGIN>"Sign in"</a> })
    });
    view! {
        <Page title="Second factor" class="content--narrow">
            <h1>"One more step"</h1>
            {content}
        </Page>
    }
}

fn ways(form: &FormState, choice: &FactorChoice, next: &str) -> impl IntoView + use<> {
    let next = next.to_owned();
    let passkey = choice.passkey.then(|| {
        let next = next.clone();
        view! {
            <PasskeyForm
                wanted=Wanted::Get
                start=StartPasskeySecondFactor::url()
                action=PasskeySecondFactor::url()
                label="Use a passkey"
            >
                <input type="hidden" name="next" value=next />
            </PasskeyForm>
        }
    });
    let code = choice.totp.then(|| code_form(form, &next));
    let support = brand().support_email;
    view! {
        <div class="stack">
            <p>"Your password was right. Now prove with something you have that it is you: " {choice.email.to_string()}</p>
            <ErrorSummary form=form.clone() />
            {code}
            {passkey}
            {choice.recovery_code.then(|| recovery(form, &next))}
            <p>
                "Lost everything? Write to " <a href=format!("mailto:{support}")>{support.clone()}</a> ". "
                <a href=routes::LOGIN>"Sign in as somebody else"</a>
            </p>
        </div>
    }
}

fn code_form(form: &FormState, next: &str) -> impl IntoView + use<> {
    let next = next.to_owned();
    view! {
        <form method="post" action=EnterCode::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="next" value=next />
            {code_field(form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Sign in"
                </button>
            </div>
        </form>
    }
}

fn code_field(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextField
            form=form.clone()
            name="code"
            label="Code"
            hint="The six digits that your authenticator app shows."
            autocomplete="one-time-code"
        />
    }
}

fn recovery(form: &FormState, next: &str) -> impl IntoView + use<> {
    let open = form.problem("recovery_code").is_some();
    let next = next.to_owned();
    view! {
        <details open=open>
            <summary>"Use a recovery code"</summary>
            <form method="post" action=UseRecoveryCode::url() class="stack stack--tight" novalidate>
                <input type="hidden" name="next" value=next />
                <TextField
                    form=form.clone()
                    name="recovery_code"
                    label="Recovery code"
                    hint="One of the ten that you kept. It works once; we mail you that it was used."
                />
                <div class="form-actions">
                    <button type="submit" class="button">
                        "Sign in with a recovery code"
                    </button>
                </div>
            </form>
        </details>
    }
}

/// Asks again who one is.
#[component]
pub fn ConfirmAgain() -> impl IntoView {
    let next = query("next");
    let load = async {
        let choice = load_confirm().await?;
        Ok((form_state("confirm").await, choice))
    };
    let content = loaded(load, move |(form, choice)| confirm_ways(&form, &choice, &next));
    view! {
        <Page title="Confirm that it is you" class="content--narrow">
            <h1>"Confirm that it is you"</h1>
            <p>
                "What you are about to do matters, and some time has passed since you last proved who you are. Then you go on where you were; what you typed is still there."
            </p>
            {content}
        </Page>
    }
}

fn confirm_ways(form: &FormState, choice: &FactorChoice, next: &str) -> impl IntoView + use<> {
    let next = next.to_owned();
    let passkey = choice.passkey.then(|| {
        let next = next.clone();
        view! {
            <PasskeyForm
                wanted=Wanted::Get
                start=StartPasskeyConfirm::url()
                action=ConfirmWithPasskey::url()
                label="Confirm with a passkey"
            >
                <input type="hidden" name="next" value=next />
            </PasskeyForm>
        }
    });
    // who has passkeys only confirms with one of them
    let with_password = (choice.totp || !choice.passkey).then(|| {
        let next = next.clone();
        let code = choice.totp.then(|| code_field(form));
        view! {
            <form method="post" action=Confirm::url() class="stack stack--tight" novalidate>
                <input type="hidden" name="next" value=next />
                <input type="hidden" name="email" value=choice.email.to_string() autocomplete="username" />
                {password(form, false)}
                {code}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Confirm"
                    </button>
                </div>
            </form>
        }
    });
    if let Some(sign_on) = &choice.sign_on {
        return Either::Left(sign_in_again(sign_on, &next));
    }
    Either::Right(view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            {with_password}
            {passkey}
        </div>
    })
}

/// For accounts without credentials here: a new sign-in is the proof.
fn sign_in_again(sign_on: &str, next: &str) -> impl IntoView + use<> {
    view! {
        <div class="stack">
            <p>"Your account signs in through your company's identity provider: sign in there again."</p>
            <div class="form-actions">
                <a class="button button--primary" href=routes::sign_on_again(sign_on, next)>
                    "Sign in again"
                </a>
            </div>
        </div>
    }
}
