//! Which team is the vendor's own, and which of its groups give roles in support.

use domain::decision_digest::ExpectedDigest;
use domain::vendor_team;
use leptos::prelude::*;

use super::answer::SubmittedForm;
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// Answers a form of the team's page for support.
async fn answer(
    request: &Request,
    slug: &str,
    values: &[(&'static str, &str)],
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let page = routes::support_team(slug);
    let form = SubmittedForm { name: "vendor_team", page: &page, values };
    form.answer(request, result.map(|()| routes::with_done(&page, done))).await
}

/// Marks a team as the vendor's own, or takes the mark off.
#[server(endpoint = "vendor_team/mark")]
pub async fn mark_vendor_team(
    #[server(default)] slug: String,
    #[server(default)] is_vendor: bool,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let seen = ExpectedDigest::Shown(&digest);
    let result = vendor_team::set_vendor_team(&request.services, &request.actor, &slug, is_vendor, seen).await;
    answer(&request, &slug, &[], result, if is_vendor { Done::Marked } else { Done::Unmarked }).await
}

/// Lets a group give a role.
#[server(endpoint = "vendor_team/add_group")]
pub async fn add_vendor_group(
    #[server(default)] slug: String,
    #[server(default)] group: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = vendor_team::assign_group_role(&request.services, &request.actor, &slug, &group, &role).await;
    answer(&request, &slug, &[("group", &group), ("role", &role)], result, Done::GroupsChanged).await
}

/// Lets a group give nothing any more.
#[server(endpoint = "vendor_team/remove_group")]
pub async fn remove_vendor_group(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = vendor_team::unassign_group_role(&request.services, &request.actor, &slug, &group).await;
    answer(&request, &slug, &[], result, Done::GroupsChanged).await
}
