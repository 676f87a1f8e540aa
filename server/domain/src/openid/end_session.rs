//! The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0): an application signs a person out, of
//! everything, here and at the identity provider.

use model::application::ApplicationSummary;
use oidc::id_token::session_id;
use oidc::logout::{EndSessionRequest, IdTokenHint, verify_id_token_hint, with_state};
use oidc::{OAuthError, Parameters};
use store::applications::Application;
use store::people;

use super::clients;
use crate::applications::shown;
use crate::logout::{LogoutNext, start_logout};
use crate::{Error, Services, signing_keys, token};

/// What comes of a request to sign out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndSession {
    /// The person is signed out here, and goes on to the identity provider by this address.
    IdentityProvider(String),
    /// The person is signed out, and goes on to the application's address.
    ReturnTo(String),
    /// The person is signed out, and the application has not said where to go on.
    SignedOut,
    /// Nothing shows that the application may sign out whoever is signed in: they are asked.
    Asked {
        /// The application, if it is known.
        application: Option<ApplicationSummary>,
        /// What is sent again with the answer.
        parameters: Vec<(String, String)>,
    },
}

/// Why a request to sign out was not followed.
#[derive(Debug, thiserror::Error)]
pub enum EndSessionError {
    /// What the application did wrong: the person gets a page of ours, since nothing in the request can be
    /// trusted.
    #[error(transparent)]
    Refused(#[from] OAuthError),
    /// Our own fault.
    #[error(transparent)]
    Other(Error),
}

impl<E: Into<Error>> From<E> for EndSessionError {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Signs the person of this browser out. `is_confirmed`: they were asked and want it.
///
/// # Errors
/// [`EndSessionError::Refused`] for a hint that was not signed here, or an address that is not registered.
#[tracing::instrument(name = "openid.end_session", skip_all, fields(client_id = tracing::field::Empty))]
pub async fn end_session(
    services: &Services,
    parameters: &Parameters,
    browser: Option<&str>,
    person: Option<&str>,
    is_confirmed: bool,
) -> Result<EndSession, EndSessionError> {
    let request = EndSessionRequest::parse(parameters)?;
    let hint = match &request.id_token_hint {
        Some(hint) => Some(verify_hint(services, hint.clone()).await?),
        None => None,
    };
    let application = application_of(services, &request, hint.as_ref()).await?;
    if let Some(application) = &application {
        tracing::Span::current().record("client_id", &application.client_id);
    }
    let return_to = return_address(&request, application.as_ref())?;
    let session = match person {
        Some(cookie) => people::session(services.db.connection(), &token::hash(cookie), services.now()).await?,
        None => None,
    };
    let Some(session) = session else { return Ok(after(return_to)) };
    let is_hinted =
        hint.is_some_and(|hint| hint.sid == Some(session_id(super::SID, &session.token_hash, &hint.client_id)));
    if !is_hinted && !is_confirmed {
        let parameters = parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        return Ok(EndSession::Asked { application: application.as_ref().map(shown), parameters });
    }
    let started = start_logout(services, person, browser, return_to.as_deref()).await?;
    Ok(match started.next {
        LogoutNext::IdentityProvider(address) => EndSession::IdentityProvider(address),
        LogoutNext::Done => after(return_to),
    })
}

fn after(return_to: Option<String>) -> EndSession {
    return_to.map_or(EndSession::SignedOut, EndSession::ReturnTo)
}

async fn verify_hint(services: &Services, hint: String) -> Result<IdTokenHint, EndSessionError> {
    let (keys, issuer) = (signing_keys::jwk_set(services).await?, services.settings.urls.issuer());
    let verified = services.spawn_blocking_limited(move || verify_id_token_hint(&hint, &keys, &issuer));
    Ok(verified.await.map_err(Error::from)??)
}

/// The application that asks: the hint's, which the client ID must agree with.
async fn application_of(
    services: &Services,
    request: &EndSessionRequest,
    hint: Option<&IdTokenHint>,
) -> Result<Option<Application>, EndSessionError> {
    let named = match (hint, &request.client_id) {
        (Some(hint), Some(client_id)) if hint.client_id != *client_id => {
            let description = "client_id is not the application that id_token_hint was issued to";
            return Err(OAuthError::new(oidc::OAuthErrorCode::InvalidRequest, description).into());
        }
        (Some(hint), _) => Some(&hint.client_id),
        (None, client_id) => client_id.as_ref(),
    };
    match named {
        Some(client_id) => Ok(clients::enabled(services, client_id).await?),
        None => Ok(None),
    }
}

fn return_address(
    request: &EndSessionRequest,
    application: Option<&Application>,
) -> Result<Option<String>, EndSessionError> {
    let Some(address) = &request.post_logout_redirect_uri else { return Ok(None) };
    let registered = application.map(|application| application.settings.post_logout_redirect_uris.as_slice());
    if registered.unwrap_or_default().iter().any(|known| known.matches(address)) {
        return Ok(Some(with_state(address, request.state.as_deref())));
    }
    let description = "post_logout_redirect_uri is not registered for the application";
    Err(OAuthError::new(oidc::OAuthErrorCode::InvalidRequest, description).into())
}
