//! A team's members.

use leptos::prelude::*;
use model::members::MembersView;

#[cfg(feature = "ssr")]
use crate::done::Done;
use crate::error::ApiError;

/// A team's members; for owners also who is invited.
#[server(endpoint = "members/load")]
pub async fn load_members(slug: String) -> Result<MembersView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::members::view(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Answers a form of the page of members.
#[cfg(feature = "ssr")]
async fn answer(
    request: &super::request::Request,
    slug: &str,
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let page = crate::routes::members(slug);
    let form = super::answer::Form { name: "members", page: &page, values: &[] };
    form.answer(request, result.map(|()| crate::routes::with_done(&page, done))).await
}

/// Invites an address into the team.
#[server(endpoint = "members/invite")]
pub async fn invite_member(
    #[server(default)] slug: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::members::invite(&request.services, &request.actor, &slug, &email, &role).await;
    let page = crate::routes::members(&slug);
    let form = Form { name: "invite_member", page: &page, values: &[("email", &email), ("role", &role)] };
    form.answer(&request, result.map(|()| crate::routes::with_done(&page, Done::Invited))).await
}

/// Mails an invitation's link again.
#[server(endpoint = "members/resend_invitation")]
pub async fn resend_member_invitation(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::resend_invitation(&request.services, &request.actor, &slug, &id).await;
    answer(&request, &slug, result, Done::Resent).await
}

/// Takes an invitation back.
#[server(endpoint = "members/revoke_invitation")]
pub async fn revoke_member_invitation(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::revoke_invitation(&request.services, &request.actor, &slug, &id).await;
    answer(&request, &slug, result, Done::Revoked).await
}

/// Changes a member's role.
#[server(endpoint = "members/change_role")]
pub async fn change_member_role(
    #[server(default)] slug: String,
    #[server(default)] account: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::change_role(&request.services, &request.actor, &slug, &account, &role).await;
    answer(&request, &slug, result, Done::RoleChanged).await
}

/// Takes a member out of the team.
#[server(endpoint = "members/remove")]
pub async fn remove_member(
    #[server(default)] slug: String,
    #[server(default)] account: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::remove(&request.services, &request.actor, &slug, &account).await;
    answer(&request, &slug, result, Done::Removed).await
}

/// Makes another member the owner in one's own place.
#[server(endpoint = "members/hand_over")]
pub async fn hand_over_team(
    #[server(default)] slug: String,
    #[server(default)] account: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::hand_over(&request.services, &request.actor, &slug, &account).await;
    answer(&request, &slug, result, Done::HandedOver).await
}

/// Leaves the team.
#[server(endpoint = "members/leave")]
pub async fn leave_team(#[server(default)] slug: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::members::leave(&request.services, &request.actor, &slug).await;
    let form = Form { name: "members", page: &crate::routes::members(&slug), values: &[] };
    form.answer(&request, result.map(|()| crate::routes::HOME.to_owned())).await
}

/// Asks all members for a second factor, or no longer.
#[server(endpoint = "members/require_second_factor")]
pub async fn require_second_factor(
    #[server(default)] slug: String,
    #[server(default)] required: bool,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::members::require_second_factor(&request.services, &request.actor, &slug, required).await;
    answer(&request, &slug, result, if required { Done::FactorRequired } else { Done::FactorOptional }).await
}
