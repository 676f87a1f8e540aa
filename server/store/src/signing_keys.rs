//! Keys that tokens are signed with. Private keys are sealed before they come here. Which key signs, and
//! which are published, follows from the times alone, so that all replicas agree.

use model::SigningAlgorithm;
use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::signing_keys;
use crate::row::{all, row};
use crate::{Result, Timestamp};

row! {
    /// A key that tokens are signed with.
    StoredSigningKey in signing_keys {
        /// Its identifier.
        id: Uuid,
        /// Its name in tokens.
        kid: String,
        /// What it signs with.
        algorithm: SigningAlgorithm,
        /// Its number among the keys of its algorithm, from 1.
        generation: i32,
        /// The public key, as a JWK.
        public_key: Json,
        /// PKCS#8, sealed for this row.
        private_key: Vec<u8>,
        /// When it was made.
        created_at: Timestamp,
        /// From when it signs; it is published before.
        active_from: Timestamp,
    }
}

/// Adds a key.
///
/// # Errors
/// [`crate::Error::Exists`] if another replica made the key of this generation.
pub async fn insert(db: &impl ConnectionTrait, key: StoredSigningKey) -> Result<()> {
    let row: signing_keys::ActiveModel = key.into();
    signing_keys::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All keys, the newest of each algorithm first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<StoredSigningKey>> {
    let keys = signing_keys::Entity::find()
        .order_by_asc(signing_keys::Column::Algorithm)
        .order_by_desc(signing_keys::Column::Generation);
    all(db, keys).await
}

/// Deletes a key. `false`: there is none with this name.
pub async fn delete(db: &impl ConnectionTrait, kid: &str) -> Result<bool> {
    let deleted = signing_keys::Entity::delete_many().filter(signing_keys::Column::Kid.eq(kid)).exec(db).await?;
    Ok(deleted.rows_affected > 0)
}
