//! `/account/password`

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{EmailAddress, FormState};

use super::login::password_field;
use crate::api::credentials::{ChangePassword, own_address};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// Change one's own password.
#[component]
pub fn Password() -> impl IntoView {
    let load = async { Ok((own_address().await?, form_state("change_password").await)) };
    let content = loaded(load, |(email, form)| change_form(&email, form));
    view! {
        <Page title="Change password" class="content--narrow">
            <h1>"Change password"</h1>
            {content}
        </Page>
    }
}

fn change_form(email: &EmailAddress, form: FormState) -> impl IntoView + use<> {
    let email = email.to_string();
    view! {
        <ErrorSummary form=form.clone() />
        <p>"Every other browser that is signed in to your account will be signed out."</p>
        <form method="post" action=ChangePassword::url() class="stack" novalidate>
            // tells password managers whose password this is
            <input type="hidden" name="username" value=email autocomplete="username" />
            {password_field(&form, "current", "Current password", false)}
            {password_field(&form, "password", "New password", true)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Change password"
                </button>
                <a href=routes::ACCOUNT>"Cancel"</a>
            </div>
        </form>
        <p>
            "Forgotten it? " <a href=routes::FORGOT>"Get a link to choose a new one"</a>
        </p>
    }
}
