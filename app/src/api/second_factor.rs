//! The second step of signing in.

use domain::accounts::second_factor;
use leptos::prelude::*;
use model::FactorChoice;

use super::answer::{SubmittedForm, fail, start_session};
use super::request::request;
use crate::error::ApiError;
use crate::routes;

/// The ways to go on for whom a second factor is awaited; `None` for anybody else.
#[server(endpoint = "second_factor/load")]
pub async fn load_second_factor() -> Result<Option<FactorChoice>, ApiError> {
    let request = request()?;
    match second_factor::available_methods(&request.services, &request.actor).await {
        Ok(choice) => Ok(Some(choice)),
        Err(domain::Error::SignInNeeded) => Ok(None),
        Err(error) => Err(fail(error)),
    }
}

/// Goes on with a code of the authenticator app.
#[server(endpoint = "second_factor/enter_code")]
pub async fn enter_code(#[server(default)] code: String, #[server(default)] next: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = second_factor::verify_code(&request.services, &request.actor, &code).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = routes::second_factor(next.as_deref());
    let form = SubmittedForm { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| start_session(session, next))).await
}

/// Goes on with a recovery code.
#[server(endpoint = "second_factor/use_recovery_code")]
pub async fn use_recovery_code(
    #[server(default)] recovery_code: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = second_factor::use_recovery_code(&request.services, &request.actor, &recovery_code).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = routes::second_factor(next.as_deref());
    let form = SubmittedForm { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| start_session(session, next))).await
}
