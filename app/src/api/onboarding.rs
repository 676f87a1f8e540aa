//! Onboarding links, which support sends.

use chrono::TimeDelta;
use domain::cookies::{self, Cookie};
use leptos::prelude::*;

use super::answer::{SubmittedForm, fail, set_cookie};
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// How long the browser keeps a new link: as long as it takes to follow a redirect on a bad
/// line.
const NEW_LINK_LIFETIME: TimeDelta = TimeDelta::seconds(120);

/// Creates a team and mails its first owner a link.
#[server(endpoint = "onboarding/create")]
pub async fn create_onboarding(
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::onboarding::create_team(&request.services, &request.actor, &name, &email).await;
    let values = [("name", &*name), ("email", &*email)];
    let form = SubmittedForm { name: "onboarding", page: routes::ONBOARDING, values: &values };
    let result = result.map(|team| {
        show_once(&request, &team.token);
        routes::with_done(&routes::support_team(team.slug.as_str()), Done::Onboarded)
    });
    form.answer(&request, result).await
}

/// Lets the next page show the link, once: it goes with the browser and is kept nowhere here.
fn show_once(request: &Request, token: &domain::Token) {
    set_cookie(&cookies::set(&request.services, Cookie::OnboardingLink, token, NEW_LINK_LIFETIME));
}

/// The link that this browser just made for the team, if it did; only once.
#[server(endpoint = "onboarding/new_link")]
pub async fn new_onboarding_link(slug: String) -> Result<Option<String>, ApiError> {
    let request = request()?;
    let token = request.cookie(Cookie::OnboardingLink.name(&request.services));
    if token.is_some() {
        set_cookie(&cookies::clear(&request.services, Cookie::OnboardingLink));
    }
    let token = token.unwrap_or_default();
    domain::onboarding::new_link(&request.services, &request.actor, &slug, &token).await.map_err(fail)
}

/// Mails a link for a team that nobody owns yet, to another address.
#[server(endpoint = "onboarding/send")]
pub async fn send_onboarding_link(
    #[server(default)] slug: String,
    #[server(default)] email: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::onboarding::send_link(&request.services, &request.actor, &slug, &email).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "onboarding", page: &page, values: &[("email", &email)] };
    let result = result.map(|token| {
        show_once(&request, &token);
        routes::with_done(&page, Done::Onboarded)
    });
    form.answer(&request, result).await
}

/// Mails a link again.
#[server(endpoint = "onboarding/resend")]
pub async fn resend_onboarding_link(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::onboarding::resend(&request.services, &request.actor, &slug, &id).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "support_team", page: &page, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::Resent))).await
}

/// Revokes a link.
#[server(endpoint = "onboarding/revoke")]
pub async fn revoke_onboarding_link(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::onboarding::revoke(&request.services, &request.actor, &slug, &id).await;
    let page = routes::support_team(&slug);
    let form = SubmittedForm { name: "support_team", page: &page, values: &[] };
    form.answer(&request, result.map(|()| routes::with_done(&page, Done::Revoked))).await
}
