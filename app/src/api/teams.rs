//! Teams.

use leptos::prelude::*;
use model::team::TeamSessions;

use crate::error::ApiError;

/// Creates a team that the signed-in account owns, and goes on to its set-up.
#[server(endpoint = "teams/create")]
pub async fn create_team(#[server(default)] name: String) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::teams::create(&request.services, &request.actor, &name).await;
    let form = SubmittedForm { name: "create_team", page: crate::routes::NEW_TEAM, values: &[("name", &name)] };
    form.answer(&request, result.map(|slug| crate::routes::setup(slug.as_str(), model::SetupStep::Create))).await
}

/// Gives a team another name.
#[server(endpoint = "teams/rename")]
pub async fn rename_team(#[server(default)] slug: String, #[server(default)] name: String) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::teams::rename(&request.services, &request.actor, &slug, &name).await;
    let page = crate::routes::team_settings(&slug);
    let form = SubmittedForm { name: "rename_team", page: &page, values: &[("name", &name)] };
    form.answer_with_notice(&request, page.clone(), result).await
}

/// How many sessions the team's people have open.
#[server(endpoint = "teams/sessions")]
pub async fn load_team_sessions(slug: String) -> Result<TeamSessions, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::logout::team_sessions(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Ends all of them.
#[server(endpoint = "teams/end_sessions")]
pub async fn end_team_sessions(#[server(default)] slug: String) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::logout::end_team_sessions(&request.services, &request.actor, &slug).await;
    let page = crate::routes::team_sessions(&slug);
    let form = SubmittedForm { name: "team_sessions", page: &page, values: &[] };
    form.answer(&request, result.map(|ended| crate::routes::team_sessions_after(&slug, ended))).await
}
