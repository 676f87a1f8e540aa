//! Lists of attempts: what they are filtered by, and a page of one.

use serde::{Deserialize, Serialize};

use super::AttemptSummary;
use crate::query_values::set_values;
use crate::{Reference, Timestamp};

/// What a list of attempts is filtered by; an empty text filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFilter {
    /// For support: a team's slug.
    #[serde(default)]
    pub team: String,
    /// One of [`Self::OUTCOMES`].
    #[serde(default)]
    pub outcome: String,
    /// An e-mail address or name identifier, whole.
    #[serde(default)]
    pub person: String,
    /// A finding's code.
    #[serde(default)]
    pub finding: String,
    /// A day, such as 2026-11-23.
    #[serde(default)]
    pub from: String,
    /// A day, included.
    #[serde(default)]
    pub until: String,
    /// A reference.
    #[serde(default)]
    pub reference: String,
    /// "sign-ins" or "tests"; both otherwise.
    #[serde(default)]
    pub kind: String,
    /// Where the page before ended.
    #[serde(default)]
    pub older: String,
}

impl AttemptFilter {
    /// What can be asked for by outcome.
    pub const OUTCOMES: [&'static str; 5] = ["succeeded", "failed", "waiting", "never-returned", "not-finished"];
    /// What can be asked for by kind.
    pub const KINDS: [&'static str; 2] = ["sign-ins", "tests"];

    /// Its values by name, as an address carries them; those that filter nothing left out.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, &str)> {
        set_values([
            ("team", &self.team),
            ("outcome", &self.outcome),
            ("person", &self.person),
            ("finding", &self.finding),
            ("from", &self.from),
            ("until", &self.until),
            ("reference", &self.reference),
            ("kind", &self.kind),
            ("older", &self.older),
        ])
    }

    /// Whether it filters anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.query().iter().any(|(name, _)| *name != "older")
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

/// Somebody opened an address that is none of a team's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownSlug {
    /// The reference that they were shown.
    pub reference: Reference,
    /// What stood where a team's slug stands.
    pub slug: String,
    /// When it was.
    pub at: Timestamp,
}
