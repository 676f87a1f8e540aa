//! One's own second factors: the authenticator app and the recovery codes. Passkeys are in
//! `passkeys.rs`.

use domain::accounts::factors;
use domain::cookies::{self, Cookie};
use leptos::prelude::*;
use model::{SecurityView, TotpSetupView};

use super::answer::{SubmittedForm, fail, set_cookie};
use super::request::request;
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// The account's factors.
#[server(endpoint = "factors/security")]
pub async fn load_security() -> Result<SecurityView, ApiError> {
    let request = request()?;
    factors::security_settings(&request.services, &request.actor).await.map_err(fail)
}

/// Makes a seed to set an authenticator app up with.
#[server(endpoint = "factors/begin_totp")]
pub async fn begin_totp() -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::start_totp_setup(&request.services, &request.actor).await;
    security_form().answer(&request, result.map(|()| routes::TOTP_SETUP.to_owned())).await
}

/// The seed that is being set up.
#[server(endpoint = "factors/totp_setup")]
pub async fn load_totp_setup() -> Result<TotpSetupView, ApiError> {
    let request = request()?;
    factors::pending_totp_setup(&request.services, &request.actor).await.map_err(fail)
}

/// Takes the authenticator app into use whose first code this is.
#[server(endpoint = "factors/confirm_totp")]
pub async fn confirm_totp(#[server(default)] code: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::confirm_totp_setup(&request.services, &request.actor, &code).await;
    let form = SubmittedForm { name: "totp_setup", page: routes::TOTP_SETUP, values: &[] };
    form.answer(&request, result.map(|enrolled| after_enrolment(&enrolled, Done::TotpAdded))).await
}

/// Removes the authenticator app.
#[server(endpoint = "factors/remove_totp")]
pub async fn remove_totp() -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::remove_totp(&request.services, &request.actor).await;
    let result = result.map(|cookie| {
        set_cookie(&cookie);
        routes::with_done(routes::SECURITY, Done::TotpRemoved)
    });
    security_form().answer(&request, result).await
}

/// The recovery codes that were just made in this browser.
#[server(endpoint = "factors/recovery_codes")]
pub async fn load_recovery_codes() -> Result<Vec<String>, ApiError> {
    let request = request()?;
    let cookie = request.cookie(Cookie::RecoveryCodes.name(&request.services));
    factors::new_recovery_codes(&request.services, &request.actor, cookie.as_deref()).await.map_err(fail)
}

/// The recovery codes are saved: they are not shown again.
#[server(endpoint = "factors/recovery_codes_saved")]
pub async fn recovery_codes_saved() -> Result<(), ApiError> {
    let request = request()?;
    set_cookie(&cookies::clear(&request.services, Cookie::RecoveryCodes));
    security_form().answer(&request, Ok(routes::with_done(routes::SECURITY, Done::RecoveryCodesSaved))).await
}

/// Makes new recovery codes in the place of those before.
#[server(endpoint = "factors/regenerate_recovery_codes")]
pub async fn regenerate_recovery_codes() -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::regenerate_recovery_codes(&request.services, &request.actor).await;
    let result = result.map(|cookie| {
        set_cookie(&cookie);
        routes::RECOVERY_CODES.to_owned()
    });
    security_form().answer(&request, result).await
}

/// The forms of the security page that have one button and no field.
pub(super) const fn security_form() -> SubmittedForm<'static> {
    SubmittedForm { name: "security", page: routes::SECURITY, values: &[] }
}

/// Sends the cookies that come with a new factor, and says which page is next.
pub(super) fn after_enrolment(enrolled: &factors::FactorEnrolment, done: Done) -> String {
    for cookie in &enrolled.cookies {
        set_cookie(cookie);
    }
    if enrolled.has_new_codes { routes::RECOVERY_CODES.to_owned() } else { routes::with_done(routes::SECURITY, done) }
}
