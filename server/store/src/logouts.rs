//! Logout requests of ours on their way.

use model::ids::TeamId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::logouts;
pub use crate::entities::logouts::Model as Logout;
use crate::{Result, Timestamp};

/// Remembers a request.
pub async fn insert(db: &impl ConnectionTrait, logout: Logout) -> Result<()> {
    let row: logouts::ActiveModel = logout.into();
    logouts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The team's request that sent this RelayState, if it may still be answered.
pub async fn by_relay_state(
    db: &impl ConnectionTrait,
    team: TeamId,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Logout>> {
    let logout = logouts::Entity::find()
        .filter(logouts::Column::TeamId.eq(team.as_uuid()))
        .filter(logouts::Column::RelayStateHash.eq(hash.to_vec()))
        .filter(logouts::Column::ExpiresAt.gt(now));
    Ok(logout.one(db).await?)
}

/// Uses a request up. `false`: it was answered before.
pub async fn consume(db: &impl ConnectionTrait, team: TeamId, request_id: &str) -> Result<bool> {
    let deleted = logouts::Entity::delete_many()
        .filter(logouts::Column::TeamId.eq(team.as_uuid()))
        .filter(logouts::Column::RequestId.eq(request_id))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}
