//! Finds out who asks, from the session cookie.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use domain::cookies::Cookie;
use domain::{Actor, Error, Origin, Token, accounts};

use crate::http::cookie::cookie;
use crate::http::error::HttpError;
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// In characters.
const USER_AGENT: usize = 300;
/// Set by scripts of ours on what they ask for without their viewer's doing
/// (`app/assets/live.js`): it does not keep a session from ending of idleness.
const BACKGROUND: &str = "x-background";

/// The browser that asks: what its session is found by, again and again if need be.
#[derive(Clone, Debug)]
pub struct Visitor {
    session: Option<String>,
    origin: Origin,
}

impl Visitor {
    /// Who it is. Counts as use of the session.
    pub async fn actor(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::actor(&state.services, self.session.as_deref(), self.origin.clone()).await
    }

    /// Who it is, for what is done without their doing.
    pub async fn idle_actor(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::idle_actor(&state.services, self.session.as_deref(), self.origin.clone()).await
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let ClientIp(ip) = ClientIp::from_request_parts(parts, state).await?;
        let session = cookie(state, &parts.headers, Cookie::Session);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = agent.map(|agent| agent.chars().take(USER_AGENT).collect());
        let device = cookie(state, &parts.headers, Cookie::Device);
        let device = device.and_then(|token| Token::from_browser(&token));
        Ok(Self { session, origin: Origin { ip: Some(ip), user_agent, device } })
    }
}

/// Puts the request's [`domain::Actor`] into its extensions.
pub async fn identify(
    State(state): State<AppState>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let in_background = request.headers().contains_key(BACKGROUND);
    let actor = if in_background { visitor.idle_actor(&state).await } else { visitor.actor(&state).await };
    let actor = actor.map_err(|error| HttpError::new(&state, error))?;
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}
