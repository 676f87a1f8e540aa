//! The language of an answer: negotiated from `Accept-Language` against the languages of the
//! message catalogue.

use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;

/// Answers in the language that the browser asks for, if there is one.
pub async fn choose(request: Request, next: Next) -> Response {
    let wanted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    messages::in_language(messages::negotiate(wanted), next.run(request)).await
}
