//! The set-up wizard. Uploads are multipart and live in `server/src/http/uploads.rs`.

use leptos::prelude::*;
use model::SetupView;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;

/// Everything the set-up pages of a team show.
#[server(endpoint = "setup/load")]
pub async fn load_setup(slug: String) -> Result<SetupView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::setup_view::setup(&request.services, &request.actor, &slug).await.map_err(fail)
}

/// The page of the step that comes after one that was saved, or is refused and stays.
#[cfg(feature = "ssr")]
async fn page_after(request: &super::request::Request, slug: &str, step: model::SetupStep, is_saved: bool) -> String {
    if !is_saved {
        return crate::routes::setup(slug, step);
    }
    let next = domain::setup_view::next_step(&request.services, &request.actor, slug, step).await;
    let next = next.unwrap_or_else(|error| {
        // what was saved is saved, whether the way on can be told or not
        error.log();
        step
    });
    crate::routes::setup(slug, next)
}

/// Marks a step that happens in Entra as done, and goes on to the next that is open.
#[server(endpoint = "setup/confirm_step")]
pub async fn confirm_step(#[server(default)] slug: String, #[server(default)] step: String) -> Result<(), ApiError> {
    use super::{
        answer::{SubmittedForm, fail},
        request::request,
    };

    let request = request()?;
    let Some(step) = model::SetupStep::parse(&step) else { return Err(fail(domain::Error::NotFound)) };
    let result = domain::connections::confirm_step(&request.services, &request.actor, &slug, step).await;
    let next = page_after(&request, &slug, step, result.is_ok()).await;
    let form = SubmittedForm { name: "confirm_step", page: &crate::routes::setup(&slug, step), values: &[] };
    form.answer(&request, result.map(|()| next)).await
}

/// Saves the claim mapping.
#[server(endpoint = "setup/save_claims")]
pub async fn save_claims(
    #[server(default)] slug: String,
    #[server(default)] email: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] display_name: String,
    #[server(default)] groups: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use model::SetupStep::Attributes;

    let request = request()?;
    let values = [
        ("email", &*email),
        ("first_name", &*first_name),
        ("last_name", &*last_name),
        ("display_name", &*display_name),
        ("groups", &*groups),
    ];
    let result = domain::connections::save_claims(&request.services, &request.actor, &slug, &values, &digest).await;
    let form = SubmittedForm { name: "claims", page: &crate::routes::setup(&slug, Attributes), values: &values };
    let next = page_after(&request, &slug, Attributes, result.is_ok()).await;
    form.answer_with_notice(&request, next, result).await
}

/// Saves the identity provider's addresses.
#[server(endpoint = "setup/save_urls")]
pub async fn save_urls(
    #[server(default)] slug: String,
    #[server(default)] idp_entity_id: String,
    #[server(default)] sso_url: String,
    #[server(default)] slo_url: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use model::{SetupStep::Urls, connection::field};

    let request = request()?;
    let values = [(field::IDP_ENTITY_ID, &*idp_entity_id), (field::SSO_URL, &*sso_url), (field::SLO_URL, &*slo_url)];
    let addresses =
        domain::connections::TypedAddresses { entity_id: &idp_entity_id, sso_url: &sso_url, slo_url: &slo_url };
    let result = domain::connections::save_idp(&request.services, &request.actor, &slug, addresses, &digest).await;
    let form = SubmittedForm { name: "urls", page: &crate::routes::setup(&slug, Urls), values: &values };
    let next = page_after(&request, &slug, Urls, result.is_ok()).await;
    form.answer_with_notice(&request, next, result).await
}

