//! What support and a team write to each other in a review.

use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::entities::review_messages::{ActiveModel, Column, Entity};
use crate::row::{all, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// A message of a review.
    ReviewMessage in review_messages {
        /// Its identifier.
        id: Uuid,
        /// The team.
        team_id: TeamId,
        /// Whether support wrote it, and not a member of the team.
        is_from_support: bool,
        /// Who wrote it, as the audit trail names them.
        author: String,
        /// What it says.
        words: String,
        /// When it was written.
        created_at: Timestamp,
    }
}

fn newest_first(team: TeamId) -> Select<Entity> {
    let messages = Entity::find().filter(Column::TeamId.eq(team.as_uuid()));
    messages.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id)
}

/// Adds a message, and removes what is older than the newest `keep` of the team.
pub async fn insert(tx: &Tx, message: ReviewMessage, keep: u64) -> Result<()> {
    let team = message.team_id;
    let row: ActiveModel = message.into();
    Entity::insert(row).exec_without_returning(tx).await?;
    let old = newest_first(team).offset(keep).limit(100).select_only().column(Column::Id);
    let old: Vec<Uuid> = old.into_tuple().all(tx).await?;
    if !old.is_empty() {
        let of_team = Entity::delete_many().filter(Column::TeamId.eq(team.as_uuid()));
        of_team.filter(Column::Id.is_in(old)).exec(tx).await?;
    }
    Ok(())
}

/// A team's newest messages, the oldest of them first.
pub async fn list(db: &impl ConnectionTrait, team: TeamId, limit: u64) -> Result<Vec<ReviewMessage>> {
    let mut messages: Vec<ReviewMessage> = all(db, newest_first(team).limit(limit)).await?;
    messages.reverse();
    Ok(messages)
}
