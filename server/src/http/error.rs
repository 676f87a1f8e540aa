//! How what went wrong becomes a response, for handlers that are no Leptos page. What a domain
//! error means over HTTP and in words is decided in `app`, for both.

use std::sync::Arc;

use app::error::ApiError;
use app::standalone_pages::StandalonePage;
use app::standalone_pages::error::{self, ErrorPage};
use app::standalone_pages::sign_in_failure::{FailedTeam, SignInFailure, sign_in_failure};
use app::whole_seconds;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use domain::Token;
use domain::sign_in::{RejectedSignIn, SignInError};
use model::{FindingCode, Reference, TeamSlug};

use super::content_security_policy::policy_with_script;
use crate::state::AppState;

/// What a program reads when the fault is ours; people get a page with a reference
/// (`middleware::error_pages`).
pub const FAILED: &str = "something failed on our side\n";

/// An error with what its page needs.
pub struct HttpError {
    page: Arc<StandalonePage>,
    error: domain::Error,
}

impl HttpError {
    /// An error of the domain.
    pub fn new(state: &AppState, error: domain::Error) -> Self {
        Self { page: Arc::clone(&state.page), error }
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let error = ApiError::from(self.error);
        if let Some(page) = error.prerequisite_page(None) {
            return Redirect::to(&page).into_response();
        }
        match error {
            ApiError::Internal => (error.status(), FAILED).into_response(),
            error => page_of(&self.page, &error),
        }
    }
}

/// A plain page for a status.
pub fn error_page(page: &StandalonePage, status: StatusCode, title: &str, text: &str) -> Response {
    let error = ErrorPage { status: status.as_u16(), title, text, reference: None };
    (status, Html(error::error_page(page, &error))).into_response()
}

/// What the person sees whose sign-in did not work: a plain sentence and a reference. The
/// admin who tested sees the whole story.
pub fn sign_in_error(state: &AppState, error: SignInError) -> Response {
    match error {
        SignInError::Other(error) => HttpError::new(state, error).into_response(),
        SignInError::Rejected(rejected) => rejected_sign_in(state, &rejected),
        SignInError::UnknownTeam { reference } => {
            failure_page(state, FindingCode::TeamNotActive, Some(&reference), None)
        }
    }
}

fn rejected_sign_in(state: &AppState, rejected: &RejectedSignIn) -> Response {
    if rejected.code == FindingCode::TooManyAttempts {
        return too_many_sign_ins(state, rejected.slug.as_ref(), TimeDelta::minutes(1));
    }
    if let (true, Some(slug), Some(reference)) = (rejected.is_test, &rejected.slug, &rejected.reference) {
        let list = app::routes::team_attempts(slug.as_str());
        let report = app::routes::attempt(&list, reference.as_str());
        return Redirect::to(&state.services.settings.urls.account(&report)).into_response();
    }
    let team = rejected.slug.as_ref().map(|slug| (slug, Some(rejected.team_name.as_str())));
    failure_page(state, rejected.code, rejected.reference.as_ref(), team)
}

/// The page of a failure, with a policy of its own for its one script.
fn failure_page(
    state: &AppState,
    code: FindingCode,
    reference: Option<&Reference>,
    team: Option<(&TeamSlug, Option<&str>)>,
) -> Response {
    let nonce = Token::new(&*state.services.random);
    let sign_on_url = start(state, team.map(|(slug, _)| slug));
    let account_url = state.services.settings.urls.account("");
    let team = team.map(|(slug, name)| FailedTeam { name, slug, sign_on_url: &sign_on_url, account_url: &account_url });
    let failure = SignInFailure { code, reference, team, at: state.services.now(), nonce: nonce.reveal() };
    let page = Html(sign_in_failure(&state.page, &failure));
    let mut response = (status_of(code), page).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy_with_script(nonce.reveal(), "'self'")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

const fn status_of(code: FindingCode) -> StatusCode {
    match code {
        FindingCode::NotBase64
        | FindingCode::NotEncoded
        | FindingCode::NotXml
        | FindingCode::ForbiddenConstruct
        | FindingCode::DoctypePresent
        | FindingCode::SeveralAssertions
        | FindingCode::ResponseInQuery
        | FindingCode::ResponseMissing
        | FindingCode::ResponseByArtifact
        | FindingCode::ResponseCompressed
        | FindingCode::LogoutAtReplyUrl
        | FindingCode::WsFederation
        | FindingCode::WrongShape => StatusCode::BAD_REQUEST,
        FindingCode::TooLarge | FindingCode::LimitExceeded => StatusCode::PAYLOAD_TOO_LARGE,
        FindingCode::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        FindingCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::FORBIDDEN,
    }
}

/// Where a sign-in starts, whichever of our hosts the page is on: at the team's Sign on URL,
/// or where one is asked for the team.
pub fn start(state: &AppState, team: Option<&TeamSlug>) -> String {
    state.services.settings.urls.account(&app::routes::sign_on(team))
}

/// Too many sign-ins: when to come back, and to which team.
pub fn too_many_sign_ins(state: &AppState, team: Option<&TeamSlug>, wait: TimeDelta) -> Response {
    let page = failure_page(state, FindingCode::TooManyAttempts, None, team.map(|slug| (slug, None)));
    retry_after(page, whole_seconds(wait))
}

/// Too many requests: in how many seconds to come back.
pub fn too_many(page: &StandalonePage, seconds: u64) -> Response {
    page_of(page, &ApiError::TooManyRequests { seconds })
}

fn page_of(page: &StandalonePage, error: &ApiError) -> Response {
    let response = error_page(page, error.status(), &error.title(), &error.text());
    match error.retry_after() {
        Some(seconds) => retry_after(response, seconds),
        None => response,
    }
}

fn retry_after(mut response: Response, seconds: u64) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
