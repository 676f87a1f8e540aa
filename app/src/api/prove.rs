//! Proving who one is: the second step of signing in, and confirming again before something
//! sensitive.

use leptos::prelude::*;
use model::FactorChoice;

use crate::error::ApiError;

/// The ways to go on for whom a second factor is awaited; `None` for anybody else.
#[server(endpoint = "prove/second_factor")]
pub async fn load_second_factor() -> Result<Option<FactorChoice>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    match domain::accounts::second_factor::available_methods(&request.services, &request.actor).await {
        Ok(choice) => Ok(Some(choice)),
        Err(domain::Error::SignInNeeded) => Ok(None),
        Err(error) => Err(fail(error)),
    }
}

/// Goes on with a code of the authenticator app.
#[server(endpoint = "prove/enter_code")]
pub async fn enter_code(#[server(default)] code: String, #[server(default)] next: String) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::second_factor::verify_code(&request.services, &request.actor, &code).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = crate::routes::second_factor(next.as_deref());
    let form = Form { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| signed_in(session, next))).await
}

/// Goes on with a recovery code.
#[server(endpoint = "prove/use_recovery_code")]
pub async fn use_recovery_code(
    #[server(default)] recovery_code: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let use_code = domain::accounts::second_factor::use_recovery_code;
    let result = use_code(&request.services, &request.actor, &recovery_code).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = crate::routes::second_factor(next.as_deref());
    let form = Form { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| signed_in(session, next))).await
}

/// The ways in which the account can confirm again.
#[server(endpoint = "prove/confirm_choice")]
pub async fn load_confirm() -> Result<FactorChoice, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::reauthentication::available_methods(&request.services, &request.actor).await.map_err(fail)
}

/// Confirms with the password, and a code if there is an authenticator app, and goes on to
/// `next`.
#[server(endpoint = "prove/confirm")]
pub async fn confirm(
    #[server(default)] password: String,
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let with_password = domain::accounts::reauthentication::with_password;
    let result = with_password(&request.services, &request.actor, &password, &code).await;
    let next = domain::urls::local_path(&next);
    let page = crate::routes::confirm(next);
    let form = Form { name: "confirm", page: &page, values: &[] };
    form.answer(&request, result.map(|cookie| confirmed(&cookie, next))).await
}

/// Hands the confirmed session over, and says where it goes.
#[cfg(feature = "ssr")]
pub(super) fn confirmed(cookie: &str, next: Option<&str>) -> String {
    super::answer::set_cookie(cookie);
    next.unwrap_or(crate::routes::SECURITY).to_owned()
}
