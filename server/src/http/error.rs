//! How what went wrong becomes a response, for handlers that are no Leptos page. What a domain
//! error means over HTTP and in words is decided in `app`, for both.

use std::sync::Arc;

use app::error::ApiError;
use app::plain_pages::PlainPage;
use app::plain_pages::error::{self, ErrorPage};
use app::plain_pages::sign_in::{self, SignInFailure};
use app::whole_seconds;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::TimeDelta;
use domain::sign_in::{RejectedSignIn, SignInError};
use model::{FindingCode, TeamSlug};

use crate::state::AppState;

/// What a program reads when the fault is ours; people get a page with a reference
/// (`middleware::error_pages`).
pub const FAILED: &str = "something failed on our side\n";

/// An error with what its page needs.
pub struct HttpError {
    page: Arc<PlainPage>,
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
pub fn error_page(page: &PlainPage, status: StatusCode, title: &str, text: &str) -> Response {
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
            let failure = SignInFailure {
                code: FindingCode::TeamNotActive,
                reference: Some(&reference),
                team_name: None,
                start: &start(state, None),
            };
            failure_page(state, &failure)
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
    let failure = SignInFailure {
        code: rejected.code,
        reference: rejected.reference.as_ref(),
        team_name: Some(&rejected.team_name),
        start: &start(state, rejected.slug.as_ref()),
    };
    failure_page(state, &failure)
}

fn failure_page(state: &AppState, failure: &SignInFailure<'_>) -> Response {
    (status_of(failure.code), Html(sign_in::sign_in_failure(&state.page, failure))).into_response()
}

const fn status_of(code: FindingCode) -> StatusCode {
    match code {
        FindingCode::NotBase64
        | FindingCode::NotXml
        | FindingCode::ForbiddenConstruct
        | FindingCode::DoctypePresent
        | FindingCode::SeveralAssertions
        | FindingCode::ResponseInQuery
        | FindingCode::ResponseMissing
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
    let start = start(state, team);
    let failure = SignInFailure { code: FindingCode::TooManyAttempts, reference: None, team_name: None, start: &start };
    let page = sign_in::sign_in_failure(&state.page, &failure);
    retry_after((StatusCode::TOO_MANY_REQUESTS, Html(page)).into_response(), whole_seconds(wait))
}

/// Too many requests: in how many seconds to come back.
pub fn too_many(page: &PlainPage, seconds: u64) -> Response {
    page_of(page, &ApiError::TooManyRequests { seconds })
}

fn page_of(page: &PlainPage, error: &ApiError) -> Response {
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
