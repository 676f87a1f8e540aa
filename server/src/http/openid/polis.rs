//! The addresses of Ory Polis (SAML Jackson), where the configuration wants them: an application moves here by
//! changing a host name.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use domain::openid;
use oidc::Parameters;
use oidc::polis::translate_request;

use super::browser;
use super::client::{authorization, bearer_answer, form, json_answer};
use crate::state::AppState;

/// `GET /api/oauth/authorize`.
pub async fn authorize(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let parameters = Parameters::parse_query(query.as_deref().unwrap_or_default());
    match parameters.and_then(|parameters| translate_request(&parameters)) {
        Ok(request) => browser::answer(&state, request.parameters, request.wants_id_token, &headers).await,
        Err(_) => browser::unreadable(&state),
    }
}

/// `POST /api/oauth/token`.
pub async fn token(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    let answer = async {
        let form = form(&headers, &body)?;
        openid::polis_token(&state.services, authorization(&headers), &form).await
    };
    json_answer(answer.await, StatusCode::OK)
}

/// `GET` and `POST /api/oauth/userinfo`. An access token in the address, which Polis takes as well, would be
/// kept by proxies: it is not taken.
pub async fn userinfo(State(state): State<AppState>, method: Method, headers: HeaderMap, body: String) -> Response {
    let services = Arc::clone(&state.services);
    bearer_answer(&method, &headers, &body, async |token| openid::polis_userinfo(&services, token).await).await
}
