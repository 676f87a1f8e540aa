//! Support's notes about teams.

use model::ids::{AccountId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::team_notes::{ActiveModel, Column, Entity};
use crate::row::{all, one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// A note about a team.
    TeamNote in team_notes {
        /// Its identifier.
        id: Uuid,
        /// The team.
        team_id: TeamId,
        /// The account that wrote it; none for the operator.
        author_id: Option<AccountId>,
        /// Who wrote it, as the audit trail names them.
        author: String,
        /// What it says.
        words: String,
        /// When it was written.
        created_at: Timestamp,
    }
}

/// Adds a note.
pub async fn insert(tx: &Tx, note: TeamNote) -> Result<()> {
    let row: ActiveModel = note.into();
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// A team's notes, newest first.
pub async fn list(db: &impl ConnectionTrait, team: TeamId, limit: u64) -> Result<Vec<TeamNote>> {
    let notes = Entity::find().filter(Column::TeamId.eq(team.as_uuid()));
    all(db, notes.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(limit)).await
}

/// How many notes a team has.
pub async fn count(db: &impl ConnectionTrait, team: TeamId) -> Result<u64> {
    let notes = Entity::find().filter(Column::TeamId.eq(team.as_uuid()));
    Ok(notes.select_only().column(Column::Id).count(db).await?)
}

/// A note of a team.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, id: Uuid) -> Result<Option<TeamNote>> {
    one(db, Entity::find_by_id(id).filter(Column::TeamId.eq(team.as_uuid()))).await
}

/// Deletes a note of a team. `false`: it was gone.
pub async fn delete(tx: &Tx, team: TeamId, id: Uuid) -> Result<bool> {
    let deleted = Entity::delete_by_id(id).filter(Column::TeamId.eq(team.as_uuid())).exec(tx).await?;
    Ok(deleted.rows_affected == 1)
}
