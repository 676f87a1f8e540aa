//! The Reply URL (assertion consumer service, HTTP-POST binding): where identity providers
//! make browsers post their responses, and what else they post there, or post elsewhere by mistake.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::sign_in::{self, ReplyUrlRequest};
use messages::text;
use serde::Deserialize;

use super::error::{error_page, sign_in_error, start};
use crate::state::AppState;

/// What a response's form holds (SAML bindings §3.5.4); those of other bindings and protocols hold none.
#[derive(Deserialize)]
pub struct ResponseForm {
    #[serde(rename = "SAMLResponse")]
    saml_response: Option<String>,
    #[serde(rename = "RelayState")]
    relay_state: Option<String>,
    /// A reference to a response (bindings §3.6).
    #[serde(rename = "SAMLart")]
    artifact: Option<String>,
    /// A request, as in a sign-out that the identity provider begins.
    #[serde(rename = "SAMLRequest")]
    saml_request: Option<String>,
    /// WS-Federation's answer, by which it is told.
    #[serde(rename = "wresult")]
    ws_federation_result: Option<String>,
}

/// `POST /v2/auth/sso/saml/{slug}`.
pub async fn receive(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    form: Result<Form<ResponseForm>, FormRejection>,
) -> Response {
    let request = match form {
        Ok(Form(ResponseForm { saml_response: Some(saml_response), relay_state, .. })) => {
            ReplyUrlRequest::Form { saml_response, relay_state }
        }
        Ok(Form(ResponseForm { ws_federation_result: Some(_), .. })) => ReplyUrlRequest::WsFederation,
        Ok(Form(form)) => form.other_message().unwrap_or(ReplyUrlRequest::NoResponse),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => ReplyUrlRequest::TooLarge,
        Err(_) => ReplyUrlRequest::NoResponse,
    };
    answer(&state, &slug, request).await
}

/// `POST` of the Sign on URL: identity providers post there where it is entered in place of the Reply URL.
pub async fn receive_at_sign_on(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    form: Result<Form<ResponseForm>, FormRejection>,
) -> Response {
    if let Ok(Form(ResponseForm { saml_response: Some(saml_response), .. })) = form {
        let came_to = start(&state, slug.parse().ok().as_ref());
        if let Some(error) = sign_in::receive_elsewhere(&state.services, came_to, &saml_response).await {
            return sign_in_error(&state, error);
        }
    }
    let (title, text) = (text!("error-method-title"), text!("error-method-text"));
    let page = error_page(&state.page, StatusCode::METHOD_NOT_ALLOWED, &title, &text);
    ([(header::ALLOW, "GET, HEAD")], page).into_response()
}

impl ResponseForm {
    /// What SAML sends to other addresses, or by other bindings.
    fn other_message(self) -> Option<ReplyUrlRequest> {
        match self {
            Self { artifact: Some(_), relay_state, .. } => Some(ReplyUrlRequest::Artifact { relay_state }),
            Self { saml_request: Some(message), .. } => Some(ReplyUrlRequest::Request { message }),
            _ => None,
        }
    }
}

async fn answer(state: &AppState, slug: &str, request: ReplyUrlRequest) -> Response {
    match sign_in::receive(&state.services, slug, request).await {
        Ok(location) => Redirect::to(&location).into_response(),
        Err(error) => sign_in_error(state, error),
    }
}

/// `GET` of the same address: an identity provider used the wrong binding, or somebody
/// opened the Reply URL.
pub async fn opened(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    response: Result<Query<ResponseForm>, QueryRejection>,
) -> Response {
    let sent = match response {
        Ok(Query(ResponseForm { saml_response: Some(saml_response), relay_state, .. })) => {
            Some(ReplyUrlRequest::Query { saml_response, relay_state })
        }
        Ok(Query(other)) => other.other_message(),
        Err(_) => None,
    };
    if let Some(request) = sent {
        return answer(&state, &slug, request).await;
    }
    let sign_on = slug.parse().map(|slug| state.services.settings.urls.endpoints(&slug).sign_on_url);
    let text = match sign_on {
        Ok(url) => text!("error-reply-url-text-sign-on", url = url),
        Err(_) => text!("error-reply-url-text"),
    };
    error_page(&state.page, StatusCode::METHOD_NOT_ALLOWED, &text!("error-reply-url-title"), &text)
}
