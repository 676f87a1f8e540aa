//! What the provider can do, and the keys that tokens are signed with. Public, and the same for everybody.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::signing_keys;
use model::paths;
use oidc::{Endpoint, ProviderMetadata};
use serde::Serialize;

use crate::http::error::HttpError;
use crate::state::AppState;

/// For how long clients may keep both: less than a key is published before it signs.
const CACHE: &str = "public, max-age=3600";

/// `GET /.well-known/openid-configuration`, and the same at RFC 8414's address.
pub async fn configuration(State(state): State<AppState>) -> Response {
    let urls = &state.services.settings.urls;
    let metadata = ProviderMetadata::new(&urls.issuer(), |endpoint| {
        urls.account(match endpoint {
            Endpoint::Authorization => paths::AUTHORIZE,
            Endpoint::Token => paths::TOKEN,
            Endpoint::Userinfo => paths::USERINFO,
            Endpoint::Jwks => paths::JWKS,
            Endpoint::EndSession => paths::END_SESSION,
            Endpoint::Revocation => paths::REVOCATION,
            Endpoint::Introspection => paths::INTROSPECTION,
            Endpoint::PushedAuthorizationRequest => paths::PUSHED_AUTHORIZATION_REQUEST,
        })
    });
    cached(metadata)
}

/// `GET /oauth2/jwks`.
pub async fn jwks(State(state): State<AppState>) -> Result<Response, HttpError> {
    let keys = signing_keys::jwk_set(&state.services).await.map_err(|error| HttpError::new(&state, error))?;
    Ok(cached(keys))
}

fn cached(document: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, CACHE)], Json(document)).into_response()
}
