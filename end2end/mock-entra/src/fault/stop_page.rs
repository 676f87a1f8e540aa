//! Pages that identity providers stop people on: what they are told apart by, and no more.

use super::catalogue::Fault;

/// A page that a sign-in ends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopPage {
    /// Its heading.
    pub title: &'static str,
    /// The error.
    pub line: &'static str,
}

impl StopPage {
    /// The page that a fault stops on instead of answering. That of Entra is another one.
    #[must_use]
    pub const fn of(fault: Fault) -> Option<Self> {
        let (title, line) = match fault {
            Fault::StopsAtAdFs => (
                "An error occurred",
                "MSIS7042: The same client browser session has made '6' requests in the last '7' seconds.",
            ),
            Fault::StopsAtGoogle => ("403. That's an error.", "Error: app_not_configured_for_user"),
            Fault::StopsAtKeycloak => ("We are sorry...", "Client not found."),
            Fault::StopsAtOkta => ("403", "App Not Assigned"),
            _ => return None,
        };
        Some(Self { title, line })
    }
}

impl Fault {
    /// Whether a sign-in ends on a page, and no response is made.
    #[must_use]
    pub fn stops(self) -> bool {
        self == Self::StopsAtEntra || StopPage::of(self).is_some()
    }
}
