//! Support's accounts, which administrators manage.

use domain::support_accounts;
use leptos::prelude::*;
use model::members::SupportAccountsView;

use super::answer::{SubmittedForm, fail};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// Support's accounts, and who is invited.
#[server(endpoint = "support_accounts/load")]
pub async fn load_support_accounts() -> Result<SupportAccountsView, ApiError> {
    let request = request()?;
    support_accounts::view(&request.services, &request.actor).await.map_err(fail)
}

/// Answers a form of the page that has no field to type into.
async fn answer(request: &Request, result: Result<(), domain::Error>, done: Done) -> Result<(), ApiError> {
    let form = SubmittedForm { name: "support_accounts", page: routes::SUPPORT_ACCOUNTS, values: &[] };
    form.answer(request, result.map(|()| routes::with_done(routes::SUPPORT_ACCOUNTS, done))).await
}

/// Invites an address into support.
#[server(endpoint = "support_accounts/invite")]
pub async fn invite_to_support(
    #[server(default)] email: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = support_accounts::invite(&request.services, &request.actor, &email, &role).await;
    let page = routes::SUPPORT_ACCOUNTS;
    let form = SubmittedForm { name: "invite_to_support", page, values: &[("email", &email), ("role", &role)] };
    form.answer(&request, result.map(|()| routes::with_done(page, Done::Invited))).await
}

/// Mails an invitation's link again.
#[server(endpoint = "support_accounts/resend_invitation")]
pub async fn resend_support_invitation(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = support_accounts::resend_invitation(&request.services, &request.actor, &id).await;
    answer(&request, result, Done::Resent).await
}

/// Revokes an invitation.
#[server(endpoint = "support_accounts/revoke_invitation")]
pub async fn revoke_support_invitation(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = support_accounts::revoke_invitation(&request.services, &request.actor, &id).await;
    answer(&request, result, Done::Revoked).await
}

/// Changes what a support account may do.
#[server(endpoint = "support_accounts/change_role")]
pub async fn change_support_role(
    #[server(default)] account: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = support_accounts::change_role(&request.services, &request.actor, &account, &role).await;
    answer(&request, result, Done::RoleChanged).await
}

/// Deactivates an account, which ends its sessions, or activates it again.
#[server(endpoint = "support_accounts/set_active")]
pub async fn set_support_account_active(
    #[server(default)] account: String,
    #[server(default)] active: bool,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = support_accounts::set_active(&request.services, &request.actor, &account, active).await;
    answer(&request, result, if active { Done::Activated } else { Done::Deactivated }).await
}
