//! Recovery codes, each good for once.

use model::ids::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entities::recovery_codes;
use crate::{Result, Timestamp, Tx};

/// Puts new codes in the place of all that an account had.
pub async fn replace(tx: &Tx, account: AccountId, hashes: &[Vec<u8>], now: Timestamp) -> Result<()> {
    remove(tx, account).await?;
    for hash in hashes {
        let row = recovery_codes::ActiveModel {
            account_id: Set(account.as_uuid()),
            code_hash: Set(hash.clone()),
            created_at: Set(now),
            used_at: Set(None),
        };
        recovery_codes::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Uses a code up. Of two that try at the same time, one gets it.
pub async fn consume(tx: &Tx, account: AccountId, hash: &[u8], now: Timestamp) -> Result<bool> {
    let row = recovery_codes::ActiveModel { used_at: Set(Some(now)), ..Default::default() };
    let used = recovery_codes::Entity::update_many()
        .set(row)
        .filter(recovery_codes::Column::AccountId.eq(account.as_uuid()))
        .filter(recovery_codes::Column::CodeHash.eq(hash.to_vec()))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many unused codes an account has.
pub async fn count_unused(db: &impl ConnectionTrait, account: AccountId) -> Result<u64> {
    let unused = recovery_codes::Entity::find()
        .filter(recovery_codes::Column::AccountId.eq(account.as_uuid()))
        .filter(recovery_codes::Column::UsedAt.is_null());
    Ok(unused.count(db).await?)
}

/// Whether a code with this hash was made after `since` and is unused.
pub async fn is_unused(db: &impl ConnectionTrait, account: AccountId, hash: &[u8], since: Timestamp) -> Result<bool> {
    let code = recovery_codes::Entity::find_by_id((account.as_uuid(), hash.to_vec()))
        .filter(recovery_codes::Column::CreatedAt.gt(since))
        .filter(recovery_codes::Column::UsedAt.is_null());
    Ok(code.one(db).await?.is_some())
}

/// Removes all codes of an account.
pub async fn remove(tx: &Tx, account: AccountId) -> Result<()> {
    recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::AccountId.eq(account.as_uuid()))
        .exec(tx)
        .await?;
    Ok(())
}
