//! Finds out who asks, from the session cookie.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use domain::cookies::Cookie;
use domain::{Origin, Token, accounts};

use crate::http::cookie::cookie;
use crate::http::error::HttpError;
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// In characters.
const USER_AGENT: usize = 300;

/// Puts the request's [`domain::Actor`] into its extensions.
pub async fn identify(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    mut request: Request,
    next: Next,
) -> Result<Response, HttpError> {
    let token = cookie(&state, request.headers(), Cookie::Session);
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let user_agent = agent.map(|agent| agent.chars().take(USER_AGENT).collect());
    let device = cookie(&state, request.headers(), Cookie::Device);
    let device = device.and_then(|token| Token::from_browser(&token));
    let origin = Origin { ip: Some(ip), user_agent, device };
    let actor = accounts::actor(&state.services, token.as_deref(), origin).await;
    let actor = actor.map_err(|error| HttpError::new(&state, error))?;
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}