/// Looks whether the Login URL that was typed answers, and saves nothing.
#[server(endpoint = "setup/check_login_url")]
pub async fn check_login_url(
    #[server(default)] slug: String,
    #[server(default)] idp_entity_id: String,
    #[server(default)] sso_url: String,
    #[server(default)] slo_url: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use model::{SetupStep::Urls, connection::field};

    let request = request()?;
    let values = [(field::IDP_ENTITY_ID, &*idp_entity_id), (field::SSO_URL, &*sso_url), (field::SLO_URL, &*slo_url)];
    let result = domain::connections::check_login_url(&request.services, &request.actor, &slug, &sso_url).await;
    let form = SubmittedForm { name: "urls", page: &crate::routes::setup(&slug, Urls), values: &values };
    form.answer_with_values(&request, result).await
}

/// Saves which identity provider the team uses; empty leaves it to what its values look like.
#[server(endpoint = "setup/save_identity_provider")]
pub async fn save_identity_provider(
    #[server(default)] slug: String,
    #[server(default)] identity_provider: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use model::{Notice, NoticeKind};

    let request = request()?;
    let values = [(model::identity_provider::FIELD, &*identity_provider)];
    let result =
        domain::connections::save_identity_provider(&request.services, &request.actor, &slug, &identity_provider).await;
    let page = crate::routes::setup(&slug, model::SetupStep::Create);
    let form = SubmittedForm { name: "confirm_step", page: &page, values: &values };
    let saved = result.map(|()| Notice::of(NoticeKind::IdentityProviderSaved));
    form.answer_with_notice(&request, page.clone(), saved).await
}

/// The sign-in options as their form posts them. A box that is not ticked posts nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedOptions {
    sign_requests: String,
    force_authn: String,
    name_id_format: String,
    authn_context: String,
    sso_binding: String,
    allow_idp_initiated: String,
    digest: String,
}

/// Saves the sign-in options.
#[server(endpoint = "setup/save_options")]
pub async fn save_options(
    #[server(default)] slug: String,
    #[server(flatten)] typed: TypedOptions,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};
    use model::options::field;

    let request = request()?;
    let values = [
        (field::SIGN_REQUESTS, &*typed.sign_requests),
        (field::FORCE_AUTHN, &*typed.force_authn),
        (field::NAME_ID_FORMAT, &*typed.name_id_format),
        (field::AUTHN_CONTEXT, &*typed.authn_context),
        (field::SSO_BINDING, &*typed.sso_binding),
        (field::ALLOW_IDP_INITIATED, &*typed.allow_idp_initiated),
    ];
    let digest = &typed.digest;
    let result = domain::connections::save_options(&request.services, &request.actor, &slug, &values, digest).await;
    let page = crate::routes::sign_in_options(&slug);
    let form = SubmittedForm { name: "options", page: &page, values: &values };
    form.answer_with_notice(&request, page.clone(), result).await
}

/// Saves whose e-mail addresses may sign in.
#[server(endpoint = "setup/save_email_domains")]
pub async fn save_email_domains(
    #[server(default)] slug: String,
    #[server(default)] email_domains: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let values = [(model::options::field::EMAIL_DOMAINS, &*email_domains)];
    let result =
        domain::connections::save_email_domains(&request.services, &request.actor, &slug, &email_domains, &digest)
            .await;
    let page = crate::routes::sign_in_options(&slug);
    let form = SubmittedForm { name: "options", page: &page, values: &values };
    form.answer_with_notice(&request, page.clone(), result).await
}

/// Removes a certificate from the draft.
#[server(endpoint = "setup/remove_certificate")]
pub async fn remove_certificate(
    #[server(default)] slug: String,
    #[server(default)] certificate: String,
) -> Result<(), ApiError> {
    use super::{answer::SubmittedForm, request::request};

    let request = request()?;
    let result = domain::connections::remove_certificate(&request.services, &request.actor, &slug, &certificate).await;
    let page = crate::routes::setup(&slug, model::SetupStep::Certificates);
    let form = SubmittedForm { name: "certificates", page: &page, values: &[] };
    form.answer_with_notice(&request, page.clone(), result).await
}

