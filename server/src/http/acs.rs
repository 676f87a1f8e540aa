//! The Reply URL (assertion consumer service, HTTP-POST binding): where identity providers
//! make browsers post their responses. The only address that takes posts from other sites.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::sign_on;
use serde::Deserialize;

use super::error::{error_page, sign_on_error};
use crate::state::AppState;

/// What a response's form holds (SAML bindings §3.5.4).
#[derive(Deserialize)]
pub struct ResponseForm {
    #[serde(rename = "SAMLResponse")]
    saml_response: String,
    #[serde(rename = "RelayState")]
    relay_state: Option<String>,
}

/// `POST /v2/auth/sso/saml/{slug}`.
pub async fn receive(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    form: Result<Form<ResponseForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(rejection) => return unreadable(&state, &rejection),
    };
    let received = sign_on::receive(&state.services, &slug, form.saml_response, form.relay_state.as_deref()).await;
    match received {
        Ok(location) => Redirect::to(&location).into_response(),
        Err(error) => sign_on_error(&state, error),
    }
}

fn unreadable(state: &AppState, rejection: &FormRejection) -> Response {
    let (status, text) = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        (StatusCode::PAYLOAD_TOO_LARGE, "The response is larger than any that an identity provider sends.")
    } else {
        (StatusCode::BAD_REQUEST, "This address takes the form that an identity provider posts, with a SAMLResponse.")
    };
    error_page(&state.page, status, "This response cannot be read", text)
}

/// `GET` of the same address: somebody opened the Reply URL, or an identity provider used
/// the wrong binding.
pub async fn opened(State(state): State<AppState>, Path(slug): Path<String>) -> Response {
    let sign_on = slug.parse().map(|slug| state.services.settings.urls.endpoints(&slug).sign_on_url);
    let text = match sign_on {
        Ok(url) => format!("Responses are posted here by your identity provider. To sign in, open {url}"),
        Err(_) => "Responses are posted here by your identity provider.".to_owned(),
    };
    error_page(&state.page, StatusCode::METHOD_NOT_ALLOWED, "This is the Reply URL", &text)
}
