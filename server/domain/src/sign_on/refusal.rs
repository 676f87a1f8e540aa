//! Why somebody was not let in.

use model::{FindingCode, Reference, TeamSlug};
use store::attempts::Attempt;
use store::teams::Team;

use crate::{Error, Internal};

/// A sign-in that was refused: what the page says, and what the attempt remembers.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why.
    pub code: FindingCode,
    /// The attempt's reference, if there is an attempt.
    pub reference: Option<Reference>,
    /// The team's name, where it is no secret: its own people came to its address.
    pub team_name: Option<String>,
    /// The team at whose address it was: where the person starts again.
    pub slug: Option<TeamSlug>,
    /// Whether it was a test sign-in, whose details the team's pages show.
    pub is_test: bool,
}

/// What a step of a sign-in ends with instead of its result.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// Refused, for a reason that has a name.
    #[error("sign-in refused: {}", .0.code.as_str())]
    Refused(Box<Refusal>),
    /// Our own fault.
    #[error(transparent)]
    Internal(Error),
}

impl<E: Into<Internal>> From<E> for SignOnError {
    fn from(error: E) -> Self {
        Self::Internal(Error::Internal(error.into()))
    }
}

impl From<Error> for SignOnError {
    fn from(error: Error) -> Self {
        Self::Internal(error)
    }
}

impl SignOnError {
    /// A refusal without an attempt: of no team, or of more than are recorded.
    pub(super) fn refused(code: FindingCode, reference: Option<Reference>, team: Option<&Team>) -> Self {
        let team_name = team.map(|team| team.name.clone());
        let slug = team.map(|team| team.slug.clone());
        Self::Refused(Box::new(Refusal { code, reference, team_name, slug, is_test: false }))
    }

    /// The same refusal without its reason, for the browser that brought a message which can be
    /// altered and tried again: whoever could tell by the answer how far decryption got could
    /// decrypt with our help. The attempt keeps the reason for the team's administrators.
    pub(super) fn levelled(self) -> Self {
        match self {
            Self::Refused(refusal) => {
                Self::Refused(Box::new(Refusal { code: FindingCode::DecryptionFailed, ..*refusal }))
            }
            Self::Internal(error) => Self::Internal(error),
        }
    }

    /// A refusal that belongs to an attempt.
    pub(super) fn of_attempt(code: FindingCode, team: &Team, attempt: &Attempt) -> Self {
        Self::Refused(Box::new(Refusal {
            code,
            reference: Some(Reference::from_stored(attempt.reference.clone())),
            team_name: Some(team.name.clone()),
            slug: Some(team.slug.clone()),
            is_test: attempt.is_test,
        }))
    }
}
