//! A sign-in attempt as members and support see it.

use model::sign_on::AttemptOutcome;
use model::{AttemptView, FindingCode, Reference};
use store::attempts::{Attempt, status};
use store::{ConnectionTrait, revisions};

use crate::Error;

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
