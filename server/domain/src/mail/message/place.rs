//! When and from where somebody acted, in words.

use model::Timestamp;

use crate::{Actor, Services, user_agent};

/// When and from where somebody acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// Of the one who asks, now.
    pub(crate) fn of(services: &Services, actor: &Actor) -> Self {
        let ip = actor.client.ip.map(|ip| ip.to_canonical().to_string());
        let line = line(services.now(), ip.as_deref());
        Self(match actor.client.user_agent.as_deref() {
            Some(agent) => format!("{line}, with {}", user_agent::browser_name(Some(agent))),
            None => line,
        })
    }

    /// As part of a sentence: after "on".
    pub(super) fn words(&self) -> &str {
        &self.0
    }

    /// A sentence for a mail.
    pub(super) fn sentence(&self) -> String {
        format!("It happened on {}.", self.0)
    }
}

/// A time and an address, such as `23 November 2026, 12:00 UTC, from 192.0.2.1`.
pub(crate) fn line(at: Timestamp, ip: Option<&str>) -> String {
    let at = at.format("%-d %B %Y, %H:%M UTC");
    ip.map_or_else(|| at.to_string(), |ip| format!("{at}, from {ip}"))
}
