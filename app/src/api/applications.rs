//! The vendor's applications, which administrators manage.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::cookies::{self, Cookie};
use domain::{Token, applications, openid};
use leptos::prelude::*;
use model::application::ApplicationView;
use model::application_form::{ApplicationPage, OtherSecrets, field, fields};
use model::trial::{TrialAnswer, TrialCallback, TrialChoice, TrialRequest};

use super::answer::{SubmittedForm, fail, set_cookie};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// The form of what is registered.
pub(crate) const SETTINGS_FORM: &str = "application";
/// The form that creates a secret.
pub(crate) const SECRET_FORM: &str = "application_secret";
/// The form of an application's logo.
pub const LOGO_FORM: &str = "application_logo";
/// The forms of an application's page that have one button and no field.
pub(crate) const ACTIONS_FORM: &str = "application_actions";

/// How long the browser keeps a new secret: as long as it takes to follow a redirect on a bad line.
const NEW_SECRET_LIFETIME: TimeDelta = TimeDelta::seconds(120);

/// How long a trial may take, up to the answer: as long as a sign-in.
const TRIAL_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Every application.
#[server(endpoint = "applications/list")]
pub async fn load_applications() -> Result<Vec<ApplicationView>, ApiError> {
    let request = request()?;
    applications::list(&request.services, &request.actor).await.map_err(fail)
}

/// One application, with what happened lately.
#[server(endpoint = "applications/load")]
pub async fn load_application(client_id: String) -> Result<ApplicationPage, ApiError> {
    let request = request()?;
    let application = applications::application(&request.services, &request.actor, &client_id).await.map_err(fail)?;
    let urls = &request.services.settings.urls;
    Ok(ApplicationPage {
        application,
        issuer: urls.issuer(),
        discovery_url: urls.account(routes::OPENID_CONFIGURATION),
    })
}

/// What of a form is kept if it is refused.
fn kept(typed: &BTreeMap<String, String>) -> Vec<(&'static str, &str)> {
    fields().filter_map(|name| Some((name, typed.get(name)?.as_str()))).collect()
}

/// Registers an application.
#[server(endpoint = "applications/register")]
pub async fn register_application(#[server(flatten)] typed: BTreeMap<String, String>) -> Result<(), ApiError> {
    let request = request()?;
    let result = applications::register(&request.services, &request.actor, &typed).await;
    let form = SubmittedForm { name: SETTINGS_FORM, page: routes::NEW_APPLICATION, values: &kept(&typed) };
    let next =
        |client_id: String| routes::with_done(&routes::support_application(&client_id), Done::ApplicationRegistered);
    form.answer(&request, result.map(next)).await
}

/// Changes what is registered of an application.
#[server(endpoint = "applications/change")]
pub async fn change_application(
    #[server(default)] client_id: String,
    #[server(flatten)] typed: BTreeMap<String, String>,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = applications::change(&request.services, &request.actor, &client_id, &typed).await;
    let page = routes::support_application(&client_id);
    let form = SubmittedForm { name: SETTINGS_FORM, page: &page, values: &kept(&typed) };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::ApplicationChanged))).await
}

/// Answers a form of an application's page that has no field to type into.
async fn answer(
    request: &Request,
    client_id: &str,
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let page = routes::support_application(client_id);
    let form = SubmittedForm { name: ACTIONS_FORM, page: &page, values: &[] };
    form.answer(request, result.map(|()| routes::with_done(&page, done))).await
}

/// Takes an application's logo away.
#[server(endpoint = "applications/remove_logo")]
pub async fn remove_application_logo(#[server(default)] client_id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = applications::remove_logo(&request.services, &request.actor, &client_id).await;
    answer(&request, &client_id, result, Done::LogoRemoved).await
}

/// Disables an application, or enables it again.
#[server(endpoint = "applications/set_enabled")]
pub async fn set_application_enabled(
    #[server(default)] client_id: String,
    #[server(default)] enabled: bool,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = applications::set_enabled(&request.services, &request.actor, &client_id, enabled).await;
    let done = if enabled { Done::ApplicationEnabled } else { Done::ApplicationDisabled };
    answer(&request, &client_id, result, done).await
}

/// Creates a secret, which the next page shows once.
#[server(endpoint = "applications/create_secret")]
pub async fn create_application_secret(
    #[server(default)] client_id: String,
    #[server(default)] other_secrets: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let page = routes::support_application(&client_id);
    let result = create_secret(&request, &client_id, &other_secrets).await;
    let form = SubmittedForm { name: SECRET_FORM, page: &page, values: &[(field::OTHER_SECRETS, &other_secrets)] };
    form.answer(&request, result.map(|()| page.clone())).await
}

async fn create_secret(request: &Request, client_id: &str, others: &str) -> Result<(), domain::Error> {
    let end_after = OtherSecrets::parse(others).unwrap_or_default().days().map(|days| TimeDelta::days(days.into()));
    let secret = applications::create_secret(&request.services, &request.actor, client_id, end_after).await?;
    // it goes with the browser and is kept nowhere here
    set_cookie(&cookies::set(&request.services, Cookie::ApplicationSecret, secret.token(), NEW_SECRET_LIFETIME));
    Ok(())
}

/// The secret that this browser just created for the application, if it did; only once.
#[server(endpoint = "applications/new_secret")]
pub async fn new_application_secret(client_id: String) -> Result<Option<String>, ApiError> {
    let request = request()?;
    let cookie = request.cookie(Cookie::ApplicationSecret.name(&request.services)).unwrap_or_default();
    let secret =
        applications::new_secret(&request.services, &request.actor, &client_id, &cookie).await.map_err(fail)?;
    if !cookie.is_empty() {
        set_cookie(&cookies::clear(&request.services, Cookie::ApplicationSecret));
    }
    Ok(secret.map(|secret| secret.reveal().to_owned()))
}

/// Deletes a secret.
#[server(endpoint = "applications/delete_secret")]
pub async fn delete_application_secret(
    #[server(default)] client_id: String,
    #[server(default)] secret: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = applications::delete_secret(&request.services, &request.actor, &client_id, &secret).await;
    answer(&request, &client_id, result, Done::SecretDeleted).await
}

/// The authorization request of a trial, which this browser begins.
#[server(endpoint = "applications/begin_trial")]
pub async fn begin_trial(
    #[server(default)] client_id: String,
    #[server(default)] choice: Option<TrialChoice>,
) -> Result<TrialRequest, ApiError> {
    let request = request()?;
    let known = trial_secret(&request);
    let secret = known.unwrap_or_else(|| Token::new(&*request.services.random));
    let trial = openid::begin_trial(&request.services, &request.actor, &client_id, choice, &secret).await;
    let trial = trial.map_err(fail)?;
    set_cookie(&cookies::set(&request.services, Cookie::ApplicationTrial, &secret, TRIAL_LIFETIME));
    Ok(trial)
}

/// What the application would have got; nothing if this browser began no such trial, or it is over.
#[server(endpoint = "applications/finish_trial")]
pub async fn finish_trial(#[server(default)] callback: TrialCallback) -> Result<Option<TrialAnswer>, ApiError> {
    let request = request()?;
    let secret = trial_secret(&request);
    let answer = openid::finish_trial(&request.services, &request.actor, secret.as_ref(), &callback).await;
    let answer = answer.map_err(fail)?;
    if answer.is_some() {
        set_cookie(&cookies::clear(&request.services, Cookie::ApplicationTrial));
    }
    Ok(answer)
}

fn trial_secret(request: &Request) -> Option<Token> {
    Token::from_browser(&request.cookie(Cookie::ApplicationTrial.name(&request.services))?)
}
