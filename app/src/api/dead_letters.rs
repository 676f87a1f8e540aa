//! Mail that could not be delivered and is not tried any more.

use leptos::prelude::*;
use model::support::DeadLetter;

use super::answer::{SubmittedForm, fail};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// Answers the form of a dead letter.
async fn answer(request: &Request, result: Result<(), domain::Error>, done: Done) -> Result<(), ApiError> {
    let form = SubmittedForm { name: "dead_letters", page: routes::SUPPORT_MAIL, values: &[] };
    form.answer(request, result.map(|()| routes::with_done(routes::SUPPORT_MAIL, done))).await
}

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
    answer(&request, result, Done::MailRetried).await
}

/// Discards one: it is never delivered.
#[server(endpoint = "dead_letters/discard")]
pub async fn discard_dead_letter(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::mail::discard_dead_letter(&request.services, &request.actor, &id).await;
    answer(&request, result, Done::MailDiscarded).await
}
