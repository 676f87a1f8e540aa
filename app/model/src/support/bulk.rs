//! What support does to several teams of its list at once.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{TeamListEntry, TeamListFilter};
use crate::TeamStatus;

/// What is done to each of the teams.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BulkAction {
    /// Its administrators get a mail that its set-up is not finished.
    #[default]
    Remind,
    /// Its sign-in is stopped, with a reason.
    Suspend,
}

coded!(BulkAction);

impl BulkAction {
    /// Under which name an address carries it.
    pub const FIELD: &'static str = "action";

    /// Whether a team in this status can have it done to it.
    #[must_use]
    pub const fn applies_to(self, status: TeamStatus) -> bool {
        match self {
            Self::Remind => matches!(status, TeamStatus::Draft | TeamStatus::ChangesRequested),
            Self::Suspend => matches!(status, TeamStatus::Active),
        }
    }
}

/// What would be done, before it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    /// What.
    pub action: BulkAction,
    /// To these teams of the list's page.
    pub teams: Vec<TeamListEntry>,
    /// How many teams of the page are in a status in which it cannot be done.
    pub left: usize,
    /// Whether the list goes on after the page.
    pub has_more: bool,
    /// What the list is filtered by.
    pub filter: TeamListFilter,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkResult {
    /// To so many teams.
    pub done: usize,
    /// To these it was not, by slug: they changed meanwhile, or were reminded a day ago at most.
    pub left: Vec<String>,
}
