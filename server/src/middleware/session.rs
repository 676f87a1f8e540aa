//! Authentication of requests: the actor of each, by its session cookie.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::error::HttpError;
use crate::http::request_credentials::RequestCredentials;
use crate::state::AppState;

/// Set by our scripts on requests that the user did not cause (`app/assets/live.js`): these do
/// not keep a session from ending of idleness.
const BACKGROUND: &str = "x-background";

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
