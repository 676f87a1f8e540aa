//! Changing one's own e-mail address: asked for, confirmed from the new address, undone from
//! the old one.

use leptos::prelude::*;
use model::EmailAddress;
use model::account::EmailChangeView;

use super::answer::{SubmittedForm, fail};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// The address of the signed-in account, if it may change its password and address now.
#[server(endpoint = "accounts/own_address")]
pub async fn own_address() -> Result<EmailAddress, ApiError> {
    let request = request()?;
    domain::accounts::own_email(&request.services, &request.actor).await.map_err(fail)
}

/// Asks for another address: mails a link to it.
#[server(endpoint = "accounts/change_email")]
pub async fn change_email(#[server(default)] email: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::request_email_change(&request.services, &request.actor, &email).await;
    let form = SubmittedForm { name: "change_email", page: routes::EMAIL, values: &[("email", &email)] };
    form.answer(&request, result.map(|()| routes::with_done(routes::ACCOUNT, Done::EmailChangeRequested))).await
}

/// The change that a link to the new address makes; `None` if it no longer works.
#[server(endpoint = "accounts/email_change_to_confirm")]
pub async fn email_change_to_confirm(#[server(default)] token: String) -> Result<Option<EmailChangeView>, ApiError> {
    let request = request()?;
    domain::accounts::pending_email_change(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Makes the change.
#[server(endpoint = "accounts/confirm_email_change")]
pub async fn confirm_email_change(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::confirm_email_change(&request.services, &request.actor, &token, &password).await;
    let page = routes::confirm_email(&token);
    let form = SubmittedForm { name: "confirm_email_change", page: &page, values: &[] };
    let next = if request.actor.signed_in_account().is_some() {
        routes::with_done(routes::ACCOUNT, Done::EmailChanged)
    } else {
        routes::with_done(routes::LOGIN, Done::EmailChangedSignIn)
    };
    form.answer(&request, result.map(|_| next)).await
}

/// The change that a link to the old address undoes; `None` if it no longer works.
#[server(endpoint = "accounts/email_change_to_undo")]
pub async fn email_change_to_undo(#[server(default)] token: String) -> Result<Option<EmailChangeView>, ApiError> {
    let request = request()?;
    domain::accounts::undoable_email_change(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Undoes the change, ends every session and mails a link to a new password.
#[server(endpoint = "accounts/undo_email_change")]
pub async fn undo_email_change(#[server(default)] token: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::undo_email_change(&request.services, &request.actor, &token).await;
    let page = routes::undo_email(&token);
    let form = SubmittedForm { name: "undo_email_change", page: &page, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(routes::LOGIN, Done::EmailChangeUndone))).await
}
