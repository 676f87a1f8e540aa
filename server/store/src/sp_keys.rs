//! Key pairs of teams. Private keys are sealed before they come here.

use model::SpKeyState;
use model::ids::{SpKeyId, TeamId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::sp_keys;
use crate::row::{all, one, row};
use crate::{Result, Timestamp};

row! {
    /// A key pair of a team.
    SpKeyPair in sp_keys {
        /// Its identifier.
        id: SpKeyId,
        /// The team.
        team_id: TeamId,
        /// Current, next or retired.
        state: SpKeyState,
        /// The certificate, in DER.
        certificate: Vec<u8>,
        /// SHA-1 of the certificate, in upper-case hexadecimal.
        thumbprint_sha1: String,
        /// SHA-256 of the certificate, in upper-case hexadecimal.
        thumbprint_sha256: String,
        /// From when it is valid.
        not_before: Timestamp,
        /// Until when it is valid.
        not_after: Timestamp,
        /// PKCS#8, sealed for this row.
        private_key: Vec<u8>,
        /// When it was made.
        created_at: Timestamp,
    }
}

/// Adds a key.
///
/// # Errors
/// [`Error::Exists`] if the team has one in this state and may have one only.
pub async fn insert(db: &impl ConnectionTrait, key: SpKeyPair) -> Result<()> {
    let row: sp_keys::ActiveModel = key.into();
    sp_keys::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The keys of a team, newest first.
pub async fn list(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SpKeyPair>> {
    let keys = sp_keys::Entity::find()
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .order_by_desc(sp_keys::Column::CreatedAt)
        .order_by_desc(sp_keys::Column::Id);
    all(db, keys).await
}

/// A key of a team.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, id: SpKeyId) -> Result<Option<SpKeyPair>> {
    let key = sp_keys::Entity::find_by_id(id.as_uuid()).filter(sp_keys::Column::TeamId.eq(team.as_uuid()));
    one(db, key).await
}

/// The team's current or next key.
pub async fn in_state(db: &impl ConnectionTrait, team: TeamId, state: SpKeyState) -> Result<Option<SpKeyPair>> {
    let key = sp_keys::Entity::find()
        .filter(sp_keys::Column::TeamId.eq(team.as_uuid()))
        .filter(sp_keys::Column::State.eq(state.as_str()));
    one(db, key).await
}

/// Retires the current key and makes the next one current. `false`: there is no next key,
/// and the caller must roll back.
pub async fn promote_next(db: &impl ConnectionTrait, team: TeamId) -> Result<bool> {
    change_state(db, team, SpKeyState::Current, SpKeyState::Retired).await?;
    Ok(change_state(db, team, SpKeyState::Next, SpKeyState::Current).await? == 1)
}

async fn change_state(db: &impl ConnectionTrait, team: TeamId, from: SpKeyState, to: SpKeyState) -> Result<u64> {
    let row = sp_keys::ActiveModel { state: Set(to.into()), ..Default::default() };
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
