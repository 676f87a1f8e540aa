//! Authenticator apps. Seeds are sealed before they come here.

use model::ids::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::totp;
pub use crate::entities::totp::Model as TotpRow;
use crate::{Result, Timestamp, Tx};

/// Puts a new seed in the place of one that was being set up.
pub async fn replace_pending(tx: &Tx, row: TotpRow) -> Result<()> {
    totp::Entity::delete_many()
        .filter(totp::Column::AccountId.eq(row.account_id))
        .filter(totp::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    let row: totp::ActiveModel = row.into();
    totp::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The seed that is being set up, if it was made after `since`.
pub async fn pending(db: &impl ConnectionTrait, account: AccountId, since: Timestamp) -> Result<Option<TotpRow>> {
    let row = totp::Entity::find()
        .filter(totp::Column::AccountId.eq(account.as_uuid()))
        .filter(totp::Column::ConfirmedAt.is_null())
        .filter(totp::Column::CreatedAt.gt(since));
    Ok(row.one(db).await?)
}

/// The app in use.
pub async fn confirmed(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<TotpRow>> {
    let row = totp::Entity::find()
        .filter(totp::Column::AccountId.eq(account.as_uuid()))
        .filter(totp::Column::ConfirmedAt.is_not_null());
    Ok(row.one(db).await?)
}

/// Makes the seed that is being set up the one in use, in the place of the one before; the
/// step whose code proved it counts as used. `false`: somebody else was quicker, and the
/// caller must roll back.
pub async fn confirm(tx: &Tx, row: &TotpRow, step: i64, now: Timestamp) -> Result<bool> {
    totp::Entity::delete_many()
        .filter(totp::Column::AccountId.eq(row.account_id))
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .exec(tx)
        .await?;
    let new = totp::ActiveModel { last_step: Set(step), confirmed_at: Set(Some(now)), ..Default::default() };
    let changed = totp::Entity::update_many()
        .set(new)
        .filter(totp::Column::Id.eq(row.id))
        .filter(totp::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Uses a time step up. Of several that try at the same time, one gets it; none gets a step
/// that is not after the last one.
pub async fn use_step(tx: &Tx, row: &TotpRow, step: i64, now: Timestamp) -> Result<bool> {
    let new = totp::ActiveModel { last_step: Set(step), last_used_at: Set(Some(now)), ..Default::default() };
    let changed = totp::Entity::update_many()
        .set(new)
        .filter(totp::Column::Id.eq(row.id))
        .filter(totp::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes the account's app, and one that is being set up. `false`: there was none in use.
pub async fn delete(tx: &Tx, account: AccountId) -> Result<bool> {
    let used = confirmed(tx, account).await?.is_some();
    totp::Entity::delete_many().filter(totp::Column::AccountId.eq(account.as_uuid())).exec(tx).await?;
    Ok(used)
}

/// Locks an account until the transaction ends, so that changes to its factors follow one
/// another: two that each leave one factor must not together leave none.
pub async fn lock_account(tx: &Tx, account: AccountId) -> Result<()> {
    crate::entities::accounts::Entity::find_by_id(account.as_uuid()).lock_exclusive().one(tx).await?;
    Ok(())
}
