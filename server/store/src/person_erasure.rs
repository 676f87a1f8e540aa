//! What becomes of a person who is erased: their row goes, and of their sign-ins everything that says
//! who it was. That there was a sign-in, its reference and how it ended stay.

use model::ids::{PersonId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect};

use crate::attempt_events::without_values;
use crate::entities::{attempt_documents, attempt_events, attempt_stages, attempts, people};
use crate::person_attempts::PersonAttempts;
use crate::{Result, Tx};

/// Takes whose they were out of at most so many of the person's sign-ins that are over, and says out
/// of how many.
pub async fn anonymize_finished(tx: &Tx, of: &PersonAttempts, limit: u64) -> Result<u64> {
    let is_over = Condition::all().add(attempts::Column::FinishedAt.is_not_null());
    anonymize(tx, of, is_over, limit).await
}

/// The same out of all that are left: nothing may go on with them.
pub async fn anonymize_rest(tx: &Tx, of: &PersonAttempts) -> Result<()> {
    while anonymize(tx, of, Condition::all(), 200).await? > 0 {}
    Ok(())
}

async fn anonymize(tx: &Tx, of: &PersonAttempts, only: Condition, limit: u64) -> Result<u64> {
    let mut ids: Vec<Uuid> = Vec::new();
    for condition in of.conditions() {
        let left = limit.saturating_sub(u64::try_from(ids.len()).unwrap_or(limit));
        let found = attempts::Entity::find().select_only().column(attempts::Column::Id);
        let found = found.filter(condition).filter(only.clone()).limit(left);
        ids.extend(found.into_tuple::<Uuid>().all(tx).await?);
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(0);
    }
    let nobody = attempts::ActiveModel {
        person_id: Set(None),
        subject: Set(None),
        name_id: Set(None),
        name_id_format: Set(None),
        name_qualifier: Set(None),
        sp_name_qualifier: Set(None),
        session_index: Set(None),
        profile: Set(None),
        claims: Set(None),
        expected: Set(None),
        actual: Set(None),
        // may name them, too: by parameters, by a hint of the application's
        return_to: Set(None),
        authorization_request: Set(None),
        ..Default::default()
    };
    let these = attempts::Column::Id.is_in(ids.iter().copied());
    attempts::Entity::update_many().set(nobody).filter(these).exec(tx).await?;
    let documents = attempt_documents::Column::AttemptId.is_in(ids.iter().copied());
    attempt_documents::Entity::delete_many().filter(documents).exec(tx).await?;
    anonymize_events(tx, &ids).await?;
    Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX))
}

/// What each step found stays; the values that it quotes go.
async fn anonymize_events(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    use attempt_events::Column;
    attempt_events::Entity::update_many()
        .col_expr(Column::Expected, Expr::value(None::<String>))
        .col_expr(Column::Actual, Expr::value(None::<String>))
        .filter(Column::AttemptId.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    let of_these = attempt_stages::Column::AttemptId.is_in(ids.iter().copied());
    for stage in attempt_stages::Entity::find().filter(of_these).all(tx).await? {
        let document = without_values(&stage.document);
        if document == stage.document {
            continue;
        }
        let this = attempt_stages::Column::AttemptId.eq(stage.attempt_id);
        attempt_stages::Entity::update_many()
            .set(attempt_stages::ActiveModel { document: Set(document), ..Default::default() })
            .filter(this.and(attempt_stages::Column::Stage.eq(stage.stage)))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Deletes the person's row, with their sessions and what applications were authorized to. `false`:
/// it was gone.
pub async fn delete(tx: &Tx, team: TeamId, person: PersonId) -> Result<bool> {
    let this = people::Entity::delete_by_id(person.as_uuid()).filter(people::Column::TeamId.eq(team.as_uuid()));
    Ok(this.exec(tx).await?.rows_affected == 1)
}
