//! Reading and setting cookies.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::cookies::{self, Cookie};

use crate::state::AppState;

/// The value of one of our cookies, if the browser sent it.
pub fn cookie(state: &AppState, headers: &HeaderMap, cookie: Cookie) -> Option<String> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies::find(values, cookie.name(&state.services))
}

/// Adds a `Set-Cookie` header, whole as `domain::cookies` made it.
pub fn set_cookie(headers: &mut HeaderMap, cookie: &str) {
    // made of names and tokens of ours: always a header value
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
