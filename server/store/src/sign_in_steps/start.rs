//! The write of a sign-in that leaves for the identity provider: the attempt, what happened so far,
//! and the request that it takes along.

use model::TeamSlug;
use sea_orm::{ConnectionTrait as _, Value};

use super::{SqlStatements, writes_in_one_call};
use crate::attempt_events::{NewEvent, line};
use crate::attempts::Attempt;
use crate::code::Code;
use crate::{Db, Result, Timestamp};

/// An attempt that begins.
#[derive(Debug)]
pub struct StartedAttempt<'a> {
    /// Its row, as [`crate::attempts::open`] makes it; nothing of a response is in it yet.
    pub attempt: &'a Attempt,
    /// What happened.
    pub events: &'a [NewEvent],
    /// The request, sealed, if it is kept.
    pub sealed_request: Option<Vec<u8>>,
}

const START: SqlStatements = SqlStatements {
    sqlite: "INSERT INTO attempts (id, team_id, revision_id, reference, is_test, initiated_by, request_id, \
         relay_state_hash, browser_hash, return_to, status, created_at, expires_at, event_count, force_authn, \
         awaits_answer, application_id, authorization_request) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14, FALSE, $17, $18); \
         INSERT INTO attempt_stages (attempt_id, stage, document) VALUES ($1, 'start', $15); \
         INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT $1, 'request', $16, $11 WHERE $16 IS NOT NULL",
    postgres: "WITH attempt AS (\
         INSERT INTO attempts (id, team_id, revision_id, reference, is_test, initiated_by, request_id, \
         relay_state_hash, browser_hash, return_to, status, created_at, expires_at, event_count, force_authn, \
         awaits_answer, application_id, authorization_request) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14, FALSE, $17, $18::json) \
         RETURNING id\
         ), stage AS (\
         INSERT INTO attempt_stages (attempt_id, stage, document) SELECT id, 'start', $15 FROM attempt\
         ) INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT id, 'request', $16, $11 FROM attempt WHERE $16 IS NOT NULL",
};

/// Adds an attempt with what hangs on it: all of it, or nothing.
pub async fn insert_started(db: &Db, started: StartedAttempt<'_>) -> Result<()> {
    let connection = db.autocommit();
    connection.execute_raw(START.with(&connection, values(started))).await?;
    Ok(())
}

/// How many sign-ins of a team may be open.
#[derive(Clone, Copy, Debug)]
pub struct OpenLimit {
    /// Those that began later count, but for tests.
    pub since: Timestamp,
    /// Fewer than so many.
    pub limit: u64,
}

const START_LIVE: SqlStatements = SqlStatements {
    // the open ones are counted as by `count_open_at_slug`; each statement rests on the one before
    sqlite: "INSERT INTO attempts (id, team_id, revision_id, reference, is_test, initiated_by, request_id, \
         relay_state_hash, browser_hash, return_to, status, created_at, expires_at, event_count, force_authn, \
         awaits_answer, application_id, authorization_request) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14, FALSE, $17, $18 FROM teams t \
         WHERE t.slug = $19 AND t.id = $2 AND t.status = 'active' \
         AND EXISTS (SELECT 1 FROM revisions l WHERE l.team_id = $2 AND l.state = 'live' AND l.id = $3) \
         AND (SELECT COUNT(*) FROM attempts o WHERE o.team_id = $2 AND o.created_at > $20 \
         AND o.code_hash IS NULL AND o.finding IS NULL) \
         - (SELECT COUNT(*) FROM attempts o WHERE o.team_id = $2 AND o.created_at > $20 \
         AND o.code_hash IS NULL AND o.finding IS NULL AND o.is_test) < $21; \
         INSERT INTO attempt_stages (attempt_id, stage, document) SELECT $1, 'start', $15 WHERE changes() = 1 \
         RETURNING TRUE AS is_written; \
         INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT $1, 'request', $16, $11 WHERE changes() = 1 AND $16 IS NOT NULL",
    postgres: "SELECT start_sign_in_1($19, $20, $21, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16, $17, $18) AS is_written",
};

/// Adds an attempt in one call, if its team is at this slug and active, the revision that it names is live,
/// and few of the team's sign-ins are open.
///
/// `false`: nothing was written, for whatever reason.
pub async fn start_in_one_call(db: &Db, slug: &TeamSlug, started: StartedAttempt<'_>, open: OpenLimit) -> Result<bool> {
    let mut values = values(started);
    let limit = i64::try_from(open.limit).unwrap_or(i64::MAX);
    values.extend([Value::from(slug.as_str()), open.since.into(), limit.into()]);
    writes_in_one_call(db, &START_LIVE, values).await
}

fn values(started: StartedAttempt<'_>) -> Vec<Value> {
    let StartedAttempt { attempt, events, sealed_request } = started;
    vec![
        attempt.id.as_uuid().into(),
        attempt.team_id.as_uuid().into(),
        attempt.revision_id.map(model::ids::RevisionId::as_uuid).into(),
        attempt.reference.as_str().into(),
        attempt.is_test.into(),
        Code::from(attempt.initiated_by).into(),
        attempt.request_id.as_str().into(),
        attempt.relay_state_hash.clone().into(),
        attempt.browser_hash.clone().into(),
        attempt.return_to.clone().into(),
        attempt.created_at.into(),
        attempt.expires_at.into(),
        i32::try_from(events.len()).unwrap_or(i32::MAX).into(),
        attempt.force_authn.into(),
        line(events, attempt.created_at).into(),
        sealed_request.into(),
        attempt.application_id.map(model::ids::ApplicationId::as_uuid).into(),
        attempt.authorization_request.as_ref().map(ToString::to_string).into(),
    ]
}
