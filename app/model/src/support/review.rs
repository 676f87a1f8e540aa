//! The review of a team: who has it, and what support and the team write to each other.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::AccountId;

/// Who wrote a message of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewAuthor {
    /// Support; who of it is said to support alone.
    Support(Option<String>),
    /// A member of the team.
    Member(String),
}

/// A message of a review: changes that support asked for, or an answer of the team's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewMessageView {
    /// Who wrote it.
    pub author: ReviewAuthor,
    /// When.
    pub created_at: Timestamp,
    /// What it says.
    pub words: String,
}

/// Who reviews a team that waits for review, and who else could.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAssignment {
    /// Who has taken the review, if somebody has.
    pub reviewer: Option<ReviewerView>,
    /// Whom it can be handed to, by account and address.
    pub others: Vec<(AccountId, String)>,
    /// Whether whoever looks may take it and hand it over: reviewers may not the vendor's own.
    pub may_take: bool,
}

/// Who has taken a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewerView {
    /// Their address.
    pub email: String,
    /// Whether it is the viewer.
    pub is_you: bool,
    /// Since when.
    pub since: Timestamp,
}
