//! A team's own keys.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{Notice, NoticeKind};

use crate::error::ApiError;

/// Creates a key: the team's first becomes the current one, the second the next one.
#[server(endpoint = "keys/create")]
pub async fn create_key(#[server(default)] slug: String) -> Result<(), ApiError> {
    use super::request::request;

    let request = request()?;
    let result = domain::sp_keys::create(&request.services, &request.actor, &slug).await;
    answer(&request, &slug, NoticeKind::KeyCreated, result).await
}

/// Makes the next key the current one.
#[server(endpoint = "keys/promote")]
pub async fn promote_key(#[server(default)] slug: String, #[server(default)] digest: String) -> Result<(), ApiError> {
    use super::request::request;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let result =
        domain::sp_keys::promote(&request.services, &request.actor, &slug, ExpectedDigest::Shown(&digest)).await;
    answer(&request, &slug, NoticeKind::KeyPromoted, result).await
}

/// Deletes a retired key.
#[server(endpoint = "keys/delete")]
pub async fn delete_key(
    #[server(default)] slug: String,
    #[server(default)] key: String,
    #[server(default)] digest: String,
) -> Result<(), ApiError> {
    use super::request::request;
    use domain::decision_digest::ExpectedDigest;

    let request = request()?;
    let result =
        domain::sp_keys::delete(&request.services, &request.actor, &slug, &key, ExpectedDigest::Shown(&digest)).await;
    answer(&request, &slug, NoticeKind::KeyDeleted, result).await
}

/// Refusals are shown on top of the page, with those of the options, and so is what was done;
/// who has to confirm first comes back to the keys.
#[cfg(feature = "ssr")]
async fn answer(
    request: &super::request::Request,
    slug: &str,
    done: NoticeKind,
    result: Result<(), domain::Error>,
) -> Result<(), ApiError> {
    let top = crate::routes::sign_in_options(slug);
    let keys = format!("{top}#keys");
    let page = if matches!(result, Err(domain::Error::ReauthenticationNeeded)) { &keys } else { &top };
    let form = super::answer::SubmittedForm { name: "options", page, values: &[] };
    form.answer_with_notice(request, keys.clone(), result.map(|()| Notice::of(done))).await
}
