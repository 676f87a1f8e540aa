//! A sign-in attempt: a new one, and one as members and support see it.

use model::ids::AttemptId;
use model::sign_on::AttemptOutcome;
use model::{AttemptView, FindingCode, Reference};
use saml::authn_request::RequestId;
use store::ConnectionTrait;
use store::attempts::{Attempt, initiated_by, status};
use store::revisions::{self, Revision};
use store::teams::Team;

use super::ATTEMPT_LIFETIME;
use crate::{Error, Services, Token};

/// An open attempt that nobody can answer or redeem yet: its cookie and its RelayState are
/// random values that are thrown away, unless the caller puts others in.
pub(super) fn new(services: &Services, team: &Team, revision: &Revision, request_id: &RequestId) -> Attempt {
    let now = services.now();
    Attempt {
        id: services.id(AttemptId::new).as_uuid(),
        team_id: team.id,
        revision_id: revision.id,
        reference: Reference::new(services.random_bytes()).to_string(),
        is_test: false,
        initiated_by: initiated_by::SP.to_owned(),
        request_id: request_id.as_str().to_owned(),
        relay_state_hash: Token::new(&*services.random).hash(),
        browser_hash: Token::new(&*services.random).hash(),
        return_to: None,
        status: status::OPEN.to_owned(),
        created_at: now,
        expires_at: now + ATTEMPT_LIFETIME,
        finished_at: None,
        finding: None,
        expected: None,
        actual: None,
        name_id: None,
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: None,
        profile: None,
        claims: None,
        person_id: None,
        session_not_after: None,
        code_hash: None,
        code_expires_at: None,
    }
}

/// An attempt, as pages show it.
pub(crate) async fn attempt_view(db: &impl ConnectionTrait, attempt: Attempt) -> Result<AttemptView, Error> {
    let revision = revisions::by_id(db, attempt.team_id.into(), attempt.revision_id.into()).await?;
    let outcome = match attempt.status.as_str() {
        status::SUCCEEDED => AttemptOutcome::Succeeded,
        status::FAILED => AttemptOutcome::Failed {
            code: attempt.finding.as_deref().and_then(FindingCode::parse).unwrap_or(FindingCode::Internal),
            expected: attempt.expected,
            actual: attempt.actual,
        },
        _ => AttemptOutcome::Open,
    };
    Ok(AttemptView {
        reference: Reference::from_stored(attempt.reference),
        is_test: attempt.is_test,
        revision: revision.map_or(0, |revision| revision.number),
        started_at: attempt.created_at,
        finished_at: attempt.finished_at,
        outcome,
        name_id: attempt.name_id,
        profile: attempt.profile.map(serde_json::from_value).transpose()?,
        claims: attempt.claims.map(serde_json::from_value).transpose()?.unwrap_or_default(),
    })
}
