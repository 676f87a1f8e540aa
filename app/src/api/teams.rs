//! Teams and their pages.

use leptos::prelude::*;
use model::TeamView;

use crate::error::ApiError;

/// A team of the signed-in account.
#[server(endpoint = "teams/load")]
pub async fn load_team(slug: String) -> Result<TeamView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::teams::load(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Creates a team that the signed-in account owns, and goes on to its set-up.
#[server(endpoint = "teams/create")]
pub async fn create_team(#[server(default)] name: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::teams::create(&request.services, &request.actor, &name).await;
    let form = Form { name: "create_team", page: crate::routes::NEW_TEAM, values: &[("name", &name)] };
    form.answer(&request, result.map(|slug| crate::routes::setup(slug.as_str(), model::SetupStep::Create))).await
}
