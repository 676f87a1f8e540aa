//! Support's list of teams: what it is filtered by, and a page of it.

use serde::{Deserialize, Serialize};

use crate::query_values::set_values;
use crate::{IdentityProvider, Reference, TeamSlug, TeamStatus, Timestamp};

/// For whom a team waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingFor {
    /// For support, to review it.
    Support,
    /// For its own members, to set it up or to change something.
    Team,
}

impl WaitingFor {
    /// The statuses in which it does.
    #[must_use]
    pub const fn statuses(self) -> &'static [TeamStatus] {
        match self {
            Self::Support => &[TeamStatus::InReview],
            Self::Team => &[TeamStatus::Draft, TeamStatus::ChangesRequested],
        }
    }
}

/// What the list is filtered and sorted by, as an address carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamListFilter {
    /// Beginnings of words: of a name, slug, e-mail domain, member's address or entity ID; or a
    /// whole reference of a sign-in.
    #[serde(default)]
    pub q: String,
    /// A team status.
    #[serde(default)]
    pub state: String,
    /// One of [`Self::WAITING`].
    #[serde(default)]
    pub waiting: String,
    /// One of [`Self::CERTIFICATES`].
    #[serde(default)]
    pub certificate: String,
    /// "failing", or nothing.
    #[serde(default)]
    pub sign_ins: String,
    /// Nobody signed in for so many days.
    #[serde(default)]
    pub quiet: String,
    /// An identity provider.
    #[serde(default)]
    pub provider: String,
    /// One of [`Self::SORTS`].
    #[serde(default)]
    pub sort: String,
    /// Where the page before ended.
    #[serde(default)]
    pub after: String,
    /// Where the page after begins.
    #[serde(default)]
    pub before: String,
}

impl TeamListFilter {
    /// For whom a team may wait.
    pub const WAITING: [&'static str; 2] = ["support", "team"];
    /// How the last certificate of a team may stand.
    pub const CERTIFICATES: [&'static str; 2] = ["ends-soon", "over"];
    /// The one state of sign-ins that is asked for.
    pub const FAILING: &'static str = "failing";
    /// How many days without a sign-in a page offers; an address may carry any number.
    pub const QUIET_DAYS: [&'static str; 4] = ["7", "30", "90", "365"];
    /// What the list can be sorted by, the first by itself.
    pub const SORTS: [&'static str; 4] = ["name", "waiting", "last-sign-in", "quiet"];

    /// Its values by name, as an address carries them; those that say nothing left out.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, &str)> {
        set_values([
            ("q", &self.q),
            ("state", &self.state),
            ("waiting", &self.waiting),
            ("certificate", &self.certificate),
            ("sign_ins", &self.sign_ins),
            ("quiet", &self.quiet),
            ("provider", &self.provider),
            ("sort", &self.sort),
            ("after", &self.after),
            ("before", &self.before),
        ])
    }

    /// Whether it leaves any team out.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.query().iter().any(|(name, _)| !matches!(*name, "sort" | "after" | "before"))
    }

    /// Whether it leaves any team out by more than words.
    #[must_use]
    pub fn is_folded_out(&self) -> bool {
        Self { q: String::new(), ..self.clone() }.is_set() || !self.sort.is_empty()
    }

    /// The same list from its beginning.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { after: String::new(), before: String::new(), ..self.clone() }
    }
}

/// A team in support's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamListEntry {
    /// Its slug.
    pub slug: TeamSlug,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub status: TeamStatus,
    /// Since when.
    pub status_since: Timestamp,
    /// Who of support has taken its review, if it waits for one and somebody has.
    pub reviewer: Option<String>,
    /// Whether it has waited for support for longer than the vendor's target.
    pub is_overdue: bool,
    /// The identity provider that it uses; none before anything is configured.
    pub identity_provider: Option<IdentityProvider>,
    /// When the last certificate of its live revision ends.
    pub certificate_ends_at: Option<Timestamp>,
    /// When somebody last signed in, to an hour.
    pub last_sign_in_at: Option<Timestamp>,
    /// The last sign-in that failed, if none succeeded since.
    pub failed_at: Option<Timestamp>,
}

/// A filter that somebody keeps under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// The filter.
    pub filter: TeamListFilter,
}

/// How many teams a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamCount {
    /// So many.
    Exactly(u64),
    /// More than these; nobody counted on.
    MoreThan(u64),
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamListPage {
    /// The teams.
    pub teams: Vec<TeamListEntry>,
    /// How many there are on all pages together.
    pub count: TeamCount,
    /// What the address of the page before says as `before`, if there is one.
    pub previous: Option<String>,
    /// What the address of the page after says as `after`, if there is one.
    pub next: Option<String>,
    /// What the list was filtered by.
    pub filter: TeamListFilter,
    /// What the viewer keeps under a name.
    pub views: Vec<SavedView>,
    /// When this was so: certificates end, and days pass.
    pub now: Timestamp,
}

/// What a search finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamSearchResult {
    /// Teams.
    Teams(Box<TeamListPage>),
    /// The one sign-in that has the reference.
    SignIn(Reference),
}
