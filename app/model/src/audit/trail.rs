//! The audit trail as pages show it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Something that happened, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: an account's e-mail address, or what kind of actor it was, in words.
    pub actor: String,
    /// What, in words.
    pub action: String,
    /// On what, if not the team itself.
    pub target: Option<String>,
    /// What it was before, as JSON; secrets are left out.
    pub before: Option<String>,
    /// What it is after, as JSON.
    pub after: Option<String>,
    /// Words that go with it: a reason, a note.
    pub detail: Option<String>,
    /// From which address.
    pub ip: Option<String>,
}

list_filter! {
    /// What a page of the trail shows: empty means all.
    AuditFilter {
        /// On the vendor's page: a team's slug, or [`Self::ALL`]; the vendor's own otherwise.
        TEAM = team: String,
        /// By whom: an e-mail address.
        ACTOR = actor: String,
        /// What: an action's code. It stays a text, since another version may have written events that this one does
        /// not know.
        ACTION = action: String,
        /// From this day on, such as 2026-11-23.
        FROM = from: String,
        /// Until this day, it included.
        UNTIL = until: String,
    }
    pages {
        /// Older than this place in the trail.
        OLDER = older,
    }
}

impl AuditFilter {
    /// The vendor's events and every team's.
    pub const ALL: &str = "all";

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_set(&self) -> bool {
        [&self.actor, &self.action, &self.from, &self.until].iter().any(|value| !value.trim().is_empty())
    }
}

/// A page of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The events, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// What it was filtered by.
    pub filter: AuditFilter,
}
