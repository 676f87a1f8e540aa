//! The link of an invitation: what it is, and accepting it.

use leptos::prelude::*;
use model::members::InviteView;

use crate::error::ApiError;

/// What a link leads to; nothing if it does not work any more. Uses nothing up.
#[server(endpoint = "invitations/open")]
pub async fn open_invitation(token: String) -> Result<Option<InviteView>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::invitations::preview(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Where somebody goes who has joined.
#[cfg(feature = "ssr")]
fn place(joined: &model::members::Joined) -> String {
    use model::members::Joined;

    match joined {
        Joined::Team(slug) => crate::routes::team(slug.as_str()),
        Joined::NewTeam(slug) => crate::routes::setup(slug.as_str(), model::SetupStep::Create),
        Joined::Support => crate::routes::SUPPORT.to_owned(),
    }
}

/// Accepts as the signed-in account.
#[server(endpoint = "invitations/accept")]
pub async fn accept_invitation(#[server(default)] token: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::invitations::accept(&request.services, &request.actor, &token).await;
    let form = Form { name: "invitation", page: &crate::routes::invite(&token), values: &[] };
    form.answer(&request, result.map(|joined| place(&joined))).await
}

/// Accepts with a new account for the invited address, and signs it in.
#[server(endpoint = "invitations/create_account")]
pub async fn create_invited_account(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let result =
        domain::invitations::accept_with_new_account(&request.services, &request.actor, &token, &password).await;
    let form = Form { name: "invitation", page: &crate::routes::invite(&token), values: &[] };
    let result = result.map(|(session, joined)| signed_in(session, Some(place(&joined))));
    form.answer(&request, result).await
}
