//! Timelines of attempts: rows are added, never changed.

use model::attempts::{AttemptEvent, EventKind};
use model::ids::AttemptId;
use model::{FindingCode, FindingValue, Verdict};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::attempts::Attempt;
use crate::code::Code;
use crate::entities::{attempt_events, attempts};
use crate::finding_values::{from_stored, to_stored};
use crate::{Result, Timestamp};

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

/// Adds events to a new attempt, whose `event_count` says how many there are.
pub async fn insert_first(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
    events: Vec<NewEvent>,
    now: Timestamp,
) -> Result<()> {
    insert(db, attempt, 0, events, now).await
}

/// Adds events to an attempt's end. Two that do so at once wait for each other: the count of
/// events is raised first.
pub async fn append(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
    events: Vec<NewEvent>,
    now: Timestamp,
) -> Result<()> {
    let Ok(added) = i32::try_from(events.len()) else { return Ok(()) };
    if added == 0 {
        return Ok(());
    }
    attempts::Entity::update_many()
        .col_expr(attempts::Column::EventCount, Expr::col(attempts::Column::EventCount).add(added))
        .filter(attempts::Column::Id.eq(attempt.as_uuid()))
        .exec(db)
        .await?;
    let count: Option<i32> = attempts::Entity::find_by_id(attempt.as_uuid())
        .select_only()
        .column(attempts::Column::EventCount)
        .into_tuple()
        .one(db)
        .await?;
    // an attempt that was swept away meanwhile needs no events
    let Some(count) = count else { return Ok(()) };
    insert(db, attempt, count.saturating_sub(added), events, now).await
}

async fn insert(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
    first: i32,
    events: Vec<NewEvent>,
    now: Timestamp,
) -> Result<()> {
    let rows: Vec<_> = (first..).zip(events).map(|(sequence, event)| row(attempt, sequence, event, now)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    attempt_events::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

fn row(attempt: AttemptId, sequence: i32, event: NewEvent, now: Timestamp) -> attempt_events::ActiveModel {
    attempt_events::ActiveModel {
        attempt_id: Set(attempt.as_uuid()),
        sequence: Set(sequence),
        at: Set(now),
        kind: Set(event.kind.into()),
        verdict: Set(event.verdict.into()),
        finding: Set(event.finding.map(Into::into)),
        expected: Set(to_stored(event.expected)),
        actual: Set(to_stored(event.actual)),
        is_verified: Set(event.is_verified),
    }
}

/// The events of an attempt, in order. Rows of a kind that this version does not know, as a
/// newer one may write, are left out.
pub async fn timeline(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Vec<AttemptEvent>> {
    let rows = attempt_events::Entity::find()
        .filter(attempt_events::Column::AttemptId.eq(attempt.id.as_uuid()))
        .order_by_asc(attempt_events::Column::Sequence)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(event).collect())
}

fn event(row: attempt_events::Model) -> Option<AttemptEvent> {
    Some(AttemptEvent {
        sequence: row.sequence,
        at: row.at,
        kind: row.kind.known()?,
        verdict: row.verdict.known()?,
        finding: row.finding.and_then(Code::known),
        expected: from_stored(row.expected.as_deref()),
        actual: from_stored(row.actual.as_deref()),
        is_verified: row.is_verified,
    })
}
