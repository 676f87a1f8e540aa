//! `/signup/check-email`, and where the mailed link leads: `/verify-email?token=`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::query;
use crate::api::accounts::{ResendVerification, VerifyEmail, address_to_verify};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::line_breaks::heading;
use crate::components::load::loaded;
use crate::components::mailed_link::{expired_link, mail_folder_hint, support_link};
use crate::components::password_field::new_password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// That a link was mailed, and how to have it sent again.
#[component]
pub fn CheckEmail() -> impl IntoView {
    let resend = loaded(async { Ok(form_state("resend_verification").await) }, resend_form);
    view! {
        <Page title=text!("email-verification-sent-title") class="content--narrow">
            <h1>{heading(&text!("email-verification-sent-title"))}</h1>
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

/// Asks for a password. Opening the page does not use the link up: programs that scan mail follow links.
#[component]
pub fn EmailVerification() -> impl IntoView {
    let token = query(routes::parameter::TOKEN);
    let load = {
        let token = token.clone();
        async move { Ok((address_to_verify(token).await?, form_state("verify_email").await)) }
    };
    let content = loaded(load, move |(address, form)| match address {
        Some(address) => Either::Left(password_form(&form, token, address)),
        None => Either::Right(expired()),
    });
    view! {
        <Page title=text!("email-verification-title") class="content--narrow">
            <h1>{text!("email-verification-title")}</h1>
            {content}
        </Page>
    }
}

fn password_form(form: &FormState, token: String, address: String) -> impl IntoView + use<> {
    let confirmed = address.clone();
    let confirmed = view! { <strong>{confirmed}</strong> };
    view! {
        <ErrorSummary form=form.clone() />
        <p>{rich_text("email-verification-password", vec![("address", confirmed.into_any())])}</p>
        <form method="post" action=VerifyEmail::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <input type="hidden" name="username" autocomplete="username" value=address />
            {new_password_field(form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("email-verification-button")}
                </button>
            </div>
        </form>
    }
}

fn expired() -> impl IntoView {
    let sign_in = view! { <a href=routes::LOGIN>{text!("email-verification-sign-in-link")}</a> };
    view! {
        {expired_link(text!("email-verification-newest"))}
        <p>
            <a href=routes::CHECK_EMAIL class="button button--primary">
                {text!("email-verification-new-link")}
            </a>
        </p>
        <p>{rich_text("email-verification-confirmed-already", vec![("link", sign_in.into_any())])}</p>
    }
}
