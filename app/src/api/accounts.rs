//! Sign-up, sign-in, sign-out.

use leptos::prelude::*;
use model::AccountView;

use crate::error::ApiError;

/// The signed-in account, if there is one.
#[server(endpoint = "accounts/current")]
pub async fn current_account() -> Result<Option<AccountView>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::current_account(&request.services, &request.actor).await.map_err(fail)
}

/// Signs somebody up: sends the link that confirms their address, whether or not it has an
/// account already.
#[server(endpoint = "accounts/sign_up")]
pub async fn sign_up(#[server(default)] email: String, #[server(default)] password: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::sign_up(&request.services, &request.actor, &email, &password).await;
    if result.is_ok() {
        // so that the next page can send the link again without asking for the address
        Form { name: "resend", page: crate::routes::CHECK_EMAIL, values: &[("email", &email)] }.carry(&request).await;
    }
    let form = Form { name: "sign_up", page: crate::routes::SIGN_UP, values: &[("email", &email)] };
    form.answer(&request, result.map(|()| crate::routes::CHECK_EMAIL.to_owned())).await
}

/// Confirms the address that a mailed link was sent to, and signs its account in.
#[server(endpoint = "accounts/verify_email")]
pub async fn verify_email(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::verify_email(&request.services, &request.actor, &token, &password).await;
    let page = crate::routes::verify(&token);
    let form = Form { name: "verify_email", page: &page, values: &[] };
    form.answer(&request, result.map(|session| signed_in(session, None))).await
}

/// Signs in with e-mail and password, and goes on to `next`, a path of ours.
#[server(endpoint = "accounts/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::sign_in(&request.services, &request.actor, &email, &password).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = crate::routes::login(next.as_deref());
    let form = Form { name: "sign_in", page: &page, values: &[("email", &email)] };
    form.answer(&request, result.map(|session| signed_in(session, next))).await
}

/// Ends the session, on the server and in the browser.
#[server(endpoint = "accounts/sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    use super::answer::{fail, forget_session, see_other};
    use super::request::request;

    let request = request()?;
    domain::accounts::sign_out(&request.services, &request.actor).await.map_err(fail)?;
    forget_session(&request);
    see_other(crate::routes::LOGIN);
    Ok(())
}

/// Whether the one-time link that `portal serve` printed can still create the first
/// support account.
#[server(endpoint = "accounts/first_support_open")]
pub async fn first_support_open(token: String) -> Result<bool, ApiError> {
    use super::{answer::fail, request::request};

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
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let result =
        domain::accounts::create_first_support_account(&request.services, &request.actor, &token, &email, &password)
            .await;
    let page = crate::routes::first_support(&token);
    let form = Form { name: "first_support", page: &page, values: &[("email", &email)] };
    form.answer(&request, result.map(|session| signed_in(session, None))).await
}
