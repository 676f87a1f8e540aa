//! One's own password and e-mail address.

use leptos::prelude::*;
use model::EmailAddress;
use model::account::EmailChangeView;

use crate::error::ApiError;

/// Mails a link that leads to a new password, if the address has an account.
#[server(endpoint = "accounts/forgot_password")]
pub async fn forgot_password(#[server(default)] email: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::request_password_reset(&request.services, &request.actor, &email).await;
    let form = Form { name: "forgot", page: crate::routes::FORGOT, values: &[("email", &email)] };
    form.answer(&request, result.map(|()| crate::routes::FORGOT_SENT.to_owned())).await
}

/// Whether a link to a new password still works.
#[server(endpoint = "accounts/reset_open")]
pub async fn reset_open(#[server(default)] token: String) -> Result<bool, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::is_password_reset_link_valid(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Sets a new password by a mailed link.
#[server(endpoint = "accounts/reset_password")]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::reset_password(&request.services, &request.actor, &token, &password).await;
    let page = crate::routes::reset(&token);
    let form = Form { name: "reset", page: &page, values: &[] };
    form.answer(
        &request,
        result.map(|device| {
            set_cookie(&device);
            crate::routes::login_after("reset")
        }),
    )
    .await
}

/// How hard to guess a password is that somebody is choosing: 0 to 4, 3 is enough.
#[server(endpoint = "accounts/password_strength")]
pub async fn password_strength(
    #[server(default)] password: String,
    #[server(default)] email: String,
) -> Result<u8, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    let estimate = domain::accounts::password_strength(&request.services, &request.actor, &password, &email);
    estimate.await.map_err(fail)
}

/// The address of the signed-in account, if it may change its password and address now.
#[server(endpoint = "accounts/own_address")]
pub async fn own_address() -> Result<EmailAddress, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::own_email(&request.services, &request.actor).await.map_err(fail)
}

/// Changes the password; every other session ends.
#[server(endpoint = "accounts/change_password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::change_password(&request.services, &request.actor, &current, &password).await;
    let form = Form { name: "change_password", page: crate::routes::PASSWORD, values: &[] };
    form.answer(
        &request,
        result.map(|session| {
            set_cookie(&session);
            crate::routes::account_after("password")
        }),
    )
    .await
}

/// Asks for another address: mails a link to it.
#[server(endpoint = "accounts/change_email")]
pub async fn change_email(#[server(default)] email: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::request_email_change(&request.services, &request.actor, &email).await;
    let form = Form { name: "change_email", page: crate::routes::EMAIL, values: &[("email", &email)] };
    form.answer(&request, result.map(|()| crate::routes::account_after("email-asked"))).await
}

/// The change that a link to the new address makes; `None` if it no longer works.
#[server(endpoint = "accounts/email_change")]
pub async fn email_change(#[server(default)] token: String) -> Result<Option<EmailChangeView>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::pending_email_change(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Makes the change.
#[server(endpoint = "accounts/confirm_email_change")]
pub async fn confirm_email_change(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::confirm_email_change(&request.services, &request.actor, &token, &password).await;
    let page = crate::routes::confirm_email(&token);
    let form = Form { name: "confirm_email", page: &page, values: &[] };
    let next = if request.actor.signed_in_account().is_some() {
        crate::routes::account_after("email")
    } else {
        crate::routes::login_after("email")
    };
    form.answer(&request, result.map(|_| next)).await
}

/// The change that a link to the old address undoes; `None` if it no longer works.
#[server(endpoint = "accounts/email_undoing")]
pub async fn email_undoing(#[server(default)] token: String) -> Result<Option<EmailChangeView>, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::undoable_email_change(&request.services, &request.actor, &token).await.map_err(fail)
}

/// Undoes the change, ends every session and mails a link to a new password.
#[server(endpoint = "accounts/undo_email_change")]
pub async fn undo_email_change(#[server(default)] token: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::undo_email_change(&request.services, &request.actor, &token).await;
    let page = crate::routes::undo_email(&token);
    let form = Form { name: "undo_email", page: &page, values: &[] };
    form.answer(&request, result.map(|()| crate::routes::login_after("undone"))).await
}

/// Mails the link that confirms an address again.
#[server(endpoint = "accounts/resend_verification")]
pub async fn resend_verification(#[server(default)] email: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::resend_verification(&request.services, &request.actor, &email).await;
    let page = crate::routes::CHECK_EMAIL;
    let values = [("email", &*email)];
    if result.is_ok() {
        Form { name: "resend", page, values: &values }.carry(&request).await;
    }
    let form = Form { name: "resend", page, values: &values };
    form.answer(&request, result.map(|()| format!("{page}?done=resent"))).await
}
