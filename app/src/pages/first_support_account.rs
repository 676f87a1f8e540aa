//! `/support/first-account?token=`: the first support account, by the one-time link that the
//! server printed.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::query;
use crate::api::accounts::{CreateFirstSupport, first_support_open};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::password_field::new_password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// The first support account.
#[component]
pub fn FirstSupportAccount() -> impl IntoView {
    let token = query(routes::parameter::TOKEN);
    let presented = token.clone();
    let load = async move { Ok((first_support_open(presented).await?, form_state("first_support_account").await)) };
    let content =
        loaded(
            load,
            move |(is_open, form)| {
                if is_open { Either::Left(create_form(&form, token)) } else { Either::Right(expired()) }
            },
        );
    view! {
        <Page title=text!("first-support-account-page-title") class="content--narrow">
            <h1>{text!("first-support-account-title")}</h1>
            <p>{text!("first-support-account-intro")}</p>
            {content}
        </Page>
    }
}

fn create_form(form: &FormState, token: String) -> impl IntoView + use<> {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=CreateFirstSupport::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <TextField
                form=form.clone()
                name="email"
                label=text!("first-support-account-email")
                kind="email"
                autocomplete="username"
            />
            {new_password_field(form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("first-support-account-button")}
                </button>
            </div>
        </form>
    }
}

fn expired() -> impl IntoView {
    let command = view! { <code>"portal account create --role administrator --email …"</code> };
    view! {
        <div class="notice notice--warning">
            <strong>{text!("first-support-account-expired")}</strong>
            <p>{rich_text("first-support-account-expired-text", vec![("command", command.into_any())])}</p>
        </div>
    }
}
