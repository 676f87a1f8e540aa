//! An event on its way into a timeline.

use model::{EventKind, FindingCode, FindingValue, Verdict};

/// An event that is not in the store yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// How it is to be taken.
    pub verdict: Verdict,
    /// The finding that it makes.
    pub finding: Option<FindingCode>,
    /// What we expected.
    pub expected: Option<FindingValue>,
    /// What came.
    pub actual: Option<FindingValue>,
    /// Whether a signature that verified covers what came.
    pub is_verified: bool,
}
