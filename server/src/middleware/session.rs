//! Authentication of requests: the actor of each, by its session cookie.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use domain::cookies::Cookie;
use domain::{Actor, ClientInfo, Error, Token, accounts};

use crate::http::cookie::cookie;
use crate::http::error::HttpError;
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// How much of a `User-Agent` header is kept, in characters.
const MAX_USER_AGENT: usize = 300;
/// Set by our scripts on requests that the user did not cause (`app/assets/live.js`): these do
/// not keep a session from ending of idleness.
const BACKGROUND: &str = "x-background";

/// What a request is authenticated by: a handler that lives long does it again and again.
#[derive(Clone, Debug)]
pub struct RequestCredentials {
    session: Option<String>,
    client: ClientInfo,
}

impl RequestCredentials {
    /// The actor of the request. Counts as a use of the session.
    pub async fn authenticate(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::authenticate_request(&state.services, self.session.as_deref(), self.client.clone()).await
    }

    /// The actor of a request that the user did not cause.
    pub async fn authenticate_background(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::authenticate_background_request(&state.services, self.session.as_deref(), self.client.clone()).await
    }
}

impl FromRequestParts<AppState> for RequestCredentials {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let ClientIp(ip) = ClientIp::from_request_parts(parts, state).await?;
        let session = cookie(state, &parts.headers, Cookie::AccountSession);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = agent.map(|agent| agent.chars().take(MAX_USER_AGENT).collect());
        let device_token = cookie(state, &parts.headers, Cookie::KnownDevice);
        let device_token = device_token.and_then(|token| Token::from_browser(&token));
        Ok(Self { session, client: ClientInfo { ip: Some(ip), user_agent, device_token } })
    }
}

/// Puts the request's [`domain::Actor`] into its extensions.
pub async fn authenticate(
    State(state): State<AppState>,
    credentials: RequestCredentials,
    mut request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let in_background = request.headers().contains_key(BACKGROUND);
    let actor = if in_background {
        credentials.authenticate_background(&state).await
    } else {
        credentials.authenticate(&state).await
    };
    let actor = actor.map_err(|error| HttpError::new(&state, error))?;
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}
