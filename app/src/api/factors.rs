//! One's own second factors: the authenticator app and the recovery codes. Passkeys are in
//! `passkeys.rs`.

use leptos::prelude::*;
use model::{SecurityView, TotpSetupView};

use crate::error::ApiError;

/// The account's factors.
#[server(endpoint = "factors/security")]
pub async fn load_security() -> Result<SecurityView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::factors::security_settings(&request.services, &request.actor).await.map_err(fail)
}

/// Makes a seed to set an authenticator app up with.
#[server(endpoint = "factors/begin_totp")]
pub async fn begin_totp() -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::factors::start_totp_setup(&request.services, &request.actor).await;
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(&request, result.map(|()| crate::routes::TOTP_SETUP.to_owned())).await
}

/// The seed that is being set up.
#[server(endpoint = "factors/totp_setup")]
pub async fn load_totp_setup() -> Result<TotpSetupView, ApiError> {
    use super::{answer::fail, request::request};

    let request = request()?;
    domain::accounts::factors::pending_totp_setup(&request.services, &request.actor).await.map_err(fail)
}

/// Takes the authenticator app into use whose first code this is.
#[server(endpoint = "factors/confirm_totp")]
pub async fn confirm_totp(#[server(default)] code: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::factors::confirm_totp_setup(&request.services, &request.actor, &code).await;
    let form = Form { name: "totp_setup", page: crate::routes::TOTP_SETUP, values: &[] };
    form.answer(&request, result.map(|enrolled| after(&enrolled, "totp-added"))).await
}

/// Hands the cookies over that come with a new factor, and says which page is next.
#[cfg(feature = "ssr")]
pub(super) fn after(enrolled: &domain::accounts::factors::FactorEnrolment, done: &'static str) -> String {
    for cookie in &enrolled.cookies {
        super::answer::set_cookie(cookie);
    }
    if enrolled.has_new_codes { crate::routes::RECOVERY_CODES.to_owned() } else { crate::routes::security_after(done) }
}

/// Removes the authenticator app.
#[server(endpoint = "factors/remove_totp")]
pub async fn remove_totp() -> Result<(), ApiError> {
    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::factors::remove_totp(&request.services, &request.actor).await;
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(
        &request,
        result.map(|cookie| {
            set_cookie(&cookie);
            crate::routes::security_after("totp-removed")
        }),
    )
    .await
}

/// The recovery codes that were just made in this browser.
#[server(endpoint = "factors/recovery_codes")]
pub async fn load_recovery_codes() -> Result<Vec<String>, ApiError> {
    use domain::cookies::Cookie;

    use super::{answer::fail, request::request};

    let request = request()?;
    let cookie = request.cookie(Cookie::RecoveryCodes.name(&request.services));
    let shown = domain::accounts::factors::new_recovery_codes;
    shown(&request.services, &request.actor, cookie.as_deref()).await.map_err(fail)
}

/// The recovery codes are kept: they are not shown again.
#[server(endpoint = "factors/recovery_codes_kept")]
pub async fn recovery_codes_kept() -> Result<(), ApiError> {
    use domain::cookies::{self, Cookie};

    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    set_cookie(&cookies::clear(&request.services, Cookie::RecoveryCodes));
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(&request, Ok(crate::routes::security_after("codes-kept"))).await
}

/// Makes new recovery codes in the place of those before.
#[server(endpoint = "factors/regenerate_recovery_codes")]
pub async fn regenerate_recovery_codes() -> Result<(), ApiError> {
    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::factors::regenerate_recovery_codes(&request.services, &request.actor).await;
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(
        &request,
        result.map(|cookie| {
            set_cookie(&cookie);
            crate::routes::RECOVERY_CODES.to_owned()
        }),
    )
    .await
}
