//! `/login/second-factor`, the second step of signing in.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FactorChoice, FormState};

use super::query;
use crate::api::passkeys::{PasskeySecondFactor, StartPasskeySecondFactor};
use crate::api::second_factor::{EnterCode, UseRecoveryCode, load_second_factor};
use crate::components::code_field::code_field;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::mailed_link::support_link;
use crate::components::passkey::passkey_answer_form;
use crate::components::rich_text::rich_text;
use crate::routes;

/// The second step of signing in.
#[component]
pub fn SecondFactor() -> impl IntoView {
    // where to go on to: checked by the server when it goes there
    let next = query(routes::parameter::NEXT);
    let load = async { Ok((form_state("second_factor").await, load_second_factor().await?)) };
    let content = loaded(load, move |(form, choice)| {
        if let Some(choice) = choice {
            return Either::Left(factor_forms(&form, &choice, &next));
        }
        // signed in already, or waited too long
        crate::api::go_to(&routes::login((!next.is_empty()).then_some(&*next)));
        Either::Right(view! { <a href=routes::LOGIN>{text!("second-factor-sign-in-link")}</a> })
    });
    view! {
        <Page title=text!("second-factor-page-title") class="content--narrow">
            <h1>{text!("second-factor-title")}</h1>
            {content}
        </Page>
    }
}

fn factor_forms(form: &FormState, choice: &FactorChoice, next: &str) -> impl IntoView + use<> {
    let passkey = choice.passkey.then(|| {
        let label = text!("second-factor-passkey-button");
        passkey_answer_form(StartPasskeySecondFactor::url(), PasskeySecondFactor::url(), label, next)
    });
    let code = choice.totp.then(|| code_form(form, next));
    let recovery_code = choice.recovery_code.then(|| recovery_code_form(form, next));
    view! {
        <div class="stack">
            <p>{text!("second-factor-intro", email = choice.email.as_str())}</p>
            <ErrorSummary form=form.clone() />
            {code}
            {passkey}
            {recovery_code}
            <p>{rich_text("second-factor-lost", vec![("email", support_link())])}</p>
            <p>
                <a href=routes::LOGIN>{text!("second-factor-other-account-link")}</a>
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
                    {text!("second-factor-code-button")}
                </button>
            </div>
        </form>
    }
}

fn recovery_code_form(form: &FormState, next: &str) -> impl IntoView + use<> {
    let is_open = form.problem("recovery_code").is_some();
    let next = next.to_owned();
    view! {
        <details open=is_open>
            <summary>{text!("second-factor-recovery-code-title")}</summary>
            <form method="post" action=UseRecoveryCode::url() class="stack stack--tight" novalidate>
                <input type="hidden" name="next" value=next />
                <TextField
                    form=form.clone()
                    name="recovery_code"
                    label=text!("second-factor-recovery-code")
                    hint=text!("second-factor-recovery-code.hint")
                />
                <div class="form-actions">
                    <button type="submit" class="button">
                        {text!("second-factor-recovery-code-button")}
                    </button>
                </div>
            </form>
        </details>
    }
}
