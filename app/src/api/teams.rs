//! Teams.

use leptos::prelude::*;

use crate::error::ApiError;

/// Creates a team that the signed-in account owns, and goes on to its set-up.
#[server(endpoint = "teams/create")]
pub async fn create_team(#[server(default)] name: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::teams::create(&request.services, &request.actor, &name).await;
    let form = Form { name: "create_team", page: crate::routes::NEW_TEAM, values: &[("name", &name)] };
    form.answer(&request, result.map(|slug| crate::routes::setup(slug.as_str(), model::SetupStep::Create))).await
}
