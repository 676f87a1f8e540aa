//! A team's members.

use domain::members;
use leptos::prelude::*;
use model::members::MembersView;

use super::answer::{SubmittedForm, fail};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// A team's members; for owners also who is invited.
#[server(endpoint = "members/load")]
pub async fn load_members(slug: String) -> Result<MembersView, ApiError> {
    let request = request()?;
    members::view(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Answers a form of the members' page that has no field to type into.
async fn answer(request: &Request, slug: &str, result: Result<(), domain::Error>, done: Done) -> Result<(), ApiError> {
    let page = routes::members(slug);
    let form = SubmittedForm { name: "members", page: &page, values: &[] };
    form.answer(request, result.map(|()| routes::with_done(&page, done))).await
}

/// Invites an address into the team.
#[server(endpoint = "members/invite")]
pub async fn invite_member(
    #[server(default)] slug: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::invite(&request.services, &request.actor, &slug, &email, &role).await;
    let page = routes::members(&slug);
    let form = SubmittedForm { name: "invite_member", page: &page, values: &[("email", &email), ("role", &role)] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::Invited))).await
}

/// Mails an invitation's link again.
#[server(endpoint = "members/resend_invitation")]
pub async fn resend_member_invitation(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::resend_invitation(&request.services, &request.actor, &slug, &id).await;
    answer(&request, &slug, result, Done::Resent).await
}

/// Revokes an invitation.
#[server(endpoint = "members/revoke_invitation")]
pub async fn revoke_member_invitation(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::revoke_invitation(&request.services, &request.actor, &slug, &id).await;
    answer(&request, &slug, result, Done::Revoked).await
}

/// Changes a member's role.
#[server(endpoint = "members/change_role")]
pub async fn change_member_role(
    #[server(default)] slug: String,
    #[server(default)] account: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::change_role(&request.services, &request.actor, &slug, &account, &role).await;
    answer(&request, &slug, result, Done::RoleChanged).await
}

/// Removes a member from the team.
#[server(endpoint = "members/remove")]
pub async fn remove_member(
    #[server(default)] slug: String,
    #[server(default)] account: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::remove(&request.services, &request.actor, &slug, &account).await;
    answer(&request, &slug, result, Done::Removed).await
}

/// Makes another member the owner in one's own place.
#[server(endpoint = "members/transfer_ownership")]
pub async fn transfer_ownership(
    #[server(default)] slug: String,
    #[server(default)] account: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::transfer_ownership(&request.services, &request.actor, &slug, &account).await;
    answer(&request, &slug, result, Done::OwnershipTransferred).await
}

/// Leaves the team.
#[server(endpoint = "members/leave")]
pub async fn leave_team(#[server(default)] slug: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::leave(&request.services, &request.actor, &slug).await;
    let form = SubmittedForm { name: "members", page: &routes::members(&slug), values: &[] };
    form.answer(&request, result.map(|()| routes::HOME.to_owned())).await
}

/// Asks all members for a second factor, or no longer.
#[server(endpoint = "members/require_second_factor")]
pub async fn require_second_factor(
    #[server(default)] slug: String,
    #[server(default)] required: bool,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = members::require_second_factor(&request.services, &request.actor, &slug, required).await;
    answer(&request, &slug, result, if required { Done::FactorRequired } else { Done::FactorOptional }).await
}
