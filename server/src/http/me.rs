//! The signed-in person's own page.

use app::sign_on_pages::{self, SignedOut};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use domain::cookies::{self, Cookie};
use domain::sign_on;

use super::cookie::{cookie, set_cookie};
use super::error::HttpError;
use crate::state::AppState;

/// `GET /me`.
pub async fn show(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, HttpError> {
    let token = cookie(&state, &headers, Cookie::Person);
    let person = sign_on::person(&state.services, token.as_deref()).await;
    let person = person.map_err(|error| HttpError::new(&state, error))?;
    Ok(match person {
        Some(person) => Html(sign_on_pages::me(&state.page, &person)).into_response(),
        None => Redirect::to("/sso").into_response(),
    })
}

/// `POST /me/sign-out`: here; the identity provider's session goes on.
pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, HttpError> {
    let token = cookie(&state, &headers, Cookie::Person);
    let ended = sign_on::sign_out(&state.services, token.as_deref()).await;
    ended.map_err(|error| HttpError::new(&state, error))?;
    let mut response = Redirect::to("/me/signed-out").into_response();
    set_cookie(response.headers_mut(), &cookies::removal(&state.services, Cookie::Person));
    Ok(response)
}

/// `GET /me/signed-out`.
pub async fn signed_out(State(state): State<AppState>) -> Html<String> {
    Html(sign_on_pages::signed_out(&state.page, SignedOut::Here))
}
