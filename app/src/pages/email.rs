//! `/account/email`, and where the mailed links lead: `confirm` from the new address, `undo`
//! from the old one.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;
use model::account::EmailChangeView;

use super::login::password_field;
use super::query;
use crate::api::credentials::{
    ChangeEmail, ConfirmEmailChange, UndoEmailChange, email_change, email_undoing, own_address,
};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// Asks for the new address.
#[component]
pub fn Email() -> impl IntoView {
    let load = async { Ok((own_address().await?, form_state("change_email").await)) };
    let content = loaded(load, |(email, form)| {
        view! {
            <ErrorSummary form=form.clone() />
            <p>"Your address is " <strong>{email.to_string()}</strong> ". You sign in with it, and we write to it."</p>
            <form method="post" action=ChangeEmail::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="email"
                    label="New e-mail address"
                    hint="We send a link to it. The change is made once you open that link, within 30 minutes."
                    kind="email"
                    autocomplete="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Send the link"
                    </button>
                    <a href=routes::ACCOUNT>"Cancel"</a>
                </div>
            </form>
        }
    });
    view! {
        <Page title="Change e-mail address" class="content--narrow">
            <h1>"Change e-mail address"</h1>
            {content}
        </Page>
    }
}

/// One more click: programs that scan mail follow links, and must not use it up.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let token = query("token");
    let load = {
        let token = token.clone();
        async move { Ok((email_change(token).await?, form_state("confirm_email").await)) }
    };
    let content = loaded(load, move |(change, form)| match change {
        Some(change) => Either::Left(confirm_form(change, form, token)),
        None => Either::Right(link_expired("Links to a new address work once, within 30 minutes.", routes::EMAIL)),
    });
    view! {
        <Page title="Confirm your new e-mail address" class="content--narrow">
            <h1>"Confirm your new e-mail address"</h1>
            {content}
        </Page>
    }
}

fn confirm_form(change: EmailChangeView, form: FormState, token: String) -> impl IntoView {
    let password = change.needs_password.then(|| {
        view! {
            <p>"Enter your account's password: it shows that the account is yours."</p>
            {password_field(&form, "password", "Password", false)}
        }
    });
    view! {
        <ErrorSummary form=form.clone() />
        {addresses(&change)}
        <form method="post" action=ConfirmEmailChange::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            {password}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Use the new address"
                </button>
            </div>
        </form>
    }
}

/// The owner takes the account back.
#[component]
pub fn UndoEmail() -> impl IntoView {
    let token = query("token");
    let load = {
        let token = token.clone();
        async move { Ok((email_undoing(token).await?, form_state("undo_email").await)) }
    };
    let content = loaded(load, move |(change, form)| match change {
        Some(change) => Either::Left(undo_form(change, form, token)),
        None => Either::Right(link_expired("Links that undo a change work once, within 7 days.", routes::LOGIN)),
    });
    view! {
        <Page title="Undo the change of address" class="content--narrow">
            <h1>"Undo the change of address"</h1>
            {content}
        </Page>
    }
}

fn undo_form(change: EmailChangeView, form: FormState, token: String) -> impl IntoView {
    let old = change.old.to_string();
    view! {
        <ErrorSummary form=form />
        {addresses(&change)}
        <p>
            "The account gets the old address back, everybody is signed out, and the password it has now stops working. \
             We mail a link to "
            <strong>{old}</strong>
            " to choose a new one."
        </p>
        <form method="post" action=UndoEmailChange::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <div class="form-actions">
                <button type="submit" class="button button--danger">
                    "Undo the change"
                </button>
            </div>
        </form>
    }
}

fn addresses(change: &EmailChangeView) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <dt>"Old address"</dt>
            <dd>{change.old.to_string()}</dd>
            <dt>"New address"</dt>
            <dd>{change.new.to_string()}</dd>
        </dl>
    }
}

fn link_expired(words: &'static str, next: &'static str) -> impl IntoView {
    view! {
        <div class="notice notice--warning">
            <strong>"This link has expired or was used already."</strong>
            <p>{words}</p>
        </div>
        <p>
            <a href=next>"Go on"</a>
        </p>
    }
}
