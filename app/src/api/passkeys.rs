//! Passkeys. Each use is two calls of `app/assets/passkey.js`: one that asks for a challenge,
//! as JSON for the browser's `navigator.credentials`, and the form that carries the answer.

use leptos::prelude::*;

use crate::error::ApiError;

/// Hands a challenge over: its cookie to the browser, its options to the script.
#[cfg(feature = "ssr")]
fn hand_over(result: Result<domain::accounts::factors::PasskeyChallenge, domain::Error>) -> Result<String, ApiError> {
    let challenge = result.map_err(super::answer::fail)?;
    super::answer::set_cookie(&challenge.cookie);
    Ok(challenge.options)
}

/// The cookie that finds the challenge again.
#[cfg(feature = "ssr")]
fn challenge_cookie(request: &super::request::Request) -> Option<String> {
    request.cookie(domain::cookies::Cookie::PasskeyChallenge.name(&request.services))
}

/// Asks for a passkey to be registered.
#[server(endpoint = "passkeys/start_registration")]
pub async fn start_registration() -> Result<String, ApiError> {
    let request = super::request::request()?;
    hand_over(domain::accounts::factors::start_passkey_registration(&request.services, &request.actor).await)
}

/// Registers the passkey that answered.
#[server(endpoint = "passkeys/register")]
pub async fn register_passkey(
    #[server(default)] name: String,
    #[server(default)] credential: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, factors::after, request::request};

    let request = request()?;
    let cookie = challenge_cookie(&request);
    let register = domain::accounts::factors::register_passkey;
    let result = register(&request.services, &request.actor, cookie.as_deref(), &name, &credential).await;
    let form = Form { name: "passkey", page: crate::routes::SECURITY, values: &[("name", &name)] };
    form.answer(&request, result.map(|enrolled| after(&enrolled, "passkey-added"))).await
}

/// Renames a passkey.
#[server(endpoint = "passkeys/rename")]
pub async fn rename_passkey(#[server(default)] id: String, #[server(default)] name: String) -> Result<(), ApiError> {
    use super::{answer::Form, request::request};

    let request = request()?;
    let result = domain::accounts::factors::rename_passkey(&request.services, &request.actor, &id, &name).await;
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(&request, result.map(|()| crate::routes::security_after("passkey-renamed"))).await
}

/// Removes a passkey.
#[server(endpoint = "passkeys/remove")]
pub async fn remove_passkey(#[server(default)] id: String) -> Result<(), ApiError> {
    use super::answer::{Form, set_cookie};
    use super::request::request;

    let request = request()?;
    let result = domain::accounts::factors::remove_passkey(&request.services, &request.actor, &id).await;
    let form = Form { name: "security", page: crate::routes::SECURITY, values: &[] };
    form.answer(
        &request,
        result.map(|cookie| {
            set_cookie(&cookie);
            crate::routes::security_after("passkey-removed")
        }),
    )
    .await
}

/// Asks for any passkey of ours, to sign in with.
#[server(endpoint = "passkeys/start_sign_in")]
pub async fn start_passkey_sign_in() -> Result<String, ApiError> {
    let request = super::request::request()?;
    hand_over(domain::accounts::start_passkey_sign_in(&request.services, &request.actor).await)
}

/// Signs in whose passkey answered, and goes on to `next`, a path of ours.
#[server(endpoint = "passkeys/sign_in")]
pub async fn sign_in_with_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let cookie = challenge_cookie(&request);
    let sign_in = domain::accounts::sign_in_with_passkey;
    let result = sign_in(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = crate::routes::login(next.as_deref());
    let form = Form { name: "sign_in", page: &page, values: &[] };
    form.answer(&request, result.map(|session| signed_in(session, next))).await
}

/// Asks for a passkey of the account whose second factor is awaited.
#[server(endpoint = "passkeys/start_second_factor")]
pub async fn start_passkey_second_factor() -> Result<String, ApiError> {
    let request = super::request::request()?;
    hand_over(domain::accounts::second_factor::start_passkey(&request.services, &request.actor).await)
}

/// Goes on with the sign-in whose passkey answered.
#[server(endpoint = "passkeys/second_factor")]
pub async fn passkey_second_factor(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::answer::{Form, signed_in};
    use super::request::request;

    let request = request()?;
    let cookie = challenge_cookie(&request);
    let answer = domain::accounts::second_factor::verify_passkey;
    let result = answer(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next).map(str::to_owned);
    let page = crate::routes::second_factor(next.as_deref());
    let form = Form { name: "second_factor", page: &page, values: &[] };
    form.answer(&request, result.map(|session| signed_in(session, next))).await
}

/// Asks for a passkey of the account, to confirm again.
#[server(endpoint = "passkeys/start_confirm")]
pub async fn start_passkey_confirm() -> Result<String, ApiError> {
    let request = super::request::request()?;
    hand_over(domain::accounts::reauthentication::start_passkey(&request.services, &request.actor).await)
}

/// Confirms with the passkey that answered, and goes on to `next`.
#[server(endpoint = "passkeys/confirm")]
pub async fn confirm_with_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use super::{answer::Form, prove::confirmed, request::request};

    let request = request()?;
    let cookie = challenge_cookie(&request);
    let confirm = domain::accounts::reauthentication::with_passkey;
    let result = confirm(&request.services, &request.actor, cookie.as_deref(), &credential).await;
    let next = domain::urls::local_path(&next);
    let page = crate::routes::confirm(next);
    let form = Form { name: "confirm", page: &page, values: &[] };
    form.answer(&request, result.map(|cookie| confirmed(&cookie, next))).await
}
