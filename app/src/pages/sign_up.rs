//! `/signup`

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use crate::api::accounts;
pub(super) use crate::api::sign_up_is_open;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::mailed_link::support_link;
use crate::components::rich_text::rich_text;
use crate::routes;

/// Sign up for a team.
#[component]
pub fn SignUp() -> impl IntoView {
    let form = loaded(async { Ok(form_state("sign_up").await) }, |form| {
        if sign_up_is_open() { Either::Left(sign_up_form(&form)) } else { Either::Right(by_invitation()) }
    });
    let sign_in = view! { <a href=routes::LOGIN>{text!("sign-up-sign-in-link")}</a> };
    view! {
        <Page title=text!("sign-up-title") class="content--narrow">
            <h1>{text!("sign-up-title")}</h1>
            <p>{text!("sign-up-intro")}</p>
            {form}
            <p>{rich_text("sign-up-sign-in", vec![("link", sign_in.into_any())])}</p>
        </Page>
    }
}

fn sign_up_form(form: &FormState) -> impl IntoView + use<> {
    view! {
        <ErrorSummary form=form.clone() />
        <form method="post" action=accounts::SignUp::url() class="stack" novalidate>
            <TextField
                form=form.clone()
                name="email"
                label=text!("sign-up-email")
                hint=text!("sign-up-email.hint")
                missing=text!("sign-up-email.missing")
                kind="email"
                autocomplete="username"
            />
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("sign-up-button")}
                </button>
            </div>
        </form>
    }
}

/// How to get in where teams begin with a link from support.
pub fn by_invitation() -> impl IntoView {
    view! {
        <div class="notice notice--info">
            <strong>{text!("sign-up-by-invitation")}</strong>
            <p>{rich_text("sign-up-by-invitation-text", vec![("email", support_link())])}</p>
        </div>
    }
}
