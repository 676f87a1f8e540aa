//! When and from where somebody acted, as part of a sentence.

use messages::text;
use model::Timestamp;

use crate::{Actor, Services, user_agent};

/// When and from where somebody acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestOrigin(String);

impl RequestOrigin {
    /// Of the one who asks, now.
    pub(crate) fn of(services: &Services, actor: &Actor) -> Self {
        let ip = actor.client.ip.map(|ip| ip.to_canonical().to_string());
        let browser = actor.client.user_agent.as_deref().map(|agent| user_agent::browser_name(Some(agent)));
        Self::new(services.now(), ip.as_deref(), browser.as_deref())
    }

    /// At that time, from an address and with a browser where they are known.
    pub(in crate::mail) fn new(at: Timestamp, ip: Option<&str>, browser: Option<&str>) -> Self {
        Self(phrase(at, ip, browser))
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
