//! A team's people, whom single sign-on provisioned, as its members see them.

use serde::{Deserialize, Serialize};

use crate::attempts::{AttemptSummary, MappedClaim};
use crate::ids::PersonId;
use crate::query_values::set_values;
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
}

/// What a list of people is filtered by; an empty text filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// Parts of a name, an e-mail address or a name identifier.
    #[serde(default)]
    pub search: String,
    /// One of [`Self::STATES`].
    #[serde(default)]
    pub state: String,
    /// One of [`Self::INACTIVE`]: who has not signed in for so many days.
    #[serde(default)]
    pub inactive: String,
    /// Where the page before ended.
    #[serde(default)]
    pub older: String,
}

impl PeopleFilter {
    /// What can be asked for by state.
    pub const STATES: [&'static str; 2] = ["active", "deactivated"];
    /// For how many days somebody may not have signed in.
    pub const INACTIVE: [&'static str; 3] = ["30", "90", "180"];

    /// For how many days, if that is asked for.
    #[must_use]
    pub fn inactive_days(&self) -> Option<i64> {
        Self::INACTIVE.iter().find(|days| **days == self.inactive)?.parse().ok()
    }

    /// Its values by name, as an address carries them; those that filter nothing left out.
    #[must_use]
    pub fn query(&self) -> Vec<(&'static str, &str)> {
        set_values([
            ("search", &self.search),
            ("state", &self.state),
            ("inactive", &self.inactive),
            ("older", &self.older),
        ])
    }

    /// Whether it filters anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.query().iter().any(|(name, _)| *name != "older")
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
