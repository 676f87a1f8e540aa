//! Reviews of teams: what support and a team write to each other.

use leptos::prelude::*;
use model::support::ReviewMessageView;

use super::answer::fail;
use super::request::request;
use crate::error::ApiError;

/// The thread of a team's review, for its members.
#[server(endpoint = "reviews/team_thread")]
pub async fn load_team_review_thread(slug: String) -> Result<Vec<ReviewMessageView>, ApiError> {
    let request = request()?;
    domain::review_thread::of_team(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// The thread of a team's review, for support.
#[server(endpoint = "reviews/support_thread")]
pub async fn load_support_review_thread(slug: String) -> Result<Vec<ReviewMessageView>, ApiError> {
    let request = request()?;
    domain::review_thread::for_support(&request.services, &request.actor, &slug).await.map_err(fail)
}
