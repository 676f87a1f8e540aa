//! Reviews of teams: who has them, and what support and a team write to each other.

use leptos::prelude::*;
use model::support::{ReviewAssignment, ReviewMessageView};

use super::answer::{SubmittedForm, fail};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

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

/// Who reviews a team, and who else could; nothing for a team that does not wait for review.
#[server(endpoint = "reviews/assignment")]
pub async fn load_review_assignment(slug: String) -> Result<Option<ReviewAssignment>, ApiError> {
    let request = request()?;
    domain::review_assignment::view(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Takes a review.
#[server(endpoint = "reviews/take")]
pub async fn take_review(#[server(default)] slug: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::review_assignment::take(&request.services, &request.actor, &slug).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "review_assignment", page: &page, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::ReviewTaken))).await
}

/// Hands a review over.
#[server(endpoint = "reviews/hand_over")]
pub async fn hand_review_over(
    #[server(default)] slug: String,
    #[server(default)] account: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::review_assignment::hand_over(&request.services, &request.actor, &slug, &account).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "review_assignment", page: &page, values: &[("account", &account)] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::ReviewHandedOver))).await
}
