//! Which team is the vendor's own, and which of its groups give roles in support.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::done::Done;
use crate::error::ApiError;

/// Answers a form of the team's page for support.
#[cfg(feature = "ssr")]
async fn answer(
    request: &super::request::Request,
    slug: &str,
    values: &[(&'static str, &str)],
    result: Result<(), domain::Error>,
    done: Done,
) -> Result<(), ApiError> {
    let page = crate::routes::support_team(slug);
    let form = super::answer::Form { name: "vendor_team", page: &page, values };
    form.answer(request, result.map(|()| crate::routes::with_done(&page, done))).await
}

/// Marks a team as the vendor's, or takes the mark off.
#[server(endpoint = "vendor_team/mark")]
pub async fn mark_vendor_team(
    #[server(default)] slug: String,
    #[server(default)] is_vendor: bool,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let seen = domain::connections::Seen::Page(&digest);
    let result = domain::vendor_team::mark(&request.services, &request.actor, &slug, is_vendor, seen).await;
    answer(&request, &slug, &[], result, if is_vendor { Done::Marked } else { Done::Unmarked }).await
}

/// Lets a group give a role.
#[server(endpoint = "vendor_team/add_group")]
pub async fn add_vendor_group(
    #[server(default)] slug: String,
    #[server(default)] group: String,
    #[server(default)] role: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::vendor_team::add_role(&request.services, &request.actor, &slug, &group, &role).await;
    answer(&request, &slug, &[("group", &group), ("role", &role)], result, Done::GroupsChanged).await
}

/// Lets a group give nothing any more.
#[server(endpoint = "vendor_team/remove_group")]
pub async fn remove_vendor_group(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), ApiError> {
    let request = super::request::request()?;
    let result = domain::vendor_team::remove_role(&request.services, &request.actor, &slug, &group).await;
    answer(&request, &slug, &[], result, Done::GroupsChanged).await
}
