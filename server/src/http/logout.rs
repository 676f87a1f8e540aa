//! A team's logout address: identity providers make browsers open it (HTTP-Redirect) or post
//! to it (HTTP-POST), with a request of theirs or the answer to one of ours.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::logout::{self, Binding, LogoutError, LogoutOutcome, MessageKind, PostedMessage};
use domain::sign_in;
use messages::text;
use model::paths;
use model::sign_in::SignOutExtent;
use serde::Deserialize;

use super::error::{HttpError, error_page, sign_in_error};
use crate::state::AppState;

/// What a message's form holds (SAML bindings §3.5.4).
#[derive(Deserialize)]
pub struct LogoutForm {
    #[serde(rename = "SAMLRequest")]
    saml_request: Option<String>,
    #[serde(rename = "SAMLResponse")]
    saml_response: Option<String>,
    #[serde(rename = "RelayState")]
    relay_state: Option<String>,
}

/// `GET /v2/auth/sso/saml/{slug}/logout`.
pub async fn redirected(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&state, &slug, Binding::Redirect(query.unwrap_or_default())).await
}

/// `POST /v2/auth/sso/saml/{slug}/logout`.
pub async fn posted(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    form: Result<Form<LogoutForm>, FormRejection>,
) -> Response {
    let Some(posted) = form.ok().and_then(|Form(form)| form.message()) else { return unreadable(&state) };
    // where the Logout URL is entered in place of the Reply URL, responses come here
    if posted.kind == MessageKind::Response {
        let came_to = state.services.settings.urls.api(&paths::slo(&slug));
        if let Some(error) = sign_in::receive_elsewhere(&state.services, came_to, &posted.message).await {
            return sign_in_error(&state, error);
        }
    }
    answer(&state, &slug, Binding::Post(posted)).await
}

impl LogoutForm {
    /// One message, not none and not two.
    fn message(self) -> Option<PostedMessage> {
        let (kind, message) = match (self.saml_request, self.saml_response) {
            (Some(request), None) => (MessageKind::Request, request),
            (None, Some(response)) => (MessageKind::Response, response),
            (None, None) | (Some(_), Some(_)) => return None,
        };
        Some(PostedMessage { kind, message, relay_state: self.relay_state })
    }
}

fn unreadable(state: &AppState) -> Response {
    let (title, text) = (text!("error-logout-unreadable-title"), text!("error-logout-unreadable-text"));
    error_page(&state.page, StatusCode::BAD_REQUEST, &title, &text)
}

async fn answer(state: &AppState, slug: &str, message: Binding) -> Response {
    let to_page = |extent| {
        let page = app::routes::signed_out(extent, slug.parse().ok().as_ref());
        Redirect::to(&state.services.settings.urls.account(&page)).into_response()
    };
    match logout::receive_logout_message(&state.services, slug, message).await {
        Ok(LogoutOutcome::SignedOut { return_to: Some(address), .. }) => Redirect::to(&address).into_response(),
        Ok(LogoutOutcome::SignedOut { confirmed: true, .. }) => to_page(SignOutExtent::Everywhere),
        Ok(LogoutOutcome::SignedOut { confirmed: false, .. }) => to_page(SignOutExtent::Unconfirmed),
        Ok(LogoutOutcome::Unanswered) => to_page(SignOutExtent::Here),
        Ok(LogoutOutcome::Respond(location)) => Redirect::to(&location).into_response(),
        Err(error) => refused(state, slug, error),
    }
}

/// What is wrong is for the log: whoever is here can do nothing about it.
fn refused(state: &AppState, slug: &str, error: LogoutError) -> Response {
    tracing::info!(team = slug, %error, "logout message refused");
    match error {
        LogoutError::Internal(error) => HttpError::new(state, error).into_response(),
        LogoutError::NotFound => HttpError::new(state, domain::Error::NotFound).into_response(),
        LogoutError::Refused(_) | LogoutError::Repeated | LogoutError::Overtaken => {
            let (title, text) = (text!("error-logout-refused-title"), text!("error-logout-refused-text"));
            error_page(&state.page, StatusCode::BAD_REQUEST, &title, &text)
        }
    }
}
