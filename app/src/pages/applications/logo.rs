//! The logo of an application: what it is now, another one, none.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::application::ApplicationView;
use model::application_form::LOGO_FIELD;

use crate::api::applications::RemoveApplicationLogo;
use crate::components::account_actions::explained_button;
use crate::components::decision::confirmation;
use crate::components::form::{described_by, field_problem, set_missing_text};
use crate::components::logo::logo as picture;
use crate::routes;

/// The logo, and the form that changes it.
pub fn logo(application: &ApplicationView, form: &FormState) -> impl IntoView + use<> {
    set_missing_text(form, LOGO_FIELD, || text!("form-missing", label = text!("application-logo-file")));
    let invalid = form.problem(LOGO_FIELD).is_some().then_some("true");
    let described_by = described_by(form, LOGO_FIELD, true);
    let now = match &application.logo {
        Some(address) => view! { <p>{picture(Some(address))}</p> }.into_any(),
        None => view! { <p>{text!("application-logo-none")}</p> }.into_any(),
    };
    let remove = application.logo.is_some().then(|| remove(&application.client_id));
    view! {
        {now}
        <form
            method="post"
            action=routes::support_application_logo(&application.client_id)
            enctype="multipart/form-data"
            class="stack stack--tight"
        >
            <div class="field">
                <label for=LOGO_FIELD>{text!("application-logo-file")}</label>
                {field_problem(form, LOGO_FIELD)}
                <div class="field__hint" id=format!("{LOGO_FIELD}-hint")>
                    {text!("application-logo-file.hint")}
                </div>
                <input
                    id=LOGO_FIELD
                    name=LOGO_FIELD
                    type="file"
                    accept="image/svg+xml,image/png,image/webp,image/jpeg"
                    aria-invalid=invalid
                    aria-describedby=described_by
                />
            </div>
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("application-logo-save")}
                </button>
            </div>
        </form>
        {remove}
    }
}

fn remove(client_id: &str) -> impl IntoView + use<> {
    let hidden = vec![("client_id", client_id.to_owned())];
    let label = text!("application-logo-remove");
    let explanation = text!("application-logo-remove-text");
    let form =
        explained_button(RemoveApplicationLogo::url(), hidden, explanation, label.clone(), "button button--danger");
    confirmation(label, "", (), form)
}
