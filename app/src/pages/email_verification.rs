//! `/signup/check-email`, and where the mailed link leads: `/verify-email?token=`.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::query;
use crate::api::accounts::{ResendVerification, VerifyEmail};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::mailed_link::{mail_folder_hint, support_link};
use crate::components::password_field::password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// That a link was mailed, and how to have it sent again.
#[component]
pub fn CheckEmail() -> impl IntoView {
    let resend = loaded(async { Ok(form_state("resend_verification").await) }, resend_form);
    view! {
        <Page title=text!("email-verification-sent-title") class="content--narrow">
            <h1>{text!("email-verification-sent-title")}</h1>
            {done_notice()}
            <p>{text!("email-verification-sent-text")}</p>
            {mail_folder_hint()}
            <p>{rich_text("email-verification-no-mail", vec![("email", support_link())])}</p>
            {resend}
            <p>
                <a href=routes::SIGN_UP>{text!("email-verification-other-address-link")}</a>
            </p>
        </Page>
    }
}

fn resend_form(form: FormState) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=ResendVerification::url() class="stack" novalidate>
            <TextField
                form=form
                name="email"
                label=text!("email-verification-resend")
                kind="email"
                autocomplete="username"
            />
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("email-verification-resend-button")}
                </button>
            </div>
        </form>
    }
}

/// Asks for one more click: programs that scan mail follow links, and must not use it up.
#[component]
pub fn EmailVerification() -> impl IntoView {
    let token = query("token");
    let form = loaded(async { Ok(form_state("verify_email").await) }, move |form| {
        let is_over = form.problem("").is_some() || token.is_empty();
        let confirm = (!is_over).then(|| verify_form(&form, token));
        view! {
            <ErrorSummary form=form.clone() />
            {confirm}
        }
    });
    let resend = view! { <a href=routes::CHECK_EMAIL>{text!("email-verification-new-link")}</a> };
    view! {
        <Page title=text!("email-verification-title") class="content--narrow">
            <h1>{text!("email-verification-title")}</h1>
            {form}
            <p>{rich_text("email-verification-newest", vec![("link", resend.into_any())])}</p>
        </Page>
    }
}

fn verify_form(form: &FormState, token: String) -> impl IntoView + use<> {
    view! {
        <p>{text!("email-verification-password")}</p>
        <form method="post" action=VerifyEmail::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            {password_field(form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("email-verification-button")}
                </button>
            </div>
        </form>
    }
}
