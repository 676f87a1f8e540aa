//! Authenticator apps. Seeds are sealed before they come here.

use model::ids::AccountId;
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::totp_secrets;
use crate::row::{one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// An authenticator app's secret, in use or being set up.
    TotpSecret in totp_secrets {
        /// Its identifier.
        id: Uuid,
        /// The account.
        account_id: AccountId,
        /// The seed, sealed for this row.
        seed: Vec<u8>,
        /// The last time step whose code was accepted.
        last_step: i64,
        /// When it was made.
        created_at: Timestamp,
        /// When a first code proved that the app has the seed.
        confirmed_at: Option<Timestamp>,
        /// When a code of it was last accepted.
        last_used_at: Option<Timestamp>,
    }
}

/// Puts a new seed in the place of one that was being set up.
pub async fn replace_pending(tx: &Tx, row: TotpSecret) -> Result<()> {
    totp_secrets::Entity::delete_many()
        .filter(totp_secrets::Column::AccountId.eq(row.account_id.as_uuid()))
        .filter(totp_secrets::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    let row: totp_secrets::ActiveModel = row.into();
    totp_secrets::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The seed that is being set up, if it was made after `since`.
pub async fn pending(db: &impl ConnectionTrait, account: AccountId, since: Timestamp) -> Result<Option<TotpSecret>> {
    let row = totp_secrets::Entity::find()
        .filter(totp_secrets::Column::AccountId.eq(account.as_uuid()))
        .filter(totp_secrets::Column::ConfirmedAt.is_null())
        .filter(totp_secrets::Column::CreatedAt.gt(since));
    one(db, row).await
}

/// The app in use.
pub async fn confirmed(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<TotpSecret>> {
    let row = totp_secrets::Entity::find()
        .filter(totp_secrets::Column::AccountId.eq(account.as_uuid()))
        .filter(totp_secrets::Column::ConfirmedAt.is_not_null());
    one(db, row).await
}

/// Makes the seed that is being set up the one in use, in the place of the one before; the
/// step whose code proved it counts as used. `false`: somebody else was quicker, and the
/// caller must roll back.
pub async fn confirm(tx: &Tx, row: &TotpSecret, step: i64, now: Timestamp) -> Result<bool> {
    totp_secrets::Entity::delete_many()
        .filter(totp_secrets::Column::AccountId.eq(row.account_id.as_uuid()))
        .filter(totp_secrets::Column::ConfirmedAt.is_not_null())
        .exec(tx)
        .await?;
    let new = totp_secrets::ActiveModel { last_step: Set(step), confirmed_at: Set(Some(now)), ..Default::default() };
    let changed = totp_secrets::Entity::update_many()
        .set(new)
        .filter(totp_secrets::Column::Id.eq(row.id))
        .filter(totp_secrets::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Uses a time step up. Of several that try at the same time, one gets it; none gets a step
/// that is not after the last one.
pub async fn use_step(tx: &Tx, row: &TotpSecret, step: i64, now: Timestamp) -> Result<bool> {
    let new = totp_secrets::ActiveModel { last_step: Set(step), last_used_at: Set(Some(now)), ..Default::default() };
    let changed = totp_secrets::Entity::update_many()
        .set(new)
        .filter(totp_secrets::Column::Id.eq(row.id))
        .filter(totp_secrets::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes the account's app, and one that is being set up. `false`: there was none in use.
pub async fn delete(tx: &Tx, account: AccountId) -> Result<bool> {
    let used = confirmed(tx, account).await?.is_some();
    totp_secrets::Entity::delete_many().filter(totp_secrets::Column::AccountId.eq(account.as_uuid())).exec(tx).await?;
    Ok(used)
}

/// Locks an account until the transaction ends, so that changes to its factors follow one
/// another: two that each leave one factor must not together leave none.
pub async fn lock_account(tx: &Tx, account: AccountId) -> Result<()> {
    crate::entities::accounts::Entity::find_by_id(account.as_uuid()).lock_exclusive().one(tx).await?;
    Ok(())
}
