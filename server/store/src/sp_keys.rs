//! Key pairs of teams. Private keys are sealed before they come here.

use model::SpKeyState;
use model::ids::{SpKeyId, TeamId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::sp_keys;
pub use crate::entities::sp_keys::Model as SpKeyRow;
use crate::{Error, Result};

impl SpKeyRow {
    /// Current, next or retired.
    pub fn state(&self) -> Result<SpKeyState> {
        SpKeyState::parse(&self.state).ok_or(Error::UnknownValue { table: "sp_keys", column: "state" })
    }
}

/// Adds a key.
///
/// # Errors
/// [`Error::Exists`] if the team has one in this state and may have one only.
pub async fn insert(db: &impl ConnectionTrait, key: SpKeyRow) -> Result<()> {
    let row: sp_keys::ActiveModel = key.into();
    sp_keys::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The keys of a team, newest first.
pub async fn of_team(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SpKeyRow>> {
    let keys = sp_keys::Entity::find()
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .order_by_desc(sp_keys::Column::CreatedAt)
        .order_by_desc(sp_keys::Column::Id);
    Ok(keys.all(db).await?)
}

/// A key of a team.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, id: SpKeyId) -> Result<Option<SpKeyRow>> {
    let key = sp_keys::Entity::find_by_id(id.as_uuid()).filter(sp_keys::Column::TeamId.eq(team.as_uuid()));
    Ok(key.one(db).await?)
}

/// The team's current or next key.
pub async fn in_state(db: &impl ConnectionTrait, team: TeamId, state: SpKeyState) -> Result<Option<SpKeyRow>> {
    let key = sp_keys::Entity::find()
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .filter(sp_keys::Column::State.eq(state.as_str()));
    Ok(key.one(db).await?)
}

/// Retires the current key and makes the next one current. `false`: there is no next key,
/// and the caller must roll back.
pub async fn promote_next(db: &impl ConnectionTrait, team: TeamId) -> Result<bool> {
    change_state(db, team, SpKeyState::Current, SpKeyState::Retired).await?;
    Ok(change_state(db, team, SpKeyState::Next, SpKeyState::Current).await? == 1)
}

async fn change_state(db: &impl ConnectionTrait, team: TeamId, from: SpKeyState, to: SpKeyState) -> Result<u64> {
    let row = sp_keys::ActiveModel { state: Set(to.as_str().to_owned()), ..Default::default() };
    let changed = sp_keys::Entity::update_many()
        .set(row)
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .filter(sp_keys::Column::State.eq(from.as_str()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected)
}

/// Deletes a key that is in this state. `false`: there is none.
pub async fn delete(db: &impl ConnectionTrait, team: TeamId, id: SpKeyId, state: SpKeyState) -> Result<bool> {
    let deleted = sp_keys::Entity::delete_many()
        .filter(sp_keys::Column::Id.eq(id.as_uuid()))
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .filter(sp_keys::Column::State.eq(state.as_str()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}
