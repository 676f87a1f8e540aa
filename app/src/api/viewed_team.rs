//! Support sees a team's pages as its members do.

use leptos::prelude::*;

use super::answer::SubmittedForm;
use super::request::request;
use crate::error::ApiError;
use crate::routes;

/// Begins it, and goes to the team's overview.
#[server(endpoint = "viewed_team/begin")]
pub async fn begin_viewing_team(#[server(default)] slug: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::viewed_team::begin(&request.services, &request.actor, &slug).await;
    let form = SubmittedForm { name: "support_team", page: &routes::support_team(&slug), values: &[] };
    form.answer(&request, result.map(|()| routes::team(&slug))).await
}

/// Ends it, and goes back to support's page of the team.
#[server(endpoint = "viewed_team/end")]
pub async fn end_viewing_team(#[server(default)] slug: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::viewed_team::end(&request.services, &request.actor).await;
    let form = SubmittedForm { name: "support_team", page: routes::SUPPORT, values: &[] };
    form.answer(&request, result.map(|()| routes::support_team(&slug))).await
}
