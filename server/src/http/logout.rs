//! A team's logout address: identity providers make browsers open it (HTTP-Redirect) or post
//! to it (HTTP-POST), with a request of theirs or the answer to one of ours.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::logout::{self, Arrived, Carrier, LogoutError};

use super::error::{HttpError, error_page, too_many};
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// `GET /v2/auth/sso/saml/{slug}/logout`.
pub async fn redirected(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    ClientIp(ip): ClientIp,
    RawQuery(query): RawQuery,
) -> Response {
    match state.limits.check(&slug, ip) {
        Ok(()) => answer(&state, &slug, Carrier::Redirect(query.unwrap_or_default())).await,
        Err(wait) => too_many(&state, wait),
    }
}

/// `POST /v2/auth/sso/saml/{slug}/logout`.
pub async fn posted(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    ClientIp(ip): ClientIp,
    form: String,
) -> Response {
    match state.limits.check(&slug, ip) {
        Ok(()) => answer(&state, &slug, Carrier::Post(form)).await,
        Err(wait) => too_many(&state, wait),
    }
}

async fn answer(state: &AppState, slug: &str, carrier: Carrier) -> Response {
    let to_page = |how_far| {
        let page = app::routes::signed_out(how_far);
        Redirect::to(&state.services.settings.urls.account(&page)).into_response()
    };
    match logout::arrive(&state.services, slug, carrier).await {
        Ok(Arrived::SignedOut { confirmed: true }) => to_page("everywhere"),
        Ok(Arrived::SignedOut { confirmed: false }) => to_page("unconfirmed"),
        Ok(Arrived::Unanswered) => to_page("here"),
        Ok(Arrived::Answer(location)) => Redirect::to(&location).into_response(),
        Err(error) => refused(state, slug, error),
    }
}

/// What is wrong is for the log: whoever is here can do nothing about it.
fn refused(state: &AppState, slug: &str, error: LogoutError) -> Response {
    const TITLE: &str = "Sign-out not completed";
    tracing::info!(team = slug, %error, "logout message refused");
    match error {
        LogoutError::Internal(error) => HttpError::new(state, error).into_response(),
        LogoutError::NotFound => HttpError::new(state, domain::Error::NotFound).into_response(),
        LogoutError::Refused(_) | LogoutError::Repeated => {
            let text = "This message of your company's sign-in could not be verified, or was used before. \
                        Nobody was signed out by it.";
            error_page(&state.page, StatusCode::BAD_REQUEST, TITLE, text)
        }
    }
}
