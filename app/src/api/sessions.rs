//! One's own sessions.

use domain::accounts::active_sessions;
use leptos::prelude::*;
use model::SessionView;

use super::answer::{SubmittedForm, fail, remove_session_cookie};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// The forms of the page.
const FORM: SubmittedForm<'static> = SubmittedForm { name: "sessions", page: routes::SESSIONS, values: &[] };

/// The account's sessions, the last used one first.
#[server(endpoint = "sessions/list")]
pub async fn load_sessions() -> Result<Vec<SessionView>, ApiError> {
    let request = request()?;
    active_sessions::list(&request.services, &request.actor).await.map_err(fail)
}

/// Ends one session.
#[server(endpoint = "sessions/end")]
pub async fn end_session(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = active_sessions::end(&request.services, &request.actor, &id).await;
    let result = result.map(|is_own| {
        if is_own {
            remove_session_cookie(&request);
            return routes::LOGIN.to_owned();
        }
        routes::with_done(routes::SESSIONS, Done::SessionEnded)
    });
    FORM.answer(&request, result).await
}

/// Ends all sessions but this one.
#[server(endpoint = "sessions/end_others")]
pub async fn end_other_sessions() -> Result<(), ApiError> {
    let request = request()?;
    let result = active_sessions::end_others(&request.services, &request.actor).await;
    FORM.answer(&request, result.map(|()| routes::with_done(routes::SESSIONS, Done::OtherSessionsEnded))).await
}
