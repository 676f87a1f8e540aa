//! Pushed authorization requests (RFC 9126): the application sends its request itself, and the browser only
//! carries a handle.

use chrono::TimeDelta;
use model::ApplicationProblem;
use oidc::authorize as protocol;
use oidc::{OAuthError, OAuthErrorCode, Parameters};
use store::pushed_requests::{self, PushedRequest};

use super::{ClientError, REQUEST_URI, clients, problems, trial};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Services, Token};

/// How long a pushed request waits for its browser.
const LIFETIME: TimeDelta = TimeDelta::seconds(90);
/// What authenticates the client, and is no part of the request.
const OF_CLIENT: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// A pushed request's handle.
#[derive(Clone, Debug)]
pub struct PushedHandle {
    /// What the browser brings as `request_uri`.
    pub request_uri: String,
    /// How long it works, in seconds.
    pub expires_in: i64,
}

/// Keeps an application's request for the browser that will bring its handle.
///
/// # Errors
/// [`ClientError::Refused`] with what is wrong with the request, as the authorization endpoint would say.
#[tracing::instrument(name = "openid.push_request", skip_all, fields(client_id = tracing::field::Empty))]
pub async fn push_request(
    services: &Services,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<PushedHandle, ClientError> {
    let application = clients::authenticate(services, authorization, form).await?;
    if form.get("request_uri").is_some() {
        let description = "request_uri cannot be pushed: send the parameters themselves";
        return Err(OAuthError::new(OAuthErrorCode::InvalidRequest, description).into());
    }
    let trial_callback = trial::callback_address(services);
    let registration = clients::registration(&application, &trial_callback);
    let checked = protocol::redirect_uri(form, &registration)
        .map_err(|_| OAuthError::new(OAuthErrorCode::InvalidRequest, "redirect_uri is not registered"))
        .and_then(|redirect_uri| protocol::parse_request(form, redirect_uri, &registration));
    if let Err(error) = checked {
        let problem = ApplicationProblem::RequestRefused;
        problems::note(services, &application, problem, None, Some(&error.description)).await?;
        return Err(error.into());
    }
    services.charge(RowKind::PushedRequest, 1, &[BudgetOwner::of_request()])?;
    let handle = Token::new(&*services.random);
    let parameters: Vec<_> = form.iter().filter(|(name, _)| !OF_CLIENT.contains(name)).collect();
    let pushed = PushedRequest {
        handle_hash: handle.hash(),
        application_id: application.id,
        parameters: serde_json::to_value(parameters).map_err(crate::Error::from)?,
        expires_at: services.now() + LIFETIME,
    };
    pushed_requests::insert(&services.db.autocommit(), pushed).await?;
    let request_uri = format!("{REQUEST_URI}{}", handle.reveal());
    Ok(PushedHandle { request_uri, expires_in: LIFETIME.num_seconds() })
}
