//! One's own sessions.

use leptos::prelude::*;
use model::SessionView;

use crate::error::ApiError;

/// The account's sessions, the last used one first.
#[server(endpoint = "sessions/list")]
pub async fn load_sessions() -> Result<Vec<SessionView>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::active_sessions::list(&request.services, &request.actor).await.map_err(fail)
}

/// Ends one session.
#[server(endpoint = "sessions/end")]
pub async fn end_session(#[server(default)] id: String) -> Result<(), ApiError> {
    use super::answer::{Form, forget_session};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::active_sessions::end(&request.services, &request.actor, &id).await;
    let form = Form { name: "sessions", page: crate::routes::SESSIONS, values: &[] };
    form.answer(
        &request,
        result.map(|own| {
            if own {
                forget_session(&request);
                return crate::routes::LOGIN.to_owned();
            }
            format!("{}?done=ended", crate::routes::SESSIONS)
        }),
    )
    .await
}

/// Ends all sessions but this one.
#[server(endpoint = "sessions/end_others")]
pub async fn end_other_sessions() -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::active_sessions::end_others(&request.services, &request.actor).await;
    let form = Form { name: "sessions", page: crate::routes::SESSIONS, values: &[] };
    form.answer(&request, result.map(|()| format!("{}?done=all-ended", crate::routes::SESSIONS))).await
}
