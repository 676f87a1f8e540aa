//! The signed-in person's own page.

use app::standalone_pages::{meta_refresh, sign_in as pages};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use domain::cookies::{self, Cookie};
use domain::logout::{self, LogoutNext, StartedLogout};
use domain::{openid, sign_in};
use model::sign_in::SignOutExtent;
use serde::Deserialize;

use super::cookie::{cookie, set_cookie};
use super::error::{HttpError, start};
use crate::state::AppState;

/// `GET /me`.
pub async fn show(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, HttpError> {
    let token = cookie(&state, &headers, Cookie::PersonSession);
    let person = sign_in::signed_in_person(&state.services, token.as_deref()).await;
    let person = person.map_err(|error| HttpError::new(&state, error))?;
    Ok(match person {
        Some(person) => {
            let applications = openid::continuations(&state.services, token.as_deref()).await;
            let applications = applications.map_err(|error| HttpError::new(&state, error))?;
            let applications = applications.into_iter().map(|one| (one.application, one.address)).collect();
            Html(pages::signed_in(&state.page, &person, applications)).into_response()
        }
        None => Redirect::to(app::routes::CHOOSE_TEAM).into_response(),
    })
}

/// `GET /me/continue`: on to the application that the sign-in was for, or to the page that shows them all.
pub async fn continue_to_application(State(state): State<AppState>, headers: HeaderMap) -> Result<Redirect, HttpError> {
    let token = cookie(&state, &headers, Cookie::PersonSession);
    let address = openid::initiate_login(&state.services, token.as_deref()).await;
    let address = address.map_err(|error| HttpError::new(&state, error))?;
    Ok(Redirect::to(address.as_deref().unwrap_or(app::routes::ME)))
}

/// `POST /me/sign-out`: here, and where the team's identity provider has a sign-out, there.
pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, HttpError> {
    let token = cookie(&state, &headers, Cookie::PersonSession);
    let browser = cookie(&state, &headers, Cookie::SignInBrowser);
    let started = logout::start_logout(&state.services, token.as_deref(), browser.as_deref(), None).await;
    let StartedLogout { team, next } = started.map_err(|error| HttpError::new(&state, error))?;
    let mut response = match next {
        LogoutNext::Done => Redirect::to(&app::routes::signed_out(SignOutExtent::Here, team.as_ref())).into_response(),
        LogoutNext::IdentityProvider(to) => Html(meta_refresh::signing_out(&state.page, &to)).into_response(),
    };
    set_cookie(response.headers_mut(), &cookies::clear(&state.services, Cookie::PersonSession));
    Ok(response)
}

/// How far the sign-out went.
#[derive(Deserialize)]
pub struct SignedOutQuery {
    #[serde(default)]
    how_far: String,
    /// The slug of the team of whoever signed out.
    #[serde(default)]
    team: String,
}

/// `GET /me/signed-out`.
pub async fn signed_out(State(state): State<AppState>, Query(query): Query<SignedOutQuery>) -> Html<String> {
    let extent = SignOutExtent::parse(&query.how_far).unwrap_or_default();
    let start = start(&state, query.team.parse().ok().as_ref());
    Html(pages::signed_out(&state.page, extent, &start))
}
