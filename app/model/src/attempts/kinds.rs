//! The kinds of attempts, by how they stand and by what they are for.

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::AttemptOutcome;

/// How an attempt stands, without the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum OutcomeKind {
    /// A session began, or a test ended well.
    Succeeded,
    /// A check failed.
    Failed,
    /// With the identity provider or on the way back from it, in time.
    Waiting,
    /// Went there, and did not return in time.
    NeverReturned,
    /// Was verified, and did not come for its session in time.
    NotFinished,
}

coded!(OutcomeKind);

impl AttemptOutcome {
    /// Which kind it is of.
    #[must_use]
    pub const fn kind(self) -> OutcomeKind {
        match self {
            Self::Waiting => OutcomeKind::Waiting,
            Self::NeverReturned => OutcomeKind::NeverReturned,
            Self::NotFinished => OutcomeKind::NotFinished,
            Self::Succeeded => OutcomeKind::Succeeded,
            Self::Failed(_) => OutcomeKind::Failed,
        }
    }
}

/// What attempts are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum AttemptKind {
    /// Somebody signs in.
    SignIns,
    /// A revision is tested.
    Tests,
}

coded!(AttemptKind);
