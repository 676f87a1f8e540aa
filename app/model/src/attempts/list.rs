//! Lists of attempts: what they are filtered by, and a page of one.

use serde::{Deserialize, Serialize};

use super::{AttemptKind, AttemptSummary, OutcomeKind};
use crate::{FindingCode, Reference, Timestamp};

list_filter! {
    /// What a list of attempts is filtered by; an empty text filters nothing.
    AttemptFilter {
        /// For support: a team's slug.
        TEAM = team: String,
        /// How they stand.
        OUTCOME = outcome: Option<OutcomeKind>,
        /// An e-mail address or name identifier, whole.
        PERSON = person: String,
        /// What they found.
        FINDING = finding: Option<FindingCode>,
        /// A day, such as 2026-11-23.
        FROM = from: String,
        /// A day, included.
        UNTIL = until: String,
        /// A reference.
        REFERENCE = reference: String,
        /// What they are for.
        KIND = kind: Option<AttemptKind>,
    }
    pages {
        /// Where the page before ended.
        OLDER = older,
    }
}

impl AttemptFilter {
    /// Whether it filters anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.first_page() != Self::default()
    }
}

/// A page of a list of attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptPage {
    /// The attempts, newest first.
    pub attempts: Vec<AttemptSummary>,
    /// What the next page's address says, if there is one.
    pub older: Option<String>,
    /// What the page was filtered by.
    pub filter: AttemptFilter,
    /// For support: a reference that belongs to no team, as somebody opened an address that
    /// is none of a team's.
    pub unknown_slug: Option<UnknownSlug>,
    /// Of a team's list: how many older ones that nobody can be sure of were removed before
    /// their time, since there were too many.
    pub swept: u64,
}

/// Somebody opened a Sign on URL or Reply URL that belongs to no team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownSlug {
    /// The reference that they were shown.
    pub reference: Reference,
    /// What stood where a team's slug stands.
    pub slug: String,
    /// When it was.
    pub at: Timestamp,
}
