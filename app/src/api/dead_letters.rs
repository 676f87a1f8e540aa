//! Mail that could not be delivered and is not tried any more.

use leptos::prelude::*;
use model::support::DeadLetter;

use super::answer::{SubmittedForm, fail};
use super::request::request;
use crate::error::ApiError;
use crate::routes;

/// The form of each dead letter on its page.
const FORM: SubmittedForm<'static> = SubmittedForm { name: "dead_letters", page: routes::SUPPORT_MAIL, values: &[] };

/// All dead letters.
#[server(endpoint = "dead_letters/list")]
pub async fn load_dead_letters() -> Result<Vec<DeadLetter>, ApiError> {
    let request = request()?;
    domain::mail::dead_letters(&request.services, &request.actor).await.map_err(fail)
}

/// Tries to deliver one again.
#[server(endpoint = "dead_letters/retry")]
pub async fn retry_dead_letter(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::mail::retry_dead_letter(&request.services, &request.actor, &id).await;
    FORM.answer(&request, result.map(|()| routes::SUPPORT_MAIL.to_owned())).await
}

/// Discards one: it is never delivered.
#[server(endpoint = "dead_letters/discard")]
pub async fn discard_dead_letter(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::mail::discard_dead_letter(&request.services, &request.actor, &id).await;
    FORM.answer(&request, result.map(|()| routes::SUPPORT_MAIL.to_owned())).await
}
