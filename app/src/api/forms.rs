//! Refused forms, on their way back to their page.

use leptos::prelude::*;
use model::FormState;

use super::answer::fail;
use super::request::request;
use crate::error::ApiError;

/// What was typed into the form `name` and what is wrong with it, if this browser's last
/// submission of it was refused. Answered once.
#[server(endpoint = "forms/take")]
pub async fn take_form(name: String) -> Result<FormState, ApiError> {
    let request = request()?;
    let Some(token) = request.cookie(domain::cookies::Cookie::FormState.name(&request.services)) else {
        return Ok(FormState::default());
    };
    domain::form_state::take(&request.services, &token, &name).await.map_err(fail)
}
