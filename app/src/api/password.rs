//! One's own password: forgotten, reset, chosen, changed.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::answer::{SubmittedForm, fail, set_cookie};
#[cfg(feature = "ssr")]
use super::request::request;
#[cfg(feature = "ssr")]
use crate::done::Done;
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use crate::routes;

/// Mails a link that leads to a new password, if the address has an account.
#[server(endpoint = "accounts/forgot_password")]
pub async fn forgot_password(#[server(default)] email: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::request_password_reset(&request.services, &request.actor, &email).await;
    let form = SubmittedForm { name: "forgot_password", page: routes::FORGOT_PASSWORD, values: &[("email", &email)] };
    form.answer(&request, result.map(|()| routes::FORGOT_PASSWORD_SENT.to_owned())).await
}

/// Whether a link to a new password still works.
#[server(endpoint = "accounts/password_reset_open")]
pub async fn password_reset_open(#[server(default)] token: String) -> Result<bool, ApiError> {
    let request = request()?;
    domain::accounts::is_password_reset_link_valid(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Sets a new password by a mailed link.
#[server(endpoint = "accounts/reset_password")]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::reset_password(&request.services, &request.actor, &token, &password).await;
    let page = routes::reset_password(&token);
    let form = SubmittedForm { name: "reset_password", page: &page, values: &[] };
    let result = result.map(|device| {
        set_cookie(&device);
        routes::with_done(routes::LOGIN, Done::PasswordReset)
    });
    form.answer(&request, result).await
}

/// How hard to guess a password is that somebody is choosing: 0 to 4, 3 is enough.
#[server(endpoint = "accounts/password_strength")]
pub async fn password_strength(
    #[server(default)] password: String,
    #[server(default)] email: String,
) -> Result<u8, ApiError> {
    let request = request()?;
    let estimate = domain::accounts::password_strength(&request.services, &request.actor, &password, &email);
    estimate.await.map_err(fail)
}

/// Changes the password; every other session ends.
#[server(endpoint = "accounts/change_password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::change_password(&request.services, &request.actor, &current, &password).await;
    let form = SubmittedForm { name: "change_password", page: routes::PASSWORD, values: &[] };
    let result = result.map(|session| {
        set_cookie(&session);
        routes::with_done(routes::ACCOUNT, Done::PasswordChanged)
    });
    form.answer(&request, result).await
}
