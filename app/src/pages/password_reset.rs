//! `/forgot-password`, and where the mailed link leads: `/reset-password?token=`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::query;
use crate::api::password::{ForgotPassword, ResetPassword, password_reset_open};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::line_breaks::heading;
use crate::components::load::loaded;
use crate::components::mailed_link::{expired_link, mail_folder_hint, support_link};
use crate::components::password_field::named_password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// Asks for the address to mail a link to.
#[component]
pub fn PasswordResetRequest() -> impl IntoView {
    let form = loaded(async { Ok(form_state("forgot_password").await) }, |form| {
        view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=ForgotPassword::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="email"
                    label=text!("password-reset-email")
                    hint=text!("password-reset-email.hint")
                    kind="email"
                    autocomplete="username"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("password-reset-request-button")}
                    </button>
                </div>
            </form>
        }
    });
    let sign_in = view! { <a href=routes::LOGIN>{text!("password-reset-sign-in-link")}</a> };
    view! {
        <Page title=text!("password-reset-request-title") class="content--narrow">
            <h1>{text!("password-reset-request-title")}</h1>
            {form}
            <p>{rich_text("password-reset-remembered", vec![("link", sign_in.into_any())])}</p>
        </Page>
    }
}

/// The same for every address, whether or not it has an account.
#[component]
pub fn PasswordResetSent() -> impl IntoView {
    let other = view! { <a href=routes::FORGOT_PASSWORD>{text!("password-reset-other-address-link")}</a> };
    let help = rich_text("password-reset-no-mail", vec![("link", other.into_any()), ("email", support_link())]);
    view! {
        <Page title=text!("password-reset-sent-title") class="content--narrow">
            <h1>{heading(&text!("password-reset-sent-title"))}</h1>
            <p>{text!("password-reset-sent-text")}</p>
            {mail_folder_hint()}
            <p>{help}</p>
            <p>
                <a href=routes::LOGIN>{text!("password-reset-back-link")}</a>
            </p>
        </Page>
    }
}

/// Asks for the new password. Opening the page does not use the link up.
#[component]
pub fn PasswordReset() -> impl IntoView {
    let token = query(routes::parameter::TOKEN);
    let load = {
        let token = token.clone();
        async move {
            let is_open = !token.is_empty() && password_reset_open(token).await?;
            Ok((is_open, form_state("reset_password").await))
        }
    };
    let content =
        loaded(
            load,
            move |(is_open, form)| {
                if is_open { Either::Left(new_password_form(form, token)) } else { Either::Right(expired()) }
            },
        );
    view! {
        <Page title=text!("password-reset-title") class="content--narrow">
            <h1>{text!("password-reset-title")}</h1>
            {content}
        </Page>
    }
}

fn new_password_form(form: FormState, token: String) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <p>{text!("password-reset-sessions-end")}</p>
        <form method="post" action=ResetPassword::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            {named_password_field(&form, "password", text!("password-reset-new"), true)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("password-reset-button")}
                </button>
            </div>
        </form>
    }
}

fn expired() -> impl IntoView {
    view! {
        {expired_link(text!("password-reset-lifetime"))}
        <p>
            <a href=routes::FORGOT_PASSWORD class="button button--primary">
                {text!("password-reset-new-link")}
            </a>
        </p>
    }
}
