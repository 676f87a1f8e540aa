//! What a page may tell the server while it is rendered: where else to go, which status.

use http::StatusCode;
use model::Timestamp;

use super::answer::{needed, see_other, set_status};
use super::request::request;
use crate::error::ApiError;

/// Sends the browser to do what this page needs (sign in, prove something) and come back.
pub(crate) fn to_what_is_needed(error: &ApiError) {
    let path = request().ok().and_then(|request| Some(request.parts.uri.path_and_query()?.as_str().to_owned()));
    if let Some(place) = needed(error, path.as_deref()) {
        see_other(&place);
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

/// Whether mail goes to a folder of this machine, on a trial where saying so helps.
pub(crate) fn mail_is_written_to_folder() -> bool {
    request().is_ok_and(|request| {
        let settings = &request.services.settings;
        settings.mail_to_folder && settings.urls.is_local_http()
    })
}

/// Whether anybody may sign up and create a team.
pub(crate) fn sign_up_is_open() -> bool {
    request().is_ok_and(|request| request.services.settings.sign_up == domain::settings::SignUp::Open)
}
