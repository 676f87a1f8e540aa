//! Finds out who asks, from the session cookie.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::accounts;
use domain::cookies::Cookie;

use crate::http::cookie::cookie;
use crate::http::error::HttpError;
use crate::state::AppState;

/// Puts the request's [`domain::Actor`] into its extensions.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Result<Response, HttpError> {
    let token = cookie(&state, request.headers(), Cookie::Session);
    let actor = accounts::actor(&state.services, token.as_deref()).await;
    let actor = actor.map_err(|error| HttpError::new(&state, error))?;
    request.extensions_mut().insert(actor);
    Ok(next.run(request).await)
}
