//! Support's accounts, which administrators manage.

use leptos::prelude::*;
use model::members::StaffView;

#[cfg(feature = "ssr")]
use crate::done::Done;
use crate::error::ApiError;

/// The staff, and who is invited.
#[server(endpoint = "staff/load")]
pub async fn load_staff() -> Result<StaffView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::staff::view(&request.services, &request.actor).await.map_err(fail)
}

/// Answers a form of the page.
#[cfg(feature = "ssr")]
async fn answer(
    request: &super::request::Request,
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let form = super::answer::Form { name: "staff", page: crate::routes::STAFF, values: &[] };
    form.answer(request, result.map(|()| crate::routes::with_done(crate::routes::STAFF, done))).await
}

/// Invites an address into support.
#[server(endpoint = "staff/invite")]
pub async fn invite_staff(#[server(default)] email: String, #[server(default)] role: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::staff::invite(&request.services, &request.actor, &email, &role).await;
    let page = crate::routes::STAFF;
    let form = Form { name: "invite_staff", page, values: &[("email", &email), ("role", &role)] };
    form.answer(&request, result.map(|()| crate::routes::with_done(page, Done::Invited))).await
}

/// Mails an invitation's link again.
#[server(endpoint = "staff/resend_invitation")]
pub async fn resend_staff_invitation(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::staff::resend_invitation(&request.services, &request.actor, &id).await;
    answer(&request, result, Done::Resent).await
}

/// Takes an invitation back.
#[server(endpoint = "staff/revoke_invitation")]
pub async fn revoke_staff_invitation(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::staff::revoke_invitation(&request.services, &request.actor, &id).await;
    answer(&request, result, Done::Revoked).await
}

/// Changes what a support account may do.
#[server(endpoint = "staff/change_role")]
pub async fn change_staff_role(
    #[server(default)] account: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::staff::change_role(&request.services, &request.actor, &account, &role).await;
    answer(&request, result, Done::RoleChanged).await
}

/// Ends an account's sessions and lets it sign in no more, or again.
#[server(endpoint = "staff/set_active")]
pub async fn set_staff_active(
    #[server(default)] account: String,
    #[server(default)] active: bool,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::staff::set_active(&request.services, &request.actor, &account, active).await;
    answer(&request, result, if active { Done::Activated } else { Done::Deactivated }).await
}