/// Sends the configuration to support, or (by policy) makes it live.
#[server(endpoint = "setup/submit")]
pub async fn submit_for_review(
    #[server(default)] slug: String,
    #[server(default)] digest: String,
    #[server(default)] answer: String,
) -> Result<(), ApiError> {
    use super::request::request;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let seen = ExpectedDigest::Shown(&digest);
    let result = domain::review_submission::submit(&request.services, &request.actor, &slug, seen, &answer).await;
    let page = crate::routes::setup(&slug, model::SetupStep::GoLive);
    let values = [("answer", &*answer)];
    go_live_form(&page, &values).answer_with_notice(&request, crate::routes::team(&slug), result).await
}

/// Takes the configuration back from review, to edit it.
#[server(endpoint = "setup/withdraw")]
pub async fn withdraw(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    use super::request::request;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let result =
        domain::review_submission::withdraw(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest))
            .await;
    let page = crate::routes::setup(&slug, model::SetupStep::GoLive);
    go_live_form(&page, &[]).answer_with_notice(&request, page.clone(), result).await
}

/// Makes the draft of an active team the live revision.
#[server(endpoint = "setup/make_live")]
pub async fn make_live(
    #[server(default)] slug: String,
    #[server(default)] digest: String,
    #[server(default)] end_sessions: String,
    #[server(default)] make_live_reason: String,
) -> Result<(), ApiError> {
    use super::request::request;
    use domain::connections::SessionPolicy;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let sessions = SessionPolicy::from_checkbox(end_sessions == model::FormState::TICKED);
    let seen = ExpectedDigest::Shown(&digest);
    let reason = &*make_live_reason;
    let result = domain::connections::make_live(&request.services, &request.actor, &slug, seen, sessions, reason).await;
    let page = crate::routes::setup(&slug, model::SetupStep::GoLive);
    let values = [("make_live_reason", reason)];
    go_live_form(&page, &values).answer_with_notice(&request, crate::routes::team(&slug), result).await
}

/// Throws the draft of an active team away; the live revision stays.
#[server(endpoint = "setup/discard_draft")]
pub async fn discard_draft(
    #[server(default)] slug: String,
    #[server(default)] digest: String,
    #[server(default)] discard_reason: String,
) -> Result<(), ApiError> {
    use super::request::request;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let (seen, reason) = (ExpectedDigest::Shown(&digest), &*discard_reason);
    let result = domain::connections::discard_draft(&request.services, &request.actor, &slug, seen, reason).await;
    let page = crate::routes::setup(&slug, model::SetupStep::GoLive);
    let values = [("discard_reason", reason)];
    go_live_form(&page, &values).answer_with_notice(&request, crate::routes::team(&slug), result).await
}

/// Makes the revision that served before serve again.
#[server(endpoint = "setup/roll_back")]
pub async fn roll_back(
    #[server(default)] slug: String,
    #[server(default)] digest: String,
    #[server(default)] end_sessions: String,
    #[server(default)] roll_back_reason: String,
) -> Result<(), ApiError> {
    use super::request::request;
    use domain::connections::SessionPolicy;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let sessions = SessionPolicy::from_checkbox(end_sessions == model::FormState::TICKED);
    let seen = ExpectedDigest::Shown(&digest);
    let reason = &*roll_back_reason;
    let result = domain::connections::roll_back(&request.services, &request.actor, &slug, seen, sessions, reason).await;
    let page = crate::routes::setup(&slug, model::SetupStep::GoLive);
    let values = [("roll_back_reason", reason)];
    go_live_form(&page, &values).answer_with_notice(&request, crate::routes::team(&slug), result).await
}

#[cfg(feature = "ssr")]
fn go_live_form<'a>(page: &'a str, values: &'a [(&'static str, &'a str)]) -> super::answer::SubmittedForm<'a> {
    super::answer::SubmittedForm { name: "go_live", page, values }
}
