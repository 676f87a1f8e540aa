//! `/support/applications`: the vendor's applications, for administrators.

mod activity;
mod application;
mod integration;
mod logo;
mod secrets;
mod settings_form;
mod trial;

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::{Text as _, text};
use model::application::ApplicationView;
use model::{ApplicationKind, ApplicationSettings, Scope};

pub use self::application::Application;
use self::settings_form::{Registered, kind_field, settings_fields};
pub use self::trial::{Trial, TrialResult};
use crate::api::applications::{RegisterApplication, SETTINGS_FORM, load_applications};
use crate::components::copy::copy_button;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::logo::logo as picture;
use crate::components::status::badge;
use crate::routes;

/// How many teams a row names.
const TEAMS_SHOWN: usize = 3;

/// Every application.
#[component]
pub fn Applications() -> impl IntoView {
    let content = loaded(load_applications(), |applications| {
        if applications.is_empty() { Either::Left(no_applications()) } else { Either::Right(list(&applications)) }
    });
    view! {
        <Page title=text!("applications-title")>
            <div class="page-head">
                <h1>{text!("applications-title")}</h1>
                <p>{text!("applications-intro")}</p>
            </div>
            <div class="stack">{done_notice()} {content}</div>
        </Page>
    }
}

/// Registers an application.
#[component]
pub fn NewApplication() -> impl IntoView {
    let load = async {
        // whoever may not see the applications does not see this page either
        load_applications().await?;
        Ok(form_state(SETTINGS_FORM).await)
    };
    let content = loaded(load, |form| {
        let registered = Registered { name: String::new(), teams: None, settings: usual_settings() };
        view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=RegisterApplication::url() class="stack" novalidate>
                {kind_field(&form, ApplicationKind::default())} {settings_fields(&form, &registered)}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("application-register-button")}
                    </button>
                    <a href=routes::SUPPORT_APPLICATIONS>{text!("common-cancel")}</a>
                </div>
            </form>
        }
    });
    view! {
        <Page title=text!("application-register-title")>
            <h1>{text!("application-register-title")}</h1>
            <div class="stack">{content}</div>
        </Page>
    }
}

/// What a new application's form begins with: all attributes and refresh tokens are for those who ask.
fn usual_settings() -> ApplicationSettings {
    let scopes = ApplicationSettings::default().scopes.without(Scope::Saml).without(Scope::OfflineAccess);
    ApplicationSettings { scopes, ..ApplicationSettings::default() }
}

fn section(title: String, content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn register_link() -> impl IntoView {
    view! {
        <a class="button button--primary" href=routes::NEW_APPLICATION>
            {text!("applications-register-link")}
        </a>
    }
}

fn no_applications() -> impl IntoView {
    view! {
        <div class="empty">
            <strong>{text!("applications-none")}</strong>
            <p>{text!("applications-none-text")}</p>
            {register_link()}
        </div>
    }
}

fn list(applications: &[ApplicationView]) -> impl IntoView + use<> {
    let rows = applications.iter().map(row).collect_view();
    view! {
        <p>{register_link()}</p>
        <table class="table">
            <caption class="visually-hidden">{text!("applications-title")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("application-name")}</th>
                    <th scope="col">{text!("application-client-id")}</th>
                    <th scope="col">{text!("application-kind")}</th>
                    <th scope="col">{text!("application-teams")}</th>
                    <th scope="col">{text!("application-state")}</th>
                    <th scope="col">{text!("application-secrets")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(application: &ApplicationView) -> impl IntoView + use<> {
    let client_id = application.client_id.clone();
    let copy = copy_button(client_id.clone(), text!("application-client-id-of", name = application.name));
    view! {
        <tr>
            <td data-label=text!("application-name") class="long">
                <div class="cluster">
                    {picture(application.logo.as_deref())}
                    <a href=routes::support_application(&client_id)>{application.name.clone()}</a>
                </div>
            </td>
            <td data-label=text!("application-client-id")>
                <div class="cluster">
                    <code class="mono">{client_id}</code>
                    {copy}
                </div>
            </td>
            <td data-label=text!("application-kind")>{application.kind.text()}</td>
            <td data-label=text!("application-teams") class="long">
                {teams(application.teams.as_deref())}
            </td>
            <td data-label=text!("application-state")>{state(application)}</td>
            <td data-label=text!("application-secrets")>{secrets_cell(application)}</td>
        </tr>
    }
}

/// The teams that may use an application, or how many they are.
fn teams(listed: Option<&[String]>) -> String {
    match listed {
        None => text!("application-teams-every"),
        Some(slugs) if (1..=TEAMS_SHOWN).contains(&slugs.len()) => slugs.join(", "),
        Some(slugs) => text!("application-teams-count", count = slugs.len()),
    }
}

/// Whether an application gets sign-ins.
fn state(application: &ApplicationView) -> impl IntoView + use<> {
    match application.disabled_at {
        Some(_) => badge("suspended", text!("application-state-disabled")),
        None => badge("active", text!("application-state-enabled")),
    }
}

fn secrets_cell(application: &ApplicationView) -> String {
    if application.kind.is_confidential() {
        application.secrets.len().to_string()
    } else {
        text!("application-secrets-not-needed")
    }
}
