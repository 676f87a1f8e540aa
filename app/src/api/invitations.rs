//! The link of an invitation: what it is, and accepting it.

use leptos::prelude::*;
use model::SetupStep;
use model::members::{AcceptedInvitation, InviteView};

use super::answer::{SubmittedForm, fail, start_session};
use super::request::request;
use crate::error::ApiError;
use crate::routes;

/// What a link leads to; nothing if it does not work any more. Uses nothing up.
#[server(endpoint = "invitations/open")]
pub async fn open_invitation(token: String) -> Result<Option<InviteView>, ApiError> {
    let request = request()?;
    domain::invitations::preview(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Accepts as the signed-in account.
#[server(endpoint = "invitations/accept")]
pub async fn accept_invitation(#[server(default)] token: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::invitations::accept(&request.services, &request.actor, &token).await;
    let form = SubmittedForm { name: "invitation", page: &routes::invite(&token), values: &[] };
    form.answer(&request, result.map(|joined| page_after_joining(&joined))).await
}

/// Accepts with a new account for the invited address, and signs it in.
#[server(endpoint = "invitations/create_account")]
pub async fn create_invited_account(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result =
        domain::invitations::accept_with_new_account(&request.services, &request.actor, &token, &password).await;
    let form = SubmittedForm { name: "invitation", page: &routes::invite(&token), values: &[] };
    let result = result.map(|(session, joined)| start_session(session, Some(page_after_joining(&joined))));
    form.answer(&request, result).await
}

fn page_after_joining(joined: &AcceptedInvitation) -> String {
    match joined {
        AcceptedInvitation::Team(slug) => routes::team(slug.as_str()),
        AcceptedInvitation::TeamInSetUp(slug, step) => routes::setup(slug.as_str(), *step),
        AcceptedInvitation::NewTeam(slug) => routes::setup(slug.as_str(), SetupStep::Create),
        AcceptedInvitation::Support => routes::SUPPORT.to_owned(),
    }
}
