//! Pages that hand a browser over: with a request to an identity provider by HTTP-POST, and
//! from a form of ours to wherever the next step is.

use app::standalone_pages::auto_submit_form::auto_submit_form;
use app::standalone_pages::meta_refresh;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use domain::Token;
use domain::sign_in::PostForm;
use url::Url;

use super::content_security_policy::policy_with_script;
use crate::state::AppState;

/// Where sign-ins usually end, none of which redirects to another host.
const OURS: [&str; 2] = [app::routes::ME, app::routes::SUPPORT];

/// Answers a form with where to go next. A redirect would be held to the page's own
/// `form-action`, and so would every redirect after it; browsers block those that leave the
/// origin without a word to the person.
pub fn after_form(state: &AppState, next: &str) -> Response {
    let path = next.split_once(['?', '#']).map_or(next, |(path, _)| path);
    if OURS.contains(&path) {
        return Redirect::to(next).into_response();
    }
    Html(meta_refresh::redirect_page(&state.page, next)).into_response()
}

/// The page that posts a request to an identity provider (HTTP-POST binding).
pub fn post_request(state: &AppState, form: &PostForm) -> Response {
    let fields = [(form.parameter, &*form.message), ("RelayState", &*form.relay_state)];
    post_form(state, &form.action, &fields)
}

/// The page, with a policy of its own: its one script by nonce, its one form to another host. Browsers hold
/// redirects after a form to the same list, and whoever is posted to sends people on to hosts that nobody
/// can know beforehand: so any https host is on it.
pub fn post_form(state: &AppState, action: &str, fields: &[(&str, &str)]) -> Response {
    let nonce = Token::new(&*state.services.random);
    let page = auto_submit_form(&state.page, action, fields, nonce.reveal());
    let mut response = Html(page).into_response();
    let origin = Url::parse(action).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    let policy = policy_with_script(nonce.reveal(), &format!("https: {origin}"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
