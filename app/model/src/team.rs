//! Teams: the tenants, and the life of one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{Endpoints, IdentityProvider, TeamSlug, Timestamp};

/// Where a team is in its life:
/// `draft → in_review → active ⇄ suspended`, and `in_review → changes_requested → in_review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TeamStatus {
    /// Being set up; nobody can sign in.
    Draft,
    /// Waiting for support; the configuration is frozen.
    InReview,
    /// Support asked for changes.
    ChangesRequested,
    /// People sign in.
    Active,
    /// Support stopped sign-in.
    Suspended,
}

/// What can happen to a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamAction {
    /// A member sends the configuration for review.
    Submit,
    /// A member takes it back to edit it.
    Withdraw,
    /// Support lets the team go live.
    Approve,
    /// Support asks the team to change something.
    RequestChanges,
    /// Support stops sign-in.
    Suspend,
    /// Support allows sign-in again.
    Resume,
}

/// The team is not in a state from which this can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a team that is {} cannot be {}", from.as_str(), action.participle())]
pub struct InvalidTransition {
    /// Where the team is.
    pub from: TeamStatus,
    /// What was asked of it.
    pub action: TeamAction,
}

coded!(TeamStatus);

impl TeamStatus {
    /// Where `action` leads from here.
    ///
    /// # Errors
    /// [`InvalidTransition`] if it leads nowhere.
    pub const fn after(self, action: TeamAction) -> Result<Self, InvalidTransition> {
        use TeamAction as Action;
        match (self, action) {
            (Self::Draft | Self::ChangesRequested, Action::Submit) => Ok(Self::InReview),
            (Self::InReview, Action::Withdraw) => Ok(Self::Draft),
            (Self::InReview, Action::Approve) | (Self::Suspended, Action::Resume) => Ok(Self::Active),
            (Self::InReview, Action::RequestChanges) => Ok(Self::ChangesRequested),
            (Self::Active, Action::Suspend) => Ok(Self::Suspended),
            (from, action) => Err(InvalidTransition { from, action }),
        }
    }

    /// Whether members may edit the draft revision now. A configuration under review is
    /// frozen: support must approve what it looked at.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        !matches!(self, Self::InReview)
    }
}

impl TeamAction {
    /// Whether support decides it, and not the team's members.
    #[must_use]
    pub const fn is_supports(self) -> bool {
        match self {
            Self::Submit | Self::Withdraw => false,
            Self::Approve | Self::RequestChanges | Self::Suspend | Self::Resume => true,
        }
    }

    /// "A team cannot be …".
    #[must_use]
    pub const fn participle(self) -> &'static str {
        match self {
            Self::Submit => "submitted for review",
            Self::Withdraw => "taken back from review",
            Self::Approve => "approved",
            Self::RequestChanges => "sent back for changes",
            Self::Suspend => "suspended",
            Self::Resume => "resumed",
        }
    }
}

/// What a member may do in a team. Ordered: each may all that the one before may.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Sets the connection up.
    Admin,
    /// Manages members and the team itself.
    Owner,
}

coded!(Role);

/// A team's name: 1 to 80 characters, no control characters, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamName(String);

/// The text is not a team name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a team name has 1 to {} characters on one line", TeamName::MAX_LENGTH)]
pub struct InvalidTeamName;

impl TeamName {
    /// In characters.
    pub const MAX_LENGTH: usize = 80;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TeamName {
    type Err = InvalidTeamName;

    fn from_str(text: &str) -> Result<Self, InvalidTeamName> {
        let text = text.trim();
        let valid = (1..=Self::MAX_LENGTH).contains(&text.chars().count()) && !text.contains(char::is_control);
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidTeamName) }
    }
}

impl fmt::Display for TeamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A team by name, and by what its page is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLink {
    /// Its slug.
    pub slug: TeamSlug,
    /// Its name.
    pub name: String,
}

/// A team, as its own pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamView {
    /// Its slug.
    pub slug: TeamSlug,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub status: TeamStatus,
    /// What support said with its last decision, if anything.
    pub status_words: Option<String>,
    /// What the viewer may do here.
    pub role: Role,
    /// What Entra needs.
    pub endpoints: Endpoints,
    /// When the team was created.
    pub created_at: Timestamp,
    /// How many people have been provisioned.
    pub people: u64,
    /// When somebody last signed in successfully.
    pub last_sign_in_at: Option<Timestamp>,
    /// Whether an edited revision waits beside the live one.
    pub has_draft: bool,
    /// Which identity provider it chose; none where that is told by its values.
    pub identity_provider: Option<IdentityProvider>,
}

/// The sessions that people of a team have open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamSessions {
    /// The team's name.
    pub team_name: String,
    /// How many there are.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_team_allows_exactly_its_transitions() {
        use TeamAction::{Approve, RequestChanges, Resume, Submit, Suspend, Withdraw};
        let allowed = [
            (TeamStatus::Draft, Submit, TeamStatus::InReview),
            (TeamStatus::ChangesRequested, Submit, TeamStatus::InReview),
            (TeamStatus::InReview, Withdraw, TeamStatus::Draft),
            (TeamStatus::InReview, Approve, TeamStatus::Active),
            (TeamStatus::InReview, RequestChanges, TeamStatus::ChangesRequested),
            (TeamStatus::Active, Suspend, TeamStatus::Suspended),
            (TeamStatus::Suspended, Resume, TeamStatus::Active),
        ];
        for from in TeamStatus::ALL.iter().copied() {
            for action in [Submit, Withdraw, Approve, RequestChanges, Suspend, Resume] {
                let expected =
                    allowed.iter().find(|(start, act, _)| (*start, *act) == (from, action)).map(|(_, _, to)| *to);
                assert_eq!(from.after(action).ok(), expected, "{from:?} {action:?}");
            }
        }
    }

    #[test]
    fn stored_words_read_back() {
        for status in TeamStatus::ALL.iter().copied() {
            assert_eq!(TeamStatus::parse(status.as_str()), Some(status));
        }
        assert_eq!(Role::parse("owner"), Some(Role::Owner));
        assert!(Role::Owner > Role::Admin && Role::Admin > Role::Viewer);
    }

    #[test]
    fn a_team_name_stays_on_one_line() {
        assert!("Contoso".parse::<TeamName>().is_ok());
        for text in ["", "   ", "a\nb", &"x".repeat(81)] {
            assert_eq!(text.parse::<TeamName>(), Err(InvalidTeamName), "{text:?}");
        }
    }
}
