//! Support's list of teams: what it is filtered by, and a page of it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::list_filter::FilterField;
use crate::{IdentityProvider, Reference, TeamSlug, TeamStatus, Timestamp};

/// For whom a team waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum WaitingFor {
    /// For support, to review it.
    Support,
    /// For its own members, to set it up or to change something.
    Team,
}

coded!(WaitingFor);

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

/// How the last certificate of a team stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CertificateExpiry {
    /// It ends within a month.
    EndsSoon,
    /// It has ended.
    Over,
}

coded!(CertificateExpiry);

/// How the sign-ins of a team stand: the one state that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum SignInsState {
    /// They fail, and none has succeeded since.
    Failing,
}

coded!(SignInsState);

/// For how many days nobody has signed in to a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietDays(u16);

impl QuietDays {
    /// What a page offers; an address may carry any number.
    pub const OFFERED: [Self; 4] = [Self(7), Self(30), Self(90), Self(365)];
    /// More than anybody asks for.
    const MAX: u16 = 3_650;

    /// So many, if that can be asked for.
    #[must_use]
    pub fn new(days: u16) -> Option<Self> {
        (1..=Self::MAX).contains(&days).then_some(Self(days))
    }

    /// How many.
    #[must_use]
    pub const fn days(self) -> u16 {
        self.0
    }
}

impl FilterField for Option<QuietDays> {
    fn from_parameter(text: &str) -> Self {
        text.trim().parse().ok().and_then(QuietDays::new)
    }

    fn to_parameter(&self) -> String {
        self.map_or_else(String::new, |quiet| quiet.days().to_string())
    }
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum TeamSort {
    /// By name.
    #[default]
    Name,
    /// Who has had the same status for longest first.
    #[strum(serialize = "waiting")]
    StatusSince,
    /// Whose people signed in last first.
    LastSignIn,
    /// Whose people have not signed in for longest first.
    #[strum(serialize = "quiet")]
    LongestQuiet,
}

coded!(TeamSort);

impl FilterField for TeamSort {
    fn from_parameter(text: &str) -> Self {
        text.trim().parse().unwrap_or_default()
    }

    fn to_parameter(&self) -> String {
        if *self == Self::default() { String::new() } else { self.as_str().to_owned() }
    }
}

list_filter! {
    /// What the list is filtered and sorted by, as an address carries it.
    TeamListFilter {
        /// Beginnings of words: of a name, slug, e-mail domain, member's address or entity ID; or a
        /// whole reference of a sign-in.
        Q = q: String,
        /// Where they are in their life.
        STATE = state: Option<TeamStatus>,
        /// For whom they wait.
        WAITING = waiting: Option<WaitingFor>,
        /// How their last certificate stands.
        CERTIFICATE = certificate: Option<CertificateExpiry>,
        /// How their sign-ins stand.
        SIGN_INS = sign_ins: Option<SignInsState>,
        /// For how long nobody has signed in.
        QUIET = quiet: Option<QuietDays>,
        /// Which identity provider they use.
        PROVIDER = provider: Option<IdentityProvider>,
        /// What they are sorted by.
        SORT = sort: TeamSort,
    }
    pages {
        /// Where the page before ended.
        AFTER = after,
        /// Where the page after begins.
        BEFORE = before,
    }
}

impl TeamListFilter {
    /// Whether it leaves any team out.
    #[must_use]
    pub fn is_set(&self) -> bool {
        Self { sort: TeamSort::default(), ..self.first_page() } != Self::default()
    }

    /// Whether it leaves any team out by more than words, or sorts them.
    #[must_use]
    pub fn is_expanded(&self) -> bool {
        Self { q: String::new(), ..self.first_page() } != Self::default()
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
    /// More than this many: counting stopped there.
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
