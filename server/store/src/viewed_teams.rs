//! Which team a session of support sees as the team's members do, and until when.

use model::ids::TeamId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entities::viewed_teams::{ActiveModel, Column, Entity};
use crate::row::row;
use crate::{Result, Timestamp, Tx};

row! {
    /// A team that a session sees.
    ViewedTeam in viewed_teams {
        /// The session: the hash of its token.
        session_hash: Vec<u8>,
        /// The team.
        team_id: TeamId,
        /// When this ends.
        until: Timestamp,
    }
}

/// Has a session see a team, instead of the one that it saw before.
pub async fn set(tx: &Tx, viewed: ViewedTeam) -> Result<()> {
    let row: ActiveModel = viewed.into();
    let anew = OnConflict::column(Column::SessionHash).update_columns([Column::TeamId, Column::Until]).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

/// Has a session see no team any more.
pub async fn delete(db: &impl ConnectionTrait, session_hash: &[u8]) -> Result<()> {
    Entity::delete_by_id(session_hash.to_vec()).exec(db).await?;
    Ok(())
}
