//! Sign-up, confirming an address, sign-in, sign-out.

use leptos::prelude::*;
use model::AccountView;

use super::answer::{SubmittedForm, fail, remove_session_cookie, see_other, start_session};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// The signed-in account, if there is one.
#[server(endpoint = "accounts/current")]
pub async fn current_account() -> Result<Option<AccountView>, ApiError> {
    let request = request()?;
    domain::accounts::current_account(&request.services, &request.actor).await.map_err(fail)
}

/// Signs somebody up: sends the link that confirms their address and leads to a password, whether or not it has an
/// account already.
#[server(endpoint = "accounts/sign_up")]
pub async fn sign_up(#[server(default)] email: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::sign_up(&request.services, &request.actor, &email).await;
    let values = [("email", &*email)];
    if result.is_ok() {
        // so that the next page can send the link again without asking for the address
        SubmittedForm { name: "resend_verification", page: routes::CHECK_EMAIL, values: &values }
            .save_for_next_page(&request)
            .await;
    }
    let form = SubmittedForm { name: "sign_up", page: routes::SIGN_UP, values: &values };
    form.answer(&request, result.map(|()| routes::CHECK_EMAIL.to_owned())).await
}

/// Mails the link that confirms an address again.
#[server(endpoint = "accounts/resend_verification")]
pub async fn resend_verification(#[server(default)] email: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::resend_verification(&request.services, &request.actor, &email).await;
    let values = [("email", &*email)];
    let form = || SubmittedForm { name: "resend_verification", page: routes::CHECK_EMAIL, values: &values };
    if result.is_ok() {
        form().save_for_next_page(&request).await;
    }
    let next = routes::with_done(routes::CHECK_EMAIL, Done::VerificationResent);
    form().answer(&request, result.map(|()| next)).await
}

/// The address that a mailed link confirms; none if the link does not work.
#[server(endpoint = "accounts/address_to_verify")]
pub async fn address_to_verify(#[server(default)] token: String) -> Result<Option<String>, ApiError> {
    let request = request()?;
    domain::accounts::address_to_verify(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Confirms the address that a mailed link was sent to, sets its account's password, and signs it in.
#[server(endpoint = "accounts/verify_email")]
pub async fn verify_email(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::verify_email(&request.services, &request.actor, &token, &password).await;
    let page = routes::verify_email(&token);
    let form = SubmittedForm { name: "verify_email", page: &page, values: &[] };
    form.answer(&request, result.map(|session| start_session(session, None))).await
}

/// Signs in with e-mail and password, and goes on to `next`, a path of ours.
#[server(endpoint = "accounts/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result = domain::accounts::sign_in(&request.services, &request.actor, &email, &password).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = routes::login(next.as_deref());
    let form = SubmittedForm { name: "sign_in", page: &page, values: &[("email", &email)] };
    form.answer(&request, result.map(|session| start_session(session, next))).await
}

/// Ends the session, on the server and in the browser.
#[server(endpoint = "accounts/sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    let request = request()?;
    domain::accounts::sign_out(&request.services, &request.actor).await.map_err(fail)?;
    remove_session_cookie(&request);
    see_other(routes::LOGIN);
    Ok(())
}

/// Whether the one-time link that `portal serve` printed can still create the first
/// support account.
#[server(endpoint = "accounts/first_support_open")]
pub async fn first_support_open(token: String) -> Result<bool, ApiError> {
    let request = request()?;
    domain::accounts::is_first_support_link_valid(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Creates the first support account, an administrator, by that link.
#[server(endpoint = "accounts/create_first_support")]
pub async fn create_first_support(
    #[server(default)] token: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let result =
        domain::accounts::create_first_support_account(&request.services, &request.actor, &token, &email, &password)
            .await;
    let page = routes::first_support_account(&token);
    let form = SubmittedForm { name: "first_support_account", page: &page, values: &[("email", &email)] };
    form.answer(&request, result.map(|session| start_session(session, None))).await
}
