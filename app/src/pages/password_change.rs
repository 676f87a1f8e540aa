//! `/account/password`

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{EmailAddress, FormState};

use crate::api::email_change::own_address;
use crate::api::password::ChangePassword;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::password_field::named_password_field;
use crate::components::rich_text::rich_text;
use crate::routes;

/// Change one's own password.
#[component]
pub fn PasswordChange() -> impl IntoView {
    let load = async { Ok((own_address().await?, form_state("change_password").await)) };
    let content = loaded(load, |(email, form)| change_form(&email, form));
    view! {
        <Page title=text!("password-change-title") class="content--narrow">
            <h1>{text!("password-change-title")}</h1>
            {content}
        </Page>
    }
}

fn change_form(email: &EmailAddress, form: FormState) -> impl IntoView + use<> {
    let email = email.to_string();
    let forgotten = view! { <a href=routes::FORGOT_PASSWORD>{text!("password-change-forgotten-link")}</a> };
    view! {
        <ErrorSummary form=form.clone() />
        <p>{text!("password-change-sessions-end")}</p>
        <form method="post" action=ChangePassword::url() class="stack" novalidate>
            // tells password managers whose password this is
            <input type="hidden" name="username" value=email autocomplete="username" />
            {named_password_field(&form, "current", text!("password-change-current"), false)}
            {named_password_field(&form, "password", text!("password-change-new"), true)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("password-change-button")}
                </button>
                <a href=routes::ACCOUNT>{text!("common-cancel")}</a>
            </div>
        </form>
        <p>{rich_text("password-change-forgotten", vec![("link", forgotten.into_any())])}</p>
    }
}
