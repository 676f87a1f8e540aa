//! The cookies we set, and how.

use chrono::TimeDelta;
use cookie::{Cookie as HttpCookie, SameSite};

use crate::{Services, Token};

/// A cookie of ours. All are `HttpOnly`, `SameSite=Lax`, for `/`, and over https they carry
/// the `__Host-` prefix and `Secure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session of an account.
    AccountSession,
    /// The session of a person.
    PersonSession,
    /// Binds sign-in attempts to the browser that started them.
    SignInBrowser,
    /// Finds the refused form that this browser sent.
    FormState,
    /// An onboarding link, to be shown once to the account that created it.
    OnboardingLink,
    /// The new secret of an application, to be shown once to the account that created it.
    ApplicationSecret,
    /// The secret that an application's trial sign-in is begun and ended with.
    ApplicationTrial,
    /// Marks a browser that has signed in before. It gives access to nothing.
    KnownDevice,
    /// Finds the challenge that this browser's passkey answers.
    PasskeyChallenge,
    /// The secret that new recovery codes are derived from, until their owner has saved them.
    RecoveryCodes,
}

impl Cookie {
    /// The cookie's name in this installation.
    #[must_use]
    pub fn name(self, services: &Services) -> &'static str {
        match (self, services.settings.urls.is_https()) {
            (Self::AccountSession, true) => "__Host-session",
            (Self::AccountSession, false) => "session",
            (Self::PersonSession, true) => "__Host-person",
            (Self::PersonSession, false) => "person",
            (Self::SignInBrowser, true) => "__Host-browser",
            (Self::SignInBrowser, false) => "browser",
            (Self::FormState, true) => "__Host-form",
            (Self::FormState, false) => "form",
            (Self::OnboardingLink, true) => "__Host-link",
            (Self::OnboardingLink, false) => "link",
            (Self::ApplicationSecret, true) => "__Host-application-secret",
            (Self::ApplicationSecret, false) => "application-secret",
            (Self::ApplicationTrial, true) => "__Host-application-trial",
            (Self::ApplicationTrial, false) => "application-trial",
            (Self::KnownDevice, true) => "__Host-device",
            (Self::KnownDevice, false) => "device",
            (Self::PasskeyChallenge, true) => "__Host-passkey",
            (Self::PasskeyChallenge, false) => "passkey",
            (Self::RecoveryCodes, true) => "__Host-recovery-codes",
            (Self::RecoveryCodes, false) => "recovery-codes",
        }
    }
}

/// A `Set-Cookie` value that hands a secret to the browser.
#[must_use]
pub fn set(services: &Services, cookie: Cookie, token: &Token, lifetime: TimeDelta) -> String {
    set_cookie_header(services, cookie, token.reveal(), lifetime)
}

/// A `Set-Cookie` value that removes a cookie from the browser.
#[must_use]
pub fn clear(services: &Services, cookie: Cookie) -> String {
    set_cookie_header(services, cookie, "", TimeDelta::zero())
}

fn set_cookie_header(services: &Services, cookie: Cookie, value: &str, lifetime: TimeDelta) -> String {
    HttpCookie::build((cookie.name(services), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(services.settings.urls.is_https())
        .max_age(cookie::time::Duration::seconds(lifetime.num_seconds()))
        .to_string()
}

/// The value of a cookie in a request's `Cookie` headers.
pub fn find<'a>(mut headers: impl Iterator<Item = &'a str>, name: &str) -> Option<String> {
    headers.find_map(|header| {
        let cookies = HttpCookie::split_parse(header).filter_map(Result::ok);
        cookies.into_iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    })
}
