//! Whatever is answered without a page of its own (refusals of layers and extractors, wrong
//! methods, panics, forms that somebody sent too many of) is a page of ours for whoever reads
//! HTML. Programs keep what they get.

use std::any::Any;

use app::error::ApiError;
use app::standalone_pages::error::{ErrorPage, error_page};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use messages::text;
use tower_http::request_id::RequestId;

use crate::http::error::{FAILED, too_many};
use crate::state::AppState;

/// Puts a page in place of an error without one. Its reference, where the fault is ours, is
/// the request's ID, which each line in the log carries.
pub async fn add_page(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads_html = accepts_html(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !reads_html || !needs_page(&response) {
        return response;
    }
    let page = if status == StatusCode::TOO_MANY_REQUESTS {
        too_many(&state.page, retry_after(&response))
    } else {
        let id = id.as_ref().and_then(|id| id.header_value().to_str().ok());
        let reference = id.filter(|_| status.is_server_error());
        let (title, text) = title_and_text(status);
        let page = ErrorPage { status: status.as_u16(), title: &title, text: &text, reference };
        Html(error_page(&state.page, &page)).into_response()
    };
    let (mut parts, _) = response.into_parts();
    // the others say how to go on: `Allow`, `Retry-After`; an error leads nowhere by itself
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::LOCATION] {
        parts.headers.remove(name);
    }
    let (html, body) = page.into_parts();
    parts.headers.extend(html.headers);
    Response::from_parts(parts, body)
}

/// The answer to a request whose handler panicked. What the panic says is for the log, in the
/// request's span; [`add_page`] makes a page of this.
pub fn panic_response(panic: Box<dyn Any + Send>) -> Response<Body> {
    let says = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast::<&str>().map_or_else(|_| "no text".to_owned(), |text| (*text).to_owned()),
    };
    tracing::error!(panic = says, "a request panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, FAILED).into_response()
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.any(|accepted| accepted.contains("text/html"))
}

/// Whether it is an error that says at most a line of plain text, or what a server function
/// says to its form with 429 or 503, which no browser can show.
fn needs_page(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is = |wanted: &[u8]| kind.is_none_or(|kind| kind.starts_with(wanted));
    match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => kind.is_none() || !is(b"text/html"),
        status => (status.is_client_error() || status.is_server_error()) && is(b"text/plain"),
    }
}

/// When to come again, in seconds.
fn retry_after(response: &Response) -> u64 {
    let wait = response.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
    wait.unwrap_or(60)
}

fn title_and_text(status: StatusCode) -> (String, String) {
    match status {
        StatusCode::FORBIDDEN => (text!("error-forbidden-title"), text!("error-forbidden-text")),
        StatusCode::NOT_FOUND => (ApiError::NotFound.title(), ApiError::NotFound.text()),
        StatusCode::METHOD_NOT_ALLOWED => (text!("error-method-title"), text!("error-method-text")),
        StatusCode::PAYLOAD_TOO_LARGE => (text!("error-too-large-title"), text!("error-too-large-text")),
        StatusCode::SERVICE_UNAVAILABLE => (text!("error-unavailable-title"), text!("error-unavailable-text")),
        status if status.is_server_error() => (ApiError::Internal.title(), text!("error-internal-text-reference")),
        _ => (ApiError::BadRequest.title(), ApiError::BadRequest.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_without_a_page_of_their_own_are_filled() {
        let answer = |status: StatusCode, kind: Option<&'static str>| {
            let mut response = status.into_response();
            if let Some(kind) = kind {
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            }
            needs_page(&response)
        };
        for kind in [None, Some("text/plain; charset=utf-8")] {
            assert!(answer(StatusCode::FORBIDDEN, kind) && answer(StatusCode::BAD_GATEWAY, kind));
            assert!(!answer(StatusCode::OK, kind) && !answer(StatusCode::SEE_OTHER, kind));
        }
        for kind in ["text/html; charset=utf-8", "application/json", "text/event-stream", "text/css"] {
            assert!(!answer(StatusCode::FORBIDDEN, Some(kind)), "{kind}");
        }
        for status in [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE] {
            assert!(answer(status, Some("application/json")), "of a form");
            assert!(answer(status, None));
            assert!(!answer(status, Some("text/html; charset=utf-8")));
        }
    }
}
