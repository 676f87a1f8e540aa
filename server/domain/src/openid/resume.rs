//! Back from a sign-in that an authorization request began.

use model::Reference;
use oidc::{AuthorizationRequest, Parameters, ResponseDelivery};
use store::attempts::{Attempt, AttemptStatus};
use store::{applications, attempt_list, people};

use super::authorization_checks::team_of_application;
use super::authorize::{AuthorizeContext, AuthorizeError, AuthorizeRequest, Authorized};
use super::issue_code::SignedInSession;
use crate::sign_in::ATTEMPT_LIFETIME;
use crate::{Error, Services, token};

/// The sign-in that an application asked for is over, and its browser comes back: it goes on to the
/// application with a code.
///
/// # Errors
/// [`AuthorizeError::SignIn`] with [`Error::NotFound`] where the browser did not just finish that sign-in.
#[tracing::instrument(name = "openid.resume", skip_all, fields(team = tracing::field::Empty, reference = reference))]
pub async fn resume(
    services: &Services,
    reference: &str,
    browser: Option<&str>,
    person: Option<&str>,
) -> Result<ResponseDelivery, AuthorizeError> {
    let (db, now) = (services.db.connection(), services.now());
    let reference: Reference = reference.parse().map_err(|_| Error::NotFound)?;
    let (Some(browser), Some(person)) = (browser, person) else { return Err(Error::NotFound.into()) };
    let attempt = attempt_list::by_reference(db, None, reference.as_str()).await?;
    let attempt = attempt.filter(|attempt| is_just_finished(attempt, browser, now));
    let session = people::session(db, &token::hash(person), now).await?;
    let (Some(attempt), Some(session)) = (attempt, session) else { return Err(Error::NotFound.into()) };
    let (Some(id), Some(stored)) = (attempt.application_id, attempt.authorization_request.clone()) else {
        return Err(Error::NotFound.into());
    };
    if session.attempt_id != Some(attempt.id) {
        return Err(Error::NotFound.into());
    }
    let request: AuthorizationRequest = serde_json::from_value(stored).map_err(Error::from)?;
    let application = applications::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let browser = AuthorizeRequest {
        parameters: Parameters::default(),
        typed_team: None,
        wants_id_token: true,
        browser: Some(browser),
        person: Some(person),
    };
    let authorizing = AuthorizeContext { services, application: &application, browser: &browser };
    let authorized = match team_of_application(db, &application, attempt.team_id).await? {
        Ok(team) => {
            tracing::Span::current().record("team", team.slug.as_str());
            let signed_in = SignedInSession::of(services, session).await?;
            authorizing.code(&request, &team, signed_in).await?
        }
        Err(problem) => authorizing.team_refused(&request, problem).await?,
    };
    match authorized {
        Authorized::Answered(delivery) => Ok(delivery),
        Authorized::SignIn(_) | Authorized::TeamAsked(_) => Err(Error::NotFound.into()),
    }
}

/// Whether this browser has just finished the sign-in.
fn is_just_finished(attempt: &Attempt, browser: &str, now: model::Timestamp) -> bool {
    attempt.status == AttemptStatus::Succeeded
        && attempt.browser_hash == token::hash(browser)
        && attempt.finished_at.is_some_and(|at| now - at < ATTEMPT_LIFETIME)
}
