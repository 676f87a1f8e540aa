//! Support's work: the overview, a team, and what support decides.

use domain::decision_digest::ExpectedDigest;
use leptos::prelude::*;
use model::support::{BulkAction, BulkPreview, SupportOverview, SupportTeamView, TeamListFilter, TeamSearchResult};
use model::{Notice, NoticeKind};

use super::answer::{SubmittedForm, fail};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// What waits for support, and how all teams are.
#[server(endpoint = "support/overview")]
pub async fn load_support_overview() -> Result<SupportOverview, ApiError> {
    let request = request()?;
    domain::support_overview::view(&request.services, &request.actor).await.map_err(fail)
}

/// A page of all teams, or the sign-in whose reference was looked for.
#[server(endpoint = "support/teams")]
pub async fn find_teams(#[server(default)] filter: TeamListFilter) -> Result<TeamSearchResult, ApiError> {
    let request = request()?;
    domain::team_list::find(&request.services, &request.actor, filter).await.map_err(fail)
}

/// A team with all that support may see of it.
#[server(endpoint = "support/team")]
pub async fn load_support_team(slug: String) -> Result<SupportTeamView, ApiError> {
    let request = request()?;
    domain::team_review::details(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Lets a team in review go live.
#[server(endpoint = "support/approve")]
pub async fn approve_team(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    let request = request()?;
    let result =
        domain::team_review::approve(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest)).await;
    let form = SubmittedForm { name: "support_team", page: &routes::support_team(&slug), values: &[] };
    form.answer_with_notice(&request, routes::SUPPORT.to_owned(), result).await
}

/// Sends a team in review back, with words that reach its members.
#[server(endpoint = "support/request_changes")]
pub async fn request_changes(
    #[server(default)] slug: String,
    #[server(default)] words: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let seen = ExpectedDigest::Shown(&digest);
    let result = domain::team_review::request_changes(&request.services, &request.actor, &slug, &words, seen).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "request_changes", page: &page, values: &[("words", &words)] };
    form.answer_with_notice(&request, routes::SUPPORT.to_owned(), result).await
}

/// Stops an active team's sign-in.
#[server(endpoint = "support/suspend")]
pub async fn suspend_team(#[server(default)] slug: String, #[server(default)] reason: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::team_review::suspend(&request.services, &request.actor, &slug, &reason).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "suspend", page: &page, values: &[("reason", &reason)] };
    form.answer_with_notice(&request, page.clone(), result.map(|()| Notice::of(NoticeKind::Suspended))).await
}

/// Allows a suspended team's sign-in again.
#[server(endpoint = "support/resume")]
pub async fn resume_team(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    let request = request()?;
    let result =
        domain::team_review::resume(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest)).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "support_team", page: &page, values: &[] };
    form.answer_with_notice(&request, page.clone(), result.map(|()| Notice::of(NoticeKind::Resumed))).await
}

/// What would be done to the teams of a page of the list; an address that names nothing previews reminders.
#[server(endpoint = "support/bulk_preview")]
pub async fn load_bulk_preview(
    #[server(default)] action: String,
    #[server(default)] filter: TeamListFilter,
) -> Result<BulkPreview, ApiError> {
    let request = request()?;
    let action = BulkAction::parse(&action).unwrap_or_default();
    domain::team_bulk::preview(&request.services, &request.actor, action, filter).await.map_err(fail)
}

/// Does it to the teams that are chosen.
#[server(endpoint = "support/bulk")]
pub async fn apply_bulk_action(
    #[server(default)] action: String,
    #[server(default)] teams: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] filter: TeamListFilter,
) -> Result<(), ApiError> {
    let request = request()?;
    let action = BulkAction::parse(&action).ok_or(domain::Error::NotFound).map_err(fail)?;
    let result = domain::team_bulk::apply(&request.services, &request.actor, action, &teams, &reason).await;
    let (page, chosen) = (routes::support_bulk(action, &filter), teams.join(" "));
    let form = SubmittedForm { name: "bulk", page: &page, values: &[("teams", &chosen), ("reason", &reason)] };
    form.answer_with_notice(&request, routes::support_teams(&filter.first_page()), result).await
}

/// Keeps a filter of the list under a name.
#[server(endpoint = "support/save_view")]
pub async fn save_team_view(
    #[server(default)] name: String,
    #[server(default)] filter: TeamListFilter,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::team_list::save_view(&request.services, &request.actor, &name, &filter).await;
    let page = routes::support_teams(&filter);
    let form = SubmittedForm { name: "save_view", page: &page, values: &[("name", &name)] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::ViewSaved))).await
}

/// Lets a filter go.
#[server(endpoint = "support/delete_view")]
pub async fn delete_team_view(#[server(default)] name: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::team_list::delete_view(&request.services, &request.actor, &name).await;
    let form = SubmittedForm { name: "delete_view", page: routes::SUPPORT_TEAMS, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(routes::SUPPORT_TEAMS, Done::ViewDeleted))).await
}
