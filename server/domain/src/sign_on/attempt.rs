//! A new sign-in attempt.

use model::Reference;
use saml::authn_request::RequestId;
use store::attempts::{self, Attempt, InitiatedBy, NewAttempt};
use store::revisions::Revision;
use store::teams::Team;

use super::ATTEMPT_LIFETIME;
use crate::{Services, Token};

/// An open attempt that nobody can answer or redeem yet: its cookie and its RelayState are
/// random values that are thrown away, unless the caller puts others in.
pub(super) fn new(services: &Services, team: &Team, revision: Option<&Revision>, request_id: &RequestId) -> Attempt {
    let now = services.now();
    let new = NewAttempt {
        id: services.uuid().into(),
        team_id: team.id,
        reference: Reference::new(services.random_bytes()).to_string(),
        request_id: request_id.as_str().to_owned(),
        relay_state_hash: Token::new(&*services.random).hash(),
        browser_hash: Token::new(&*services.random).hash(),
        created_at: now,
        expires_at: now + ATTEMPT_LIFETIME,
    };
    Attempt { revision_id: revision.map(|revision| revision.id), ..attempts::open(new) }
}

/// How much of the budget of attempts one takes (`row_budget::Row::Attempt`): more, the longer
/// the address is that the person wants to go to afterwards.
pub(super) fn units(return_to: Option<&str>) -> i32 {
    let halves_of_a_kb = return_to.map_or(0, |return_to| return_to.len() / 512);
    i32::try_from(halves_of_a_kb).unwrap_or(i32::MAX).saturating_add(1)
}

/// An attempt that is over when it begins: what came fits none that is open.
pub(super) fn stray(services: &Services, team: &Team, revision: Option<&Revision>) -> Attempt {
    let request_id = RequestId::from_random(services.random_bytes());
    Attempt { initiated_by: InitiatedBy::Unmatched, ..new(services, team, revision, &request_id) }
}
