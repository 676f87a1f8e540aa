//! A team's people, whom single sign-on provisioned, as its members see them.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::attempts::{AttemptSummary, MappedClaim};
use crate::ids::PersonId;
use crate::sign_in::Profile;
use crate::{Reference, TeamSlug, Timestamp};

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSummary {
    /// Who.
    pub id: PersonId,
    /// Their name, if one came.
    pub name: Option<String>,
    /// Their e-mail address, if one came.
    pub email: Option<String>,
    /// Their name identifier.
    pub name_id: String,
    /// Since when they may not sign in, if they may not.
    pub deactivated_at: Option<Timestamp>,
    /// Their first sign-in.
    pub first_seen_at: Timestamp,
    /// Their latest sign-in.
    pub last_sign_in_at: Timestamp,
}

impl PersonSummary {
    /// What they are called: their name, or else their address, or else their name identifier.
    #[must_use]
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.address())
    }

    /// Their address, or else their name identifier.
    #[must_use]
    pub fn address(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.name_id)
    }

    /// Whether they may sign in.
    #[must_use]
    pub const fn state(&self) -> PersonState {
        if self.deactivated_at.is_some() { PersonState::Deactivated } else { PersonState::Active }
    }
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum PersonState {
    /// They may.
    Active,
    /// They were deactivated.
    Deactivated,
}

coded!(PersonState);

/// For how many days somebody has not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum InactiveDays {
    /// A month.
    #[strum(serialize = "30")]
    Thirty,
    /// A quarter of a year.
    #[strum(serialize = "90")]
    Ninety,
    /// Half a year.
    #[strum(serialize = "180")]
    OneHundredEighty,
}

coded!(InactiveDays);

impl InactiveDays {
    /// How many.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Thirty => 30,
            Self::Ninety => 90,
            Self::OneHundredEighty => 180,
        }
    }
}

list_filter! {
    /// What a list of people is filtered by; an empty text filters nothing.
    PeopleFilter {
        /// Parts of a name, an e-mail address or a name identifier.
        SEARCH = search: String,
        /// Whether they may sign in.
        STATE = state: Option<PersonState>,
        /// Who has not signed in for so long.
        INACTIVE = inactive: Option<InactiveDays>,
    }
    pages {
        /// Where the page before ended.
        OLDER = older,
    }
}

impl PeopleFilter {
    /// Whether it filters anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.first_page() != Self::default()
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The people, the latest sign-in first.
    pub people: Vec<PersonSummary>,
    /// What the next page's address says, if there is one.
    pub older: Option<String>,
    /// What the page was filtered by.
    pub filter: PeopleFilter,
    /// Whether the viewer may set the connection up and test it.
    pub may_configure: bool,
}

/// An open session of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSessionView {
    /// What the page calls it by; nothing can be looked up by it.
    pub id: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// The sign-in that it came of, if that is still kept.
    pub sign_in: Option<Reference>,
}

/// A person with all that is known of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonReport {
    /// The team's slug.
    pub team: TeamSlug,
    /// What the list says of them.
    pub summary: PersonSummary,
    /// Their fields, as the claim mapping read them.
    pub profile: Profile,
    /// The claims of their latest sign-in, and what each fills.
    pub claims: Vec<MappedClaim>,
    /// Their latest sign-ins, newest first.
    pub sign_ins: Vec<AttemptSummary>,
    /// Their open sessions, newest first.
    pub sessions: Vec<PersonSessionView>,
    /// Whether the viewer may end sessions, deactivate and erase.
    pub may_manage: bool,
}
