//! What applications send browsers to: to sign in, and to sign out.

use app::standalone_pages::openid as pages;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use domain::cookies::{self, Cookie};
use domain::openid::{self, AuthorizeError, AuthorizeRequest, Authorized, EndSession, EndSessionError};
use domain::sign_in::SignInError;
use messages::text;
use model::paths;
use oidc::{Parameters, ResponseDelivery};
use url::form_urlencoded;

use crate::http::auto_submit;
use crate::http::cookie::{cookie, set_cookie};
use crate::http::error::{HttpError, error_page, sign_in_error};
use crate::http::sso::to_identity_provider;
use crate::state::AppState;

/// `POST /oauth2/authorize`, and `POST /oauth2/logout`: the same request by a form of another site, which
/// our cookies do not come with (`SameSite=Lax`). They come with the navigation that this leads to.
pub async fn redirect_post_to_get(State(state): State<AppState>, uri: Uri, body: String) -> Response {
    let Ok(parameters) = Parameters::parse_query(&body) else { return unreadable(&state) };
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters.iter()).finish();
    Redirect::to(&format!("{}?{query}", uri.path())).into_response()
}

/// `GET /oauth2/authorize`.
pub async fn authorize(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match Parameters::parse_query(query.as_deref().unwrap_or_default()) {
        Ok(parameters) => answer(&state, parameters, true, &headers).await,
        Err(_) => unreadable(&state),
    }
}

/// A request that is too long, or names a parameter twice.
pub(super) fn unreadable(state: &AppState) -> Response {
    unanswerable(state, StatusCode::BAD_REQUEST, &text!("openid-request-unknown-client"))
}

/// Answers an authorization request.
pub(super) async fn answer(
    state: &AppState,
    mut parameters: Parameters,
    wants_id_token: bool,
    headers: &HeaderMap,
) -> Response {
    let typed_team = parameters.take(pages::TEAM_FIELD);
    let (browser, person) = cookies_of(state, headers);
    let request = AuthorizeRequest {
        parameters,
        typed_team: typed_team.as_deref(),
        wants_id_token,
        browser: browser.as_deref(),
        person: person.as_deref(),
    };
    match openid::authorize(&state.services, request).await {
        Ok(Authorized::Answered(delivery)) => deliver(state, delivery, typed_team.is_some()),
        Ok(Authorized::SignIn(started)) if typed_team.is_some() => after_typed_team(state, started),
        Ok(Authorized::SignIn(started)) => to_identity_provider(state, Ok(started)),
        Ok(Authorized::TeamAsked(question)) => {
            let status = if question.typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let page = pages::ask_team(&state.page, &question.application, question.parameters, question.typed);
            (status, Html(page)).into_response()
        }
        Err(error) => authorize_error(state, error),
    }
}

/// `GET /oauth2/authorize/{reference}`: the sign-in that an application asked for is over.
pub async fn resume(State(state): State<AppState>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    let (browser, person) = cookies_of(&state, &headers);
    match openid::resume(&state.services, &reference, browser.as_deref(), person.as_deref()).await {
        Ok(delivery) => deliver(&state, delivery, false),
        Err(error) => authorize_error(&state, error),
    }
}

fn cookies_of(state: &AppState, headers: &HeaderMap) -> (Option<String>, Option<String>) {
    (cookie(state, headers, Cookie::SignInBrowser), cookie(state, headers, Cookie::PersonSession))
}

/// Sends the browser back to the application. What answers a form of ours must not redirect to another host.
fn deliver(state: &AppState, delivery: ResponseDelivery, is_after_form: bool) -> Response {
    match delivery {
        ResponseDelivery::Redirect(address) if is_after_form => auto_submit::after_form(state, &address),
        ResponseDelivery::Redirect(address) => Redirect::to(&address).into_response(),
        ResponseDelivery::FormPost { action, fields } => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            auto_submit::post_form(state, &action, &fields)
        }
    }
}

/// The same for the way to an identity provider.
fn after_typed_team(state: &AppState, started: domain::sign_in::StartedSignIn) -> Response {
    let domain::sign_in::IdpRequest::Redirect(address) = &started.request else {
        return to_identity_provider(state, Ok(started));
    };
    let mut response = auto_submit::after_form(state, address);
    set_cookie(response.headers_mut(), &started.cookie);
    response
}

fn authorize_error(state: &AppState, error: AuthorizeError) -> Response {
    match error {
        AuthorizeError::UnknownClient => {
            unanswerable(state, StatusCode::BAD_REQUEST, &text!("openid-request-unknown-client"))
        }
        AuthorizeError::UntrustedRedirect { application } => {
            let text = text!("openid-request-untrusted-redirect", application = application);
            unanswerable(state, StatusCode::BAD_REQUEST, &text)
        }
        AuthorizeError::SignIn(error @ (SignInError::Rejected(_) | SignInError::UnknownTeam { .. })) => {
            sign_in_error(state, error)
        }
        AuthorizeError::SignIn(SignInError::Other(error)) => HttpError::new(state, error).into_response(),
    }
}

/// A request that came by way of a browser, and that there is nobody but the person to tell of.
fn unanswerable(state: &AppState, status: StatusCode, text: &str) -> Response {
    error_page(&state.page, status, &text!("openid-request-title"), text)
}

/// `GET /oauth2/logout`.
pub async fn end_session(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    sign_out(&state, query.as_deref().unwrap_or_default(), &headers, false).await
}

/// `POST /oauth2/logout/confirm`: the person was asked, and wants it.
pub async fn end_session_confirmed(State(state): State<AppState>, headers: HeaderMap, body: String) -> Response {
    sign_out(&state, &body, &headers, true).await
}

async fn sign_out(state: &AppState, query: &str, headers: &HeaderMap, is_confirmed: bool) -> Response {
    let refused = || unanswerable(state, StatusCode::BAD_REQUEST, &text!("openid-request-sign-out"));
    let Ok(parameters) = Parameters::parse_query(query) else { return refused() };
    let (browser, person) = cookies_of(state, headers);
    let (browser, person) = (browser.as_deref(), person.as_deref());
    let next = match openid::end_session(&state.services, &parameters, browser, person, is_confirmed).await {
        Ok(EndSession::Asked { application, parameters }) => {
            let page = pages::ask_sign_out(&state.page, application.as_ref(), parameters);
            return Html(page).into_response();
        }
        Ok(EndSession::IdentityProvider(address)) => {
            Html(app::standalone_pages::meta_refresh::signing_out(&state.page, &address)).into_response()
        }
        Ok(EndSession::ReturnTo(address)) if is_confirmed => auto_submit::after_form(state, &address),
        Ok(EndSession::ReturnTo(address)) => Redirect::to(&address).into_response(),
        Ok(EndSession::SignedOut) => Redirect::to(paths::SIGNED_OUT).into_response(),
        Err(EndSessionError::Refused(error)) => {
            tracing::info!(%error, "request to sign out refused");
            return refused();
        }
        Err(EndSessionError::Other(error)) => return HttpError::new(state, error).into_response(),
    };
    let mut response = next;
    set_cookie(response.headers_mut(), &cookies::clear(&state.services, Cookie::PersonSession));
    response
}
