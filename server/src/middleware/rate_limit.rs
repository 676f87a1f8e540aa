//! Limits on requests, applied before anything else is looked at.

use app::whole_seconds;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::row_budget::with_request_address;
use model::paths;

use crate::http::client_ip::ClientIp;
use crate::http::error::too_many_sign_ins;
use crate::state::AppState;

/// What applications ask by themselves, not through a browser's navigation.
pub const FOR_APPLICATIONS: [&str; 7] = [
    paths::TOKEN,
    paths::USERINFO,
    paths::INTROSPECTION,
    paths::REVOCATION,
    paths::PUSHED_AUTHORIZATION_REQUEST,
    paths::POLIS_TOKEN,
    paths::POLIS_USERINFO,
];

/// Answers 429 with `Retry-After` if there were too many requests for the team in the path,
/// or for no team in particular.
pub async fn limit_sign_ins(
    State(state): State<AppState>,
    params: RawPathParams,
    ClientIp(ip): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let slug = params.iter().find(|(name, _)| *name == "slug").map_or("", |(_, slug)| slug);
    match state.limits.count_sign_in(slug, ip.into(), state.services.now()) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_many_sign_ins(&state, slug.parse().ok().as_ref(), wait),
    }
}

/// For every request: who pays for what it makes us write, and whether there were too many
/// posts; people get a page for that from `error_pages`.
pub async fn limit_requests(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let (path, now) = (request.uri().path(), state.services.now());
    let counted = if FOR_APPLICATIONS.contains(&path) {
        state.limits.count_application_request(ip.into(), now)
    } else if request.method() == Method::POST {
        state.limits.count_post(ip.into(), now)
    } else {
        Ok(())
    };
    if let Err(wait) = counted {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, whole_seconds(wait))]).into_response();
    }
    with_request_address(ip, next.run(request)).await
}
