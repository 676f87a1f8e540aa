//! A request to an identity provider by HTTP-POST: a page whose form submits itself.

use app::hand_over_pages;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Response};
use domain::Token;
use domain::sign_on::PostForm;
use url::Url;

use crate::state::AppState;

/// The page, with a policy of its own: its one script by nonce, its one form to the identity
/// provider. Browsers hold redirects after a form to the same list, and identity providers
/// send people on to hosts that nobody can know beforehand: so any https host is on it.
pub fn post_request(state: &AppState, form: &PostForm) -> Response {
    let nonce = Token::new(&*state.services.random);
    let fields = [(form.parameter, &*form.message), ("RelayState", &*form.relay_state)];
    let page = hand_over_pages::post_request(&state.page, &form.action, &fields, nonce.reveal());
    let mut response = Html(page).into_response();
    let origin = Url::parse(&form.action).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         form-action https: {origin}; base-uri 'none'; frame-ancestors 'none'",
        nonce.reveal()
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
