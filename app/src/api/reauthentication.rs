//! Re-authentication: proving again who one is before something sensitive.

use domain::accounts::reauthentication;
use leptos::prelude::*;
use model::FactorChoice;

use super::answer::{SubmittedForm, fail, set_cookie};
use super::request::request;
use crate::error::ApiError;
use crate::routes;

/// The ways in which the account can re-authenticate.
#[server(endpoint = "reauthentication/load")]
pub async fn load_reauthentication() -> Result<FactorChoice, ApiError> {
    let request = request()?;
    reauthentication::available_methods(&request.services, &request.actor).await.map_err(fail)
}

/// Re-authenticates with the password, and a code if there is an authenticator app, and goes
/// on to `next`.
#[server(endpoint = "reauthentication/with_password")]
pub async fn reauthenticate_with_password(
    #[server(default)] password: String,
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = reauthentication::with_password(&request.services, &request.actor, &password, &code).await;
    let next = domain::urls::local_path(&next);
    let page = routes::reauthenticate(next);
    let form = SubmittedForm { name: "reauthentication", page: &page, values: &[] };
    form.answer(&request, result.map(|cookie| reauthenticated(&cookie, next))).await
}

/// Sends the renewed session to the browser, and says where it goes.
pub(super) fn reauthenticated(cookie: &str, next: Option<&str>) -> String {
    set_cookie(cookie);
    next.unwrap_or(routes::SECURITY).to_owned()
}
