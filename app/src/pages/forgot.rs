//! `/forgot`, and where the mailed link leads: `/reset?token=`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;

use super::login::password_field;
use super::query;
use super::sign_up::mail_folder_hint;
use crate::api::credentials::{ForgotPassword, ResetPassword, reset_open};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::routes;

/// Asks for the address to mail a link to.
#[component]
pub fn Forgot() -> impl IntoView {
    let form = loaded(async { Ok(form_state("forgot").await) }, |form| {
        view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=ForgotPassword::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="email"
                    label="E-mail address"
                    hint="The one you sign in with. We send it a link to choose a new password."
                    kind="email"
                    autocomplete="username"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Send the link"
                    </button>
                </div>
            </form>
        }
    });
    view! {
        <Page title="Forgotten password" class="content--narrow">
            <h1>"Forgotten password"</h1>
            {form}
            <p>"Remembered it? " <a href=routes::LOGIN>"Sign in"</a></p>
        </Page>
    }
}

/// The same for every address, whether or not it has an account.
#[component]
pub fn ForgotSent() -> impl IntoView {
    let support = brand().support_email;
    view! {
        <Page title="Check your e-mail" class="content--narrow">
            <h1>"Check your e-mail"</h1>
            <p>
                "If the address has an account, we have sent it a link. Open it to choose a new password; it works \
                 once, within 30 minutes."
            </p>
            {mail_folder_hint()}
            <p>
                "Nothing there after a few minutes? Look into the spam folder, "
                <a href=routes::FORGOT>"try another address"</a> ", or write to "
                <a href=format!("mailto:{support}")>{support.clone()}</a> "."
            </p>
            <p>
                <a href=routes::LOGIN>"Back to sign-in"</a>
            </p>
        </Page>
    }
}

/// Asks for the new password. Opening the page does not use the link up.
#[component]
pub fn Reset() -> impl IntoView {
    let token = query("token");
    let load = {
        let token = token.clone();
        async move {
            let open = !token.is_empty() && reset_open(token).await?;
            Ok((open, form_state("reset").await))
        }
    };
    let content =
        loaded(
            load,
            move |(open, form)| {
                if open { Either::Left(new_password(form, token)) } else { Either::Right(link_expired()) }
            },
        );
    view! {
        <Page title="Choose a new password" class="content--narrow">
            <h1>"Choose a new password"</h1>
            {content}
        </Page>
    }
}

fn new_password(form: FormState, token: String) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <p>"Every browser that is signed in to your account will be signed out."</p>
        <form method="post" action=ResetPassword::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            {password_field(&form, "password", "New password", true)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Change password"
                </button>
            </div>
        </form>
    }
}

fn link_expired() -> impl IntoView {
    view! {
        <div class="notice notice--warning">
            <strong>"This link has expired or was used already."</strong>
            <p>"Links to a new password work once, within 30 minutes, and only the newest one works."</p>
        </div>
        <p>
            <a href=routes::FORGOT class="button button--primary">
                "Ask for a new link"
            </a>
        </p>
    }
}
