//! Why a sign-in did not go on.

use model::{FindingCode, Reference, TeamSlug};
use store::attempts::Attempt;
use store::teams::Team;

use crate::{Error, InternalError};

/// A sign-in that was rejected: what the page says, and where the attempt is found.
#[derive(Clone, Debug)]
pub struct RejectedSignIn {
    /// Why.
    pub code: FindingCode,
    /// The attempt's reference; none where more was rejected than is written down.
    pub reference: Option<Reference>,
    /// The team's name. It is no secret from its own people, who came to its address.
    pub team_name: String,
    /// The team at whose address it was: where the person starts again.
    pub slug: Option<TeamSlug>,
    /// Whether it was a test sign-in, whose details the team's pages show.
    pub is_test: bool,
}

/// What a step of a sign-in ends with instead of its result.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// A check failed, and the attempt says which.
    #[error("sign-in rejected: {}", .0.code.as_str())]
    Rejected(Box<RejectedSignIn>),
    /// No team has this address.
    #[error("no team has this address ({reference})")]
    UnknownTeam {
        /// By what support finds the address that was opened.
        reference: Reference,
    },
    /// Not a matter of this sign-in: too many requests, somebody who may not do it, our own fault.
    #[error(transparent)]
    Other(Error),
}

impl<E: Into<InternalError>> From<E> for SignInError {
    fn from(error: E) -> Self {
        Self::Other(Error::from(error.into()))
    }
}

impl From<Error> for SignInError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl SignInError {
    /// A rejection that no attempt records, because every row budget for it is used up.
    pub(super) fn unrecorded(code: FindingCode, team: &Team) -> Self {
        let (team_name, slug) = (team.name.clone(), Some(team.slug.clone()));
        Self::Rejected(Box::new(RejectedSignIn { code, reference: None, team_name, slug, is_test: false }))
    }

    /// The rejection of an attempt.
    pub(super) fn of_attempt(code: FindingCode, team: &Team, attempt: &Attempt) -> Self {
        Self::Rejected(Box::new(RejectedSignIn {
            code,
            reference: Some(Reference::from_stored(attempt.reference.clone())),
            team_name: team.name.clone(),
            slug: Some(team.slug.clone()),
            is_test: attempt.is_test,
        }))
    }

    /// The rejection of a response that came to another address than its team's Reply URL. It names no team.
    pub(super) fn of_other_team(began: &Attempt) -> Self {
        Self::Rejected(Box::new(RejectedSignIn {
            code: FindingCode::RequestOfOtherTeam,
            reference: Some(Reference::from_stored(began.reference.clone())),
            team_name: String::new(),
            slug: None,
            is_test: false,
        }))
    }

    /// The same rejection without its reason, for responses with malleable ciphertext: an answer that shows how
    /// far decryption got would be a decryption oracle. The attempt keeps the reason for the team's
    /// administrators.
    pub(super) fn without_reason(self) -> Self {
        match self {
            Self::Rejected(rejected) => {
                Self::Rejected(Box::new(RejectedSignIn { code: FindingCode::DecryptionFailed, ..*rejected }))
            }
            other => other,
        }
    }
}
