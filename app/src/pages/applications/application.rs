//! `/support/applications/{client_id}`: one application.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use messages::{Text as _, text};
use model::FormState;
use model::application::ApplicationView;
use model::application_form::ApplicationPage;

use super::activity::{logouts, refused_requests};
use super::integration::integration;
use super::logo::logo;
use super::secrets::{new_secret, secrets};
use super::settings_form::{Registered, settings_fields};
use super::{section, state, teams};
use crate::api::applications::{
    ACTIONS_FORM, ChangeApplication, LOGO_FORM, SECRET_FORM, SETTINGS_FORM, SetApplicationEnabled, load_application,
    new_application_secret,
};
use crate::components::account_actions::explained_button;
use crate::components::copy::Copy;
use crate::components::decision::confirmation;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::logo::logo as picture;
use crate::components::rich_text::rich_text;
use crate::components::time::moment;
use crate::pages::param;
use crate::routes;

/// The page's forms, as they came back.
struct RefusedForms {
    settings: FormState,
    secret: FormState,
    logo: FormState,
    actions: FormState,
}

/// One application: its values, its secrets, what is registered, and what happened lately.
#[component]
pub fn Application() -> impl IntoView {
    let client_id = param("client_id");
    let load = async move {
        let page = load_application(client_id.clone()).await?;
        let forms = RefusedForms {
            settings: form_state(SETTINGS_FORM).await,
            secret: form_state(SECRET_FORM).await,
            logo: form_state(LOGO_FORM).await,
            actions: form_state(ACTIONS_FORM).await,
        };
        Ok((forms, page, new_application_secret(client_id).await?))
    };
    let content = loaded(load, |(forms, page, secret)| application(&forms, &page, secret));
    view! { <Page title=text!("applications-title")>{content}</Page> }
}

fn application(forms: &RefusedForms, page: &ApplicationPage, secret: Option<String>) -> impl IntoView + use<> {
    let application = &page.application;
    let secrets = application
        .kind
        .is_confidential()
        .then(|| section(text!("application-secrets"), secrets(application, &forms.secret)));
    view! {
        <Title text=text!("application-tab-title", name = application.name) />
        {head(application)}
        <div class="stack">
            {done_notice()}
            {secret.map(new_secret)}
            <ErrorSummary form=forms.actions.clone() />
            <ErrorSummary form=forms.secret.clone() />
            <ErrorSummary form=forms.settings.clone() />
            <ErrorSummary form=forms.logo.clone() />
            {section(text!("application-values"), values(page))}
            {secrets}
            {section(text!("application-integration"), integration(page))}
            {section(text!("trial-title"), trial(application))}
            {section(text!("application-settings"), settings(application, &forms.settings))}
            {section(text!("application-logo"), logo(application, &forms.logo))}
            {section(text!("application-refused"), refused_requests(&application.refused_requests))}
            {section(text!("application-logouts"), logouts(application))}
            {section(text!("application-state"), enabled(application))}
        </div>
    }
}

fn head(application: &ApplicationView) -> impl IntoView + use<> {
    let registered = rich_text("application-registered", vec![("moment", moment(application.created_at).into_any())]);
    view! {
        <div class="page-head">
            <div class="cluster">
                {picture(application.logo.as_deref())} <h1>{application.name.clone()}</h1>
            </div>
            <p class="cluster">
                {state(application)} <span>{application.kind.text()}</span>
                <span>{teams(application.teams.as_deref())}</span> <span>{registered}</span>
            </p>
        </div>
    }
}

/// What a developer copies.
fn values(page: &ApplicationPage) -> impl IntoView + use<> {
    view! {
        <p>{text!("application-values-intro")}</p>
        <Copy label=text!("application-client-id") value=page.application.client_id.clone() />
        <Copy label=text!("application-issuer") value=page.issuer.clone() />
        <Copy label=text!("application-discovery-url") value=page.discovery_url.clone() />
    }
}

fn trial(application: &ApplicationView) -> impl IntoView + use<> {
    view! {
        <p>{text!("trial-intro")}</p>
        <p>
            <a class="button" href=routes::application_trial(&application.client_id)>
                {text!("trial-link")}
            </a>
        </p>
    }
}

fn settings(application: &ApplicationView, form: &FormState) -> impl IntoView + use<> {
    let registered = Registered {
        name: application.name.clone(),
        teams: application.teams.clone(),
        settings: application.settings.clone(),
    };
    view! {
        <form method="post" action=ChangeApplication::url() class="stack" novalidate>
            <input type="hidden" name="client_id" value=application.client_id.clone() />
            {settings_fields(form, &registered)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("application-save-button")}
                </button>
            </div>
        </form>
    }
}

/// Whether it gets sign-ins, and the way to change that.
fn enabled(application: &ApplicationView) -> impl IntoView + use<> {
    let is_enabled = application.disabled_at.is_none();
    let hidden = vec![("client_id", application.client_id.clone()), ("enabled", (!is_enabled).to_string())];
    let action = SetApplicationEnabled::url();
    if is_enabled {
        let label = text!("application-disable-button");
        let form =
            explained_button(action, hidden, text!("application-disable-text"), label.clone(), "button button--danger");
        return confirmation(label, "button", (), form).into_any();
    }
    let since = application.disabled_at.map(|at| {
        view! { <p>{rich_text("application-disabled-since", vec![("moment", moment(at).into_any())])}</p> }
    });
    let button = explained_button(
        action,
        hidden,
        text!("application-enable-text"),
        text!("application-enable-button"),
        "button",
    );
    view! {
        {since}
        {button}
    }
    .into_any()
}
