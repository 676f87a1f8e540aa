//! When and from where somebody acted, in words.

use model::Timestamp;

use crate::{Actor, Services};

/// When and from where somebody acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// Of the one who asks, now.
    pub(crate) fn of(services: &Services, actor: &Actor) -> Self {
        let ip = actor.origin.ip.map(|ip| ip.to_canonical().to_string());
        let line = line(services.now(), ip.as_deref());
        Self(match actor.origin.user_agent.as_deref().map(browser) {
            Some(browser) => format!("{line}, with {browser}"),
            None => line,
        })
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

/// What a `User-Agent` says, in words that its owner knows. Never its own text: it is the
/// sender's to choose, and mails are ours.
fn browser(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)], otherwise| {
        names.iter().find(|(part, _)| user_agent.contains(part)).map_or(otherwise, |(_, name)| *name)
    };
    // in this order: each names those after it, too
    let browser = first(
        &[
            ("Edg", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox/", "Firefox"),
            ("FxiOS/", "Firefox"),
            ("CriOS/", "Chrome"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ],
        "a browser we do not know",
    );
    let system = first(
        &[
            ("iPhone", " on an iPhone"),
            ("iPad", " on an iPad"),
            ("Android", " on Android"),
            ("Windows", " on Windows"),
            ("Mac OS X", " on macOS"),
            ("CrOS", " on ChromeOS"),
            ("Linux", " on Linux"),
        ],
        "",
    );
    format!("{browser}{system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_as_their_owners_know_them() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(browser(&format!("{windows} {chrome} Edg/140.0.0.0")), "Edge on Windows");
        assert_eq!(browser(&format!("{windows} {chrome}")), "Chrome on Windows");
        assert_eq!(
            browser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"),
            "Safari on an iPhone"
        );
        assert_eq!(
            browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on Linux"
        );
        assert_eq!(browser("call 555-0100 now"), "a browser we do not know");
    }
}
