//! `/account/email`, and where the mailed links lead: `confirm` from the new address, `undo`
//! from the old one.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::account::EmailChangeView;

use super::query;
use crate::api::email_change::{
    ChangeEmail, ConfirmEmailChange, UndoEmailChange, email_change_to_confirm, email_change_to_undo, own_address,
};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::line_breaks::heading;
use crate::components::load::loaded;
use crate::components::mailed_link::expired_link;
use crate::components::password_field::password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// Asks for the new address.
#[component]
pub fn EmailChange() -> impl IntoView {
    let load = async { Ok((own_address().await?, form_state("change_email").await)) };
    let content = loaded(load, |(email, form)| {
        let address = view! { <strong>{email.to_string()}</strong> };
        view! {
            <ErrorSummary form=form.clone() />
            <p>{rich_text("email-change-current", vec![("address", address.into_any())])}</p>
            <form method="post" action=ChangeEmail::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="email"
                    label=text!("email-change-new")
                    hint=text!("email-change-new.hint")
                    kind="email"
                    autocomplete="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("email-change-button")}
                    </button>
                    <a href=routes::ACCOUNT>{text!("common-cancel")}</a>
                </div>
            </form>
        }
    });
    view! {
        <Page title=text!("email-change-title") class="content--narrow">
            <h1>{heading(&text!("email-change-title"))}</h1>
            {content}
        </Page>
    }
}

/// One more click: programs that scan mail follow links, and must not use it up.
#[component]
pub fn EmailChangeConfirmation() -> impl IntoView {
    let token = query(routes::parameter::TOKEN);
    let load = {
        let token = token.clone();
        async move { Ok((email_change_to_confirm(token).await?, form_state("confirm_email_change").await)) }
    };
    let content = loaded(load, move |(change, form)| match change {
        Some(change) => Either::Left(confirm_form(change, form, token)),
        None => Either::Right(expired(text!("email-change-confirm-lifetime"), routes::EMAIL)),
    });
    view! {
        <Page title=text!("email-change-confirm-title") class="content--narrow">
            <h1>{heading(&text!("email-change-confirm-title"))}</h1>
            {content}
        </Page>
    }
}

fn confirm_form(change: EmailChangeView, form: FormState, token: String) -> impl IntoView {
    let password = change.needs_password.then(|| {
        view! {
            <p>{text!("email-change-confirm-password")}</p>
            {password_field(&form)}
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
                    {text!("email-change-confirm-button")}
                </button>
            </div>
        </form>
    }
}

/// Lets the owner of the old address undo the change.
#[component]
pub fn EmailChangeUndo() -> impl IntoView {
    let token = query(routes::parameter::TOKEN);
    let load = {
        let token = token.clone();
        async move { Ok((email_change_to_undo(token).await?, form_state("undo_email_change").await)) }
    };
    let content = loaded(load, move |(change, form)| match change {
        Some(change) => Either::Left(undo_form(change, form, token)),
        None => Either::Right(expired(text!("email-change-undo-lifetime"), routes::LOGIN)),
    });
    view! {
        <Page title=text!("email-change-undo-title") class="content--narrow">
            <h1>{text!("email-change-undo-title")}</h1>
            {content}
        </Page>
    }
}

fn undo_form(change: EmailChangeView, form: FormState, token: String) -> impl IntoView {
    let old = view! { <strong>{change.old.to_string()}</strong> };
    view! {
        <ErrorSummary form=form />
        {addresses(&change)}
        <p>{rich_text("email-change-undo-text", vec![("address", old.into_any())])}</p>
        <form method="post" action=UndoEmailChange::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <div class="form-actions">
                <button type="submit" class="button button--danger">
                    {text!("email-change-undo-button")}
                </button>
            </div>
        </form>
    }
}

fn addresses(change: &EmailChangeView) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <dt>{text!("email-change-old-address")}</dt>
            <dd>{change.old.to_string()}</dd>
            <dt>{text!("email-change-new-address")}</dt>
            <dd>{change.new.to_string()}</dd>
        </dl>
    }
}

fn expired(lifetime: String, next: &'static str) -> impl IntoView {
    view! {
        {expired_link(lifetime)}
        <p>
            <a href=next>{text!("common-continue")}</a>
        </p>
    }
}
