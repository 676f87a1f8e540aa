//! Timelines of attempts: what a step found is added, and never changed. Each stage of an attempt
//! has one document; the version before wrote a row an event, which are still shown.

mod document;
mod new_event;

use model::attempts::AttemptEvent;
use model::ids::AttemptId;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};

use crate::attempts::Attempt;
use crate::code::Code;
pub use crate::column_values::AttemptStage;
use crate::entities::{attempt_events, attempt_stages, attempts};
use crate::finding_values::from_stored;
use crate::{Result, Timestamp};
pub(crate) use document::{line, without_values};
pub use new_event::NewEvent;

/// Adds lines to stages' documents, which may be their first. The rows are locked meanwhile: of two
/// lines at the same time, one comes after the other, and both are there.
macro_rules! add_lines {
    ($rows:literal) => {
        concat!(
            "INSERT INTO attempt_stages (attempt_id, stage, document) ",
            $rows,
            " ON CONFLICT (attempt_id, stage) DO UPDATE SET document = attempt_stages.document || excluded.document"
        )
    };
}
pub(crate) use add_lines;

const ADD_LINE: &str = add_lines!("VALUES ($1, $2, $3)");

/// Adds what a step found to an attempt whose `event_count` says already how many events there are.
pub async fn insert(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
    stage: AttemptStage,
    events: &[NewEvent],
    now: Timestamp,
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    add_line(db, attempt, stage, line(events, now)).await
}

/// Adds what a step found to an attempt, and counts it.
pub async fn append(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
    stage: AttemptStage,
    events: &[NewEvent],
    now: Timestamp,
) -> Result<()> {
    let Ok(added) = i32::try_from(events.len()) else { return Ok(()) };
    if added == 0 {
        return Ok(());
    }
    let counted = attempts::Entity::update_many()
        .col_expr(attempts::Column::EventCount, Expr::col(attempts::Column::EventCount).add(added))
        .filter(attempts::Column::Id.eq(attempt.as_uuid()))
        .exec(db)
        .await?;
    // an attempt that was swept away meanwhile needs no events
    if counted.rows_affected == 0 {
        return Ok(());
    }
    add_line(db, attempt, stage, line(events, now)).await
}

async fn add_line(db: &impl ConnectionTrait, attempt: AttemptId, stage: AttemptStage, line: String) -> Result<()> {
    let values = [attempt.as_uuid().into(), Code::from(stage).into(), line.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), ADD_LINE, values)).await?;
    Ok(())
}

/// The events of an attempt, in order. Those of a kind that this version does not know, as a
/// newer one may write, are left out.
pub async fn timeline(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Vec<AttemptEvent>> {
    let mut events = event_rows(db, attempt).await?;
    let is_only_in_documents = events.is_empty();
    events.extend(stages(db, attempt).await?);
    if !is_only_in_documents {
        // steps of both versions, taken turn by turn while replicas were replaced
        events.sort_by_key(|event| event.at);
    }
    let numbered = (0..).zip(events).map(|(sequence, event)| AttemptEvent { sequence, ..event });
    Ok(numbered.collect())
}

/// The events of several attempts, each attempt's in order. Those that only the version before wrote are
/// not among them.
pub async fn of_attempts(
    db: &impl ConnectionTrait,
    attempts: &[AttemptId],
) -> Result<Vec<(AttemptId, Vec<AttemptEvent>)>> {
    let rows = attempt_stages::Entity::find()
        .filter(attempt_stages::Column::AttemptId.is_in(attempts.iter().map(|attempt| attempt.as_uuid())))
        .all(db)
        .await?;
    let known = rows.into_iter().filter_map(|row| Some((row.attempt_id, row.stage.known()?, row.document)));
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(attempt, stage, _)| (*attempt, *stage));
    let mut timelines: Vec<(AttemptId, Vec<AttemptEvent>)> = Vec::new();
    for (attempt, _, document) in known {
        let attempt = AttemptId::from(attempt);
        match timelines.last_mut().filter(|(last, _)| *last == attempt) {
            Some((_, events)) => events.extend(document::events(&document)),
            None => timelines.push((attempt, document::events(&document).collect())),
        }
    }
    Ok(timelines)
}

async fn stages(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Vec<AttemptEvent>> {
    let rows = attempt_stages::Entity::find()
        .filter(attempt_stages::Column::AttemptId.eq(attempt.id.as_uuid()))
        .all(db)
        .await?;
    let known = rows.into_iter().filter_map(|row| Some((row.stage.known()?, row.document)));
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(stage, _)| *stage);
    Ok(known.iter().flat_map(|(_, document)| document::events(document)).collect())
}

/// What the version before wrote.
async fn event_rows(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Vec<AttemptEvent>> {
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
