//! What a page may tell the server while it is rendered: where else to go, which status.

use http::StatusCode;
use model::Timestamp;

use super::answer::{see_other, set_status};
use super::request::request;
use crate::error::ApiError;

/// Sends the browser to do what this page needs (sign in, prove something) and come back.
pub(crate) fn redirect_to_prerequisite(error: &ApiError) {
    let path = request().ok().and_then(|request| Some(request.parts.uri.path_and_query()?.as_str().to_owned()));
    if let Some(page) = error.prerequisite_page(path.as_deref()) {
        see_other(&page);
    }
}

/// Sends the browser to another page of ours.
pub(crate) fn go_to(path: &str) {
    see_other(path);
}

/// This page is not there.
pub(crate) fn not_found() {
    set_status(StatusCode::NOT_FOUND);
}

/// The present moment.
pub(crate) fn now() -> Option<Timestamp> {
    request().ok().map(|request| request.services.now())
}

/// The folder of this machine that mail goes to, on a trial where saying so helps.
pub(crate) fn mail_folder() -> Option<String> {
    let request = request().ok()?;
    let settings = &request.services.settings;
    let folder = settings.mail_to_folder.as_deref().filter(|_| settings.urls.is_local_http())?;
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Some(whole.display().to_string())
}

/// Whether anybody may sign up and create a team.
pub(crate) fn sign_up_is_open() -> bool {
    request().is_ok_and(|request| request.services.settings.sign_up == domain::settings::SignUp::Open)
}
