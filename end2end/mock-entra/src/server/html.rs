//! What every page of the mock shares: rendering, errors, and the browser's cookie.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::aad_sts::AadSts;
use crate::clock::{guid, now};
use crate::fault::StopPage;

/// The cookie that a browser is known by. Cookies of a host go to all of its ports.
const SESSION: &str = "mock-entra-session";

#[derive(Template)]
#[template(path = "aad_sts.html")]
struct AadStsPage {
    number: u32,
    message: String,
    request_id: String,
    correlation_id: String,
    timestamp: String,
}

/// Entra's own error page.
pub(super) fn aad_sts_page(error: AadSts) -> Response {
    page(
        StatusCode::BAD_REQUEST,
        &AadStsPage {
            number: error.number,
            message: error.message,
            request_id: guid(),
            correlation_id: guid(),
            timestamp: now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        },
    )
}

#[derive(Template)]
#[template(path = "stopped.html")]
struct StoppedPage {
    title: &'static str,
    line: &'static str,
}

/// A page of another identity provider's that people stop on.
pub(super) fn stop_page(stop: &StopPage) -> Response {
    page(StatusCode::FORBIDDEN, &StoppedPage { title: stop.title, line: stop.line })
}

/// A page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => failed(&error.into()),
    }
}

/// What the mock itself fails at.
pub(super) fn failed(error: &anyhow::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

/// The browser's session, if it has one.
pub(super) fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION).map(|(_, value)| value.to_owned())
}

/// Gives the browser its session.
pub(super) fn set_session(response: &mut Response, session: &str) {
    if let Ok(cookie) = HeaderValue::from_str(&format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
