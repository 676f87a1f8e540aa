//! An application's secrets.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::application::{ApplicationView, SecretView};
use model::application_form::{OtherSecrets, field};
use model::{FormState, Timestamp};

use crate::api::applications::{CreateApplicationSecret, DeleteApplicationSecret};
use crate::components::account_actions::explained_button;
use crate::components::choice::Select;
use crate::components::copy::Copy;
use crate::components::decision::confirmation;
use crate::components::time::moment;

/// The secret that was just created: shown now and never again.
pub fn new_secret(secret: String) -> impl IntoView {
    view! {
        <section class="notice notice--warning" role="status">
            <strong>{text!("application-new-secret")}</strong>
            <p>{text!("application-new-secret-text")}</p>
            <Copy label=text!("application-client-secret") value=secret />
        </section>
    }
}

/// The secrets that work, and the form that creates another one.
pub fn secrets(application: &ApplicationView, form: &FormState) -> impl IntoView + use<> {
    let list = if application.secrets.is_empty() {
        view! { <p>{no_secrets(application)}</p> }.into_any()
    } else {
        table(application).into_any()
    };
    view! {
        {list}
        {create(application, form)}
    }
}

fn no_secrets(application: &ApplicationView) -> String {
    if application.settings.jwks.is_some() {
        text!("application-secrets-none-with-keys")
    } else {
        text!("application-secrets-none")
    }
}

fn table(application: &ApplicationView) -> impl IntoView + use<> {
    let rows = application.secrets.iter().map(|secret| row(&application.client_id, secret)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("application-secrets")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("application-secret-hint")}</th>
                    <th scope="col">{text!("application-secret-created")}</th>
                    <th scope="col">{text!("application-secret-last-used")}</th>
                    <th scope="col">{text!("application-secret-expires")}</th>
                    <th scope="col">{text!("application-secret-actions")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(client_id: &str, secret: &SecretView) -> impl IntoView + use<> {
    view! {
        <tr>
            <td data-label=text!("application-secret-hint") class="mono">
                {format!("…{}", secret.hint)}
            </td>
            <td data-label=text!("application-secret-created")>{moment(secret.created_at)}</td>
            <td data-label=text!("application-secret-last-used")>
                {moment_or(secret.last_used_at, text!("application-secret-never-used"))}
            </td>
            <td data-label=text!("application-secret-expires")>
                {moment_or(secret.expires_at, text!("application-secret-no-expiry"))}
            </td>
            <td data-label=text!("application-secret-actions")>{delete(client_id, secret)}</td>
        </tr>
    }
}

fn moment_or(at: Option<Timestamp>, otherwise: String) -> impl IntoView {
    at.map_or_else(|| otherwise.into_any(), |at| moment(at).into_any())
}

fn delete(client_id: &str, secret: &SecretView) -> impl IntoView + use<> {
    let hidden = vec![("client_id", client_id.to_owned()), ("secret", secret.id.to_string())];
    let label = text!("application-secret-delete-button", hint = secret.hint);
    let explanation = text!("application-secret-delete-text");
    let form = explained_button(DeleteApplicationSecret::url(), hidden, explanation, label, "button button--danger");
    confirmation(text!("application-secret-delete"), "", (), form)
}

fn create(application: &ApplicationView, form: &FormState) -> impl IntoView + use<> {
    let others = (!application.secrets.is_empty()).then(|| {
        let choices = OtherSecrets::ALL.iter().map(|choice| {
            let label = match choice {
                OtherSecrets::Stay => text!("application-other-secrets-stay"),
                OtherSecrets::EndInADay => text!("application-other-secrets-end-in-a-day"),
                OtherSecrets::EndInAWeek => text!("application-other-secrets-end-in-a-week"),
            };
            (choice.as_str(), label)
        });
        let choices: Vec<_> = choices.collect();
        view! {
            <Select
                form=form.clone()
                name=field::OTHER_SECRETS
                label=text!("application-other-secrets")
                choices=choices
                value=OtherSecrets::default().as_str()
            >
                <p>{text!("application-other-secrets.hint")}</p>
            </Select>
        }
    });
    view! {
        <form method="post" action=CreateApplicationSecret::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="client_id" value=application.client_id.clone() />
            {others}
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("application-secret-create-button")}
                </button>
            </div>
        </form>
    }
}
