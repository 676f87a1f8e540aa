//! `/signup` and what follows it.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;

use super::login::password;
use super::{notice, query};
use crate::api::accounts;
use crate::api::credentials::ResendVerification;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::routes;

/// Sign up for a team.
#[component]
pub fn SignUp() -> impl IntoView {
    let form = loaded(async { Ok(form_state("sign_up").await) }, |form| {
        if !sign_up_is_open() {
            return Either::Left(by_invitation());
        }
        Either::Right(view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=accounts::SignUp::url() class="stack" novalidate>
                <TextField
                    form=form.clone()
                    name="email"
                    label="Work e-mail address"
                    hint="We send a link to it to confirm that it is yours."
                    kind="email"
                    autocomplete="username"
                />
                {password(&form, true)}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Create account"
                    </button>
                </div>
            </form>
        })
    });
    view! {
        <Page title="Set up your team" class="content--narrow">
            <h1>"Set up your team"</h1>
            <p>"For the person who configures single sign-on in Microsoft Entra ID."</p>
            {form}
            <p>"Have an account? " <a href=routes::LOGIN>"Sign in"</a></p>
        </Page>
    }
}

/// Whether anybody may sign up and create a team.
pub fn sign_up_is_open() -> bool {
    #[cfg(feature = "ssr")]
    let open = crate::api::sign_up_is_open();
    #[cfg(not(feature = "ssr"))]
    let open = true;
    open
}

/// How to get in where teams begin with a link from support.
pub fn by_invitation() -> impl IntoView {
    let support = brand().support_email;
    view! {
        <div class="notice notice--info">
            <strong>"New teams are set up by invitation"</strong>
            <p>
                "Write to " <a href=format!("mailto:{support}")>{support.clone()}</a>
                " for an onboarding link. If your company has a team already, one of its owners can invite you."
            </p>
        </div>
    }
}

/// `/signup/check-email`
#[component]
pub fn CheckEmail() -> impl IntoView {
    let support = brand().support_email;
    let resend = loaded(async { Ok(form_state("resend").await) }, resend_form);
    let resent =
        (query("done") == "resent").then_some("If the address still waits for it, the link is on its way again.");
    view! {
        <Page title="Check your e-mail" class="content--narrow">
            <h1>"Check your e-mail"</h1>
            {notice(resent)}
            <p>"We have sent you a link. Open it to confirm your address and go on; it works for 24 hours."</p>
            {mail_folder_hint()}
            <p>
                "Nothing there after a few minutes? Look into the spam folder, or write to "
                <a href=format!("mailto:{support}")>{support.clone()}</a> "."
            </p>
            {resend}
            <p>
                <a href=routes::SIGN_UP>"Use another address"</a>
            </p>
        </Page>
    }
}

fn resend_form(form: FormState) -> impl IntoView {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=ResendVerification::url() class="stack" novalidate>
            <TextField form=form name="email" label="Send the link again to" kind="email" autocomplete="username" />
            <div class="form-actions">
                <button type="submit" class="button">
                    "Send again"
                </button>
            </div>
        </form>
    }
}

/// On a trial without an SMTP server, where the mail is.
pub fn mail_folder_hint() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let folder = crate::api::mail_folder();
    #[cfg(not(feature = "ssr"))]
    let folder: Option<String> = None;
    folder.map(|folder| {
        view! {
            <div class="notice notice--info">
                <strong>"No mail server is configured."</strong>
                <p>
                    "This installation writes its mail to files: look for the newest .eml file in "
                    <span class="mono">{folder}</span> "."
                </p>
            </div>
        }
    })
}
