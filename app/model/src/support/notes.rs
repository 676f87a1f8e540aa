//! Support's notes about a team, which its members do not see.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamNoteView {
    /// Its identifier.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// What it says.
    pub words: String,
    /// Whether whoever looks may delete it: who wrote it, and administrators.
    pub may_delete: bool,
}
