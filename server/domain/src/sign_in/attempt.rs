//! Sign-in attempts: new ones, and the one that a response belongs to.

use std::ops::Deref;

use model::sign_in::Profile;
use model::{Claim, FindingCode, Reference};
use saml::authn_request::RequestId;
use store::attempts::{self, Attempt, AttemptStatus, InitiatedBy, NewAttempt};
use store::revisions::Revision;
use store::teams::Team;

use super::ATTEMPT_LIFETIME;
use crate::{Error, Services, Token};

/// The attempt that a response can complete.
#[derive(Debug)]
pub(super) enum ResponseAttempt {
    /// Stored when its request was sent.
    Stored(Attempt),
    /// Begun by the identity provider. It is stored together with how it ends: before its
    /// response is verified anybody could have sent it, and as many as they like.
    New(Attempt),
}

impl Deref for ResponseAttempt {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        match self {
            Self::Stored(attempt) | Self::New(attempt) => attempt,
        }
    }
}

/// Whether the identity provider began this sign-in.
pub(super) fn is_idp_initiated(attempt: &Attempt) -> bool {
    attempt.initiated_by == InitiatedBy::Idp
}

/// The profile that the attempt's assertion gave.
pub(super) fn profile_in(attempt: &Attempt) -> Result<Profile, Error> {
    Ok(attempt.profile.clone().map(serde_json::from_value).transpose()?.unwrap_or_default())
}

/// The claims of the attempt's assertion.
pub(super) fn claims_in(attempt: &Attempt) -> Result<Vec<Claim>, Error> {
    Ok(attempt.claims.clone().map(serde_json::from_value).transpose()?.unwrap_or_default())
}

/// Why the sign-in was ended before its code was redeemed, if it was: by a logout, or since the person
/// was deactivated.
pub(super) fn ended_by(attempt: &Attempt) -> Option<FindingCode> {
    let is_from_outside = |code: &FindingCode| matches!(code, FindingCode::SignedOut | FindingCode::PersonDeactivated);
    attempt.finding_code().filter(is_from_outside).filter(|_| attempt.status == AttemptStatus::Failed)
}

/// Hashes of what ties an attempt to a browser.
pub(super) struct BrowserBinding {
    /// Of the RelayState that its request took along.
    pub(super) relay_state_hash: Vec<u8>,
    /// Of the browser's cookie.
    pub(super) browser_hash: Vec<u8>,
}

impl BrowserBinding {
    /// To random values that nobody knows.
    pub(super) fn unknown(services: &Services) -> Self {
        let hash = || Token::new(&*services.random).hash();
        Self { relay_state_hash: hash(), browser_hash: hash() }
    }
}

/// An open attempt that only the browser that it is bound to can answer and redeem.
pub(super) fn new_attempt(
    services: &Services,
    team: &Team,
    revision: Option<&Revision>,
    request_id: &RequestId,
    bound: BrowserBinding,
) -> Attempt {
    let now = services.now();
    let new = NewAttempt {
        id: services.uuid().into(),
        team_id: team.id,
        reference: Reference::new(services.random_bytes()).to_string(),
        request_id: request_id.as_str().to_owned(),
        relay_state_hash: bound.relay_state_hash,
        browser_hash: bound.browser_hash,
        created_at: now,
        expires_at: now + ATTEMPT_LIFETIME,
    };
    Attempt { revision_id: revision.map(|revision| revision.id), ..attempts::open(new) }
}

/// How many units of the row budget an attempt takes: one, and another for each half KB of the
/// address that the person wants to go to afterwards.
pub(super) fn row_budget_units(return_to: Option<&str>) -> i32 {
    let halves_of_a_kb = return_to.map_or(0, |return_to| return_to.len() / 512);
    i32::try_from(halves_of_a_kb).unwrap_or(i32::MAX).saturating_add(1)
}

/// The attempt that records an unmatched response, or a sign-in that ended where it began.
pub(super) fn unmatched_attempt(services: &Services, team: &Team, revision: Option<&Revision>) -> Attempt {
    let request_id = RequestId::from_random(services.random_bytes());
    let bound = BrowserBinding::unknown(services);
    Attempt { initiated_by: InitiatedBy::Unmatched, ..new_attempt(services, team, revision, &request_id, bound) }
}
