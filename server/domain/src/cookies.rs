//! The cookies we set, and how.

use chrono::TimeDelta;
use cookie::{Cookie as Crumb, SameSite};

use crate::{Services, Token};

/// A cookie of ours. All are `HttpOnly`, `SameSite=Lax`, for `/`, and over https they carry
/// the `__Host-` prefix and `Secure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session of an account.
    Session,
    /// The session of a person.
    Person,
    /// Binds sign-in attempts to the browser that made them.
    Browser,
    /// Finds this browser's refused forms.
    Form,
    /// An onboarding link, to be shown once to whoever made it.
    Link,
    /// Tells a browser that has signed in before from strangers; it opens nothing.
    Device,
    /// Finds the challenge that this browser's passkey answers.
    Passkey,
    /// What new recovery codes are made from, until their owner has kept them.
    RecoveryCodes,
}

impl Cookie {
    /// The cookie's name in this installation.
    #[must_use]
    pub fn name(self, services: &Services) -> &'static str {
        match (self, services.settings.urls.is_https()) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Person, true) => "__Host-person",
            (Self::Person, false) => "person",
            (Self::Browser, true) => "__Host-browser",
            (Self::Browser, false) => "browser",
            (Self::Form, true) => "__Host-form",
            (Self::Form, false) => "form",
            (Self::Link, true) => "__Host-link",
            (Self::Link, false) => "link",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Passkey, true) => "__Host-passkey",
            (Self::Passkey, false) => "passkey",
            (Self::RecoveryCodes, true) => "__Host-recovery-codes",
            (Self::RecoveryCodes, false) => "recovery-codes",
        }
    }
}

/// A `Set-Cookie` value that hands a secret to the browser.
#[must_use]
pub fn set(services: &Services, cookie: Cookie, token: &Token, lifetime: TimeDelta) -> String {
    build(services, cookie, token.reveal(), lifetime)
}

/// A `Set-Cookie` value that takes a cookie back.
#[must_use]
pub fn removal(services: &Services, cookie: Cookie) -> String {
    build(services, cookie, "", TimeDelta::zero())
}

fn build(services: &Services, cookie: Cookie, value: &str, lifetime: TimeDelta) -> String {
    Crumb::build((cookie.name(services), value))
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
        let cookies = Crumb::split_parse(header).filter_map(Result::ok);
        cookies.into_iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    })
}
