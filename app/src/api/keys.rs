//! A team's own keys.

use leptos::prelude::*;

use crate::error::ApiError;

/// Creates a key: the team's first becomes the current one, the second the next one.
#[server(endpoint = "keys/create")]
pub async fn create_key(#[server(default)] slug: String) -> Result<(), ApiError> {
    use super::request::request;

    let request = request()?;
    let result = domain::sp_keys::create(&request.services, &request.actor, &slug).await;
    let page = crate::routes::sign_in_options(&slug);
    keys_form(&page).answer(&request, result.map(|()| keys_of(&page))).await
}

/// Makes the next key the current one.
#[server(endpoint = "keys/promote")]
pub async fn promote_key(#[server(default)] slug: String) -> Result<(), ApiError> {
    use super::request::request;

    let request = request()?;
    let result = domain::sp_keys::promote(&request.services, &request.actor, &slug).await;
    let page = crate::routes::sign_in_options(&slug);
    keys_form(&page).answer(&request, result.map(|()| keys_of(&page))).await
}

/// Deletes a retired key.
#[server(endpoint = "keys/delete")]
pub async fn delete_key(#[server(default)] slug: String, #[server(default)] key: String) -> Result<(), ApiError> {
    use super::request::request;

    let request = request()?;
    let result = domain::sp_keys::delete(&request.services, &request.actor, &slug, &key).await;
    let page = crate::routes::sign_in_options(&slug);
    keys_form(&page).answer(&request, result.map(|()| keys_of(&page))).await
}

/// Refusals are shown on top of the page, with those of the options.
#[cfg(feature = "ssr")]
fn keys_form(page: &str) -> super::answer::Form<'_> {
    super::answer::Form { name: "options", page, values: &[] }
}

#[cfg(feature = "ssr")]
fn keys_of(page: &str) -> String {
    format!("{page}#keys")
}
