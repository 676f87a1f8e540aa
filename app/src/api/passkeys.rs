//! Passkeys. Each use is two calls of `app/assets/passkey.js`: one that asks for a challenge,
//! as JSON for the browser's `navigator.credentials`, and the form that carries the answer.

use domain::accounts::factors::{self, PasskeyChallenge};
use domain::accounts::{reauthentication, second_factor};
use domain::cookies::Cookie;
use leptos::prelude::*;

use super::answer::{SubmittedForm, fail, set_cookie, start_session};
use super::factors::{after_enrolment, security_form};
use super::reauthentication::reauthenticated;
use super::request::{Request, request};
use crate::done::Done;
use crate::error::ApiError;
use crate::routes;

/// Sends a challenge: its cookie to the browser, its options to the script.
fn send_challenge(result: Result<PasskeyChallenge, domain::Error>) -> Result<String, ApiError> {
    let challenge = result.map_err(fail)?;
    set_cookie(&challenge.cookie);
    Ok(challenge.options)
}

/// The cookie that finds the challenge again.
fn challenge_cookie(request: &Request) -> Option<String> {
    request.cookie(Cookie::PasskeyChallenge.name(&request.services))
}

/// Asks for a passkey to be registered.
#[server(endpoint = "passkeys/start_registration")]
pub async fn start_registration() -> Result<String, ApiError> {
    let request = request()?;
    send_challenge(factors::start_passkey_registration(&request.services, &request.actor).await)
}

/// Registers the passkey that answered.
#[server(endpoint = "passkeys/register")]
pub async fn register_passkey(
    #[server(default)] name: String,
    #[server(default)] credential: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let cookie = challenge_cookie(&request);
    let result =
        factors::register_passkey(&request.services, &request.actor, cookie.as_deref(), &name, &credential).await;
    let form = SubmittedForm { name: "passkey", page: routes::SECURITY, values: &[("name", &name)] };
    form.answer(&request, result.map(|enrolled| after_enrolment(&enrolled, Done::PasskeyAdded))).await
}

/// Renames a passkey.
#[server(endpoint = "passkeys/rename")]
pub async fn rename_passkey(#[server(default)] id: String, #[server(default)] name: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::rename_passkey(&request.services, &request.actor, &id, &name).await;
    let next = routes::with_done(routes::SECURITY, Done::PasskeyRenamed);
    security_form().answer(&request, result.map(|()| next)).await
}

/// Removes a passkey.
#[server(endpoint = "passkeys/remove")]
pub async fn remove_passkey(#[server(default)] id: String) -> Result<(), ApiError> {
    let request = request()?;
    let result = factors::remove_passkey(&request.services, &request.actor, &id).await;
    let result = result.map(|cookie| {
        set_cookie(&cookie);
        routes::with_done(routes::SECURITY, Done::PasskeyRemoved)
    });
    security_form().answer(&request, result).await
}

/// Asks for any passkey of ours, to sign in with.
#[server(endpoint = "passkeys/start_sign_in")]
pub async fn start_passkey_sign_in() -> Result<String, ApiError> {
    let request = request()?;
    send_challenge(domain::accounts::start_passkey_sign_in(&request.services, &request.actor).await)
}

/// Signs in whose passkey answered, and goes on to `next`, a path of ours.
#[server(endpoint = "passkeys/sign_in")]
pub async fn sign_in_with_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let cookie = challenge_cookie(&request);
    let sign_in = domain::accounts::sign_in_with_passkey;
    let result = sign_in(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = routes::login(next.as_deref());
    let form = SubmittedForm { name: "sign_in", page: &page, values: &[] };
    form.answer(&request, result.map(|session| start_session(session, next))).await
}

/// Asks for a passkey of the account whose second factor is awaited.
#[server(endpoint = "passkeys/start_second_factor")]
pub async fn start_passkey_second_factor() -> Result<String, ApiError> {
    let request = request()?;
    send_challenge(second_factor::start_passkey(&request.services, &request.actor).await)
}

/// Goes on with the sign-in whose passkey answered.
#[server(endpoint = "passkeys/second_factor")]
pub async fn passkey_second_factor(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let cookie = challenge_cookie(&request);
    let answer = second_factor::verify_passkey;
    let result = answer(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = routes::second_factor(next.as_deref());
    let form = SubmittedForm { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| start_session(session, next))).await
}

/// Asks for a passkey of the account, to re-authenticate with.
#[server(endpoint = "passkeys/start_reauthentication")]
pub async fn start_passkey_reauthentication() -> Result<String, ApiError> {
    let request = request()?;
    send_challenge(reauthentication::start_passkey(&request.services, &request.actor).await)
}

/// Re-authenticates with the passkey that answered, and goes on to `next`.
#[server(endpoint = "passkeys/reauthenticate")]
pub async fn reauthenticate_with_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    let request = request()?;
    let cookie = challenge_cookie(&request);
    let with_passkey = reauthentication::with_passkey;
    let result = with_passkey(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next);
    let page = routes::reauthenticate(next);
    let form = SubmittedForm { name: "reauthentication", page: &page, values: &[] };
    form.answer(&request, result.map(|cookie| reauthenticated(&cookie, next))).await
}
