//! The vendor's support: the queue, a team, and what support decides.

use leptos::prelude::*;
use model::support::{QueueView, SupportTeamView};

use crate::error::ApiError;

/// Teams that wait for review, and all others.
#[server(endpoint = "support/queue")]
pub async fn load_queue() -> Result<QueueView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::team_review::queue(&request.services, &request.actor).await.map_err(fail)
}

/// A team with all that support may see of it.
#[server(endpoint = "support/team")]
pub async fn load_support_team(slug: String) -> Result<SupportTeamView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::team_review::details(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// Lets a team in review go live.
#[server(endpoint = "support/approve")]
pub async fn approve_team(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};
    use domain::connections::ExpectedDigest;

    let request = request()?;
    let result =
        domain::team_review::approve(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest)).await;
    let form = Form { name: "support_team", page: &crate::routes::support_team(&slug), values: &[] };
    form.answer_noting(&request, crate::routes::SUPPORT.to_owned(), result).await
}

/// Sends a team in review back, with words that reach its members.
#[server(endpoint = "support/request_changes")]
pub async fn request_changes(
    #[server(default)] slug: String,
    #[server(default)] words: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};
    use domain::connections::ExpectedDigest;

    let request = request()?;
    let seen = ExpectedDigest::Shown(&digest);
    let result = domain::team_review::request_changes(&request.services, &request.actor, &slug, &words, seen).await;
    let page = crate::routes::support_team(&slug);
    let form = Form { name: "request_changes", page: &page, values: &[("words", &words)] };
    form.answer_noting(&request, crate::routes::SUPPORT.to_owned(), result).await
}

/// Stops an active team's sign-in.
#[server(endpoint = "support/suspend")]
pub async fn suspend_team(#[server(default)] slug: String, #[server(default)] reason: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};
    use model::{Notice, NoticeKind};

    let request = request()?;
    let result = domain::team_review::suspend(&request.services, &request.actor, &slug, &reason).await;
    let page = crate::routes::support_team(&slug);
    let form = Form { name: "suspend", page: &page, values: &[("reason", &reason)] };
    form.answer_noting(&request, page.clone(), result.map(|()| Notice::of(NoticeKind::Suspended))).await
}

/// Allows a suspended team's sign-in again.
#[server(endpoint = "support/resume")]
pub async fn resume_team(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};
    use domain::connections::ExpectedDigest;
    use model::{Notice, NoticeKind};

    let request = request()?;
    let result =
        domain::team_review::resume(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest)).await;
    let page = crate::routes::support_team(&slug);
    let form = Form { name: "support_team", page: &page, values: &[] };
    form.answer_noting(&request, page.clone(), result.map(|()| Notice::of(NoticeKind::Resumed))).await
}
