//! What support and a team write to each other in a review.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

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
