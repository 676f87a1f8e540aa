//! The one place where server functions read the request.

use std::sync::Arc;

use domain::{Actor, Services};
use http::request::Parts;
use leptos::prelude::use_context;

use crate::error::ApiError;

/// What a server function needs of the request.
pub struct Request {
    /// The domain.
    pub services: Arc<Services>,
    /// Who asks; set by the session middleware.
    pub actor: Actor,
    /// Head of the HTTP request.
    pub parts: Parts,
}

/// The request that is being answered.
///
/// # Errors
/// [`ApiError::Internal`] outside of a request, which is a mistake of ours.
pub fn request() -> Result<Request, ApiError> {
    let services = use_context::<Arc<Services>>().ok_or(ApiError::Internal)?;
    let parts = use_context::<Parts>().ok_or(ApiError::Internal)?;
    let actor = parts.extensions.get::<Actor>().cloned().ok_or(ApiError::Internal)?;
    Ok(Request { services, actor, parts })
}

impl Request {
    /// The value of a cookie, if the browser sent one.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let headers = self.parts.headers.get_all(http::header::COOKIE);
        domain::cookies::find(headers.iter().filter_map(|value| value.to_str().ok()), name)
    }

    /// Whether a browser navigated here (a form without script), rather than `fetch`.
    pub fn is_navigation(&self) -> bool {
        let accept = self.parts.headers.get(http::header::ACCEPT);
        accept.and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
    }
}
