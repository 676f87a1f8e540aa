//! When and from where somebody acted, as part of a sentence.

use messages::text;
use model::Timestamp;

use crate::{Actor, Services, device};

/// When and from where somebody acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestOrigin(String);

impl RequestOrigin {
    /// Of the one who asks, now.
    pub(crate) fn of(services: &Services, actor: &Actor) -> Self {
        let ip = actor.origin.ip.map(|ip| ip.to_canonical().to_string());
        let browser = actor.origin.user_agent.as_deref().map(|agent| device::words(Some(agent)));
        Self(phrase(services.now(), ip.as_deref(), browser.as_deref()))
    }

    #[cfg(test)]
    pub(super) fn for_test(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A time and an address, such as `23 November 2026, 12:00 UTC, from 192.0.2.1`.
pub(crate) fn at_and_from(at: Timestamp, ip: Option<&str>) -> String {
    phrase(at, ip, None)
}

fn phrase(at: Timestamp, ip: Option<&str>, browser: Option<&str>) -> String {
    let at = at.format("%-d %B %Y, %H:%M UTC").to_string();
    match (ip, browser) {
        (None, None) => text!("mail-account-origin", at = at),
        (Some(ip), None) => text!("mail-account-origin.address", at = at, ip = ip),
        (None, Some(browser)) => text!("mail-account-origin.browser", at = at, browser = browser),
        (Some(ip), Some(browser)) => {
            text!("mail-account-origin.address-and-browser", at = at, ip = ip, browser = browser)
        }
    }
}
