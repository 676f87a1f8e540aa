//! Browsers that have signed in to an account before.

use model::ids::AccountId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::known_devices;
use crate::row::row;
use crate::{Result, Timestamp};

row! {
    /// A browser that has signed in to an account before.
    KnownDevice in known_devices {
        /// SHA-256 of the cookie's token.
        token_hash: Vec<u8>,
        /// The account.
        account_id: AccountId,
        /// When it first signed in.
        created_at: Timestamp,
        /// Until when it is known.
        expires_at: Timestamp,
    }
}

/// Notes that a browser has signed in to an account, from now until the row expires.
pub async fn remember(db: &impl ConnectionTrait, device: KnownDevice) -> Result<()> {
    let row: known_devices::ActiveModel = device.into();
    let longer = OnConflict::columns([known_devices::Column::TokenHash, known_devices::Column::AccountId])
        .update_column(known_devices::Column::ExpiresAt)
        .to_owned();
    known_devices::Entity::insert(row).on_conflict(longer).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets all browsers of an account but so many, those that came last.
pub async fn keep_latest(db: &impl ConnectionTrait, account: AccountId, most: u64) -> Result<()> {
    let of_account = known_devices::Column::AccountId.eq(account.as_uuid());
    let first_to_go = known_devices::Entity::find()
        .filter(of_account.clone())
        .order_by_desc(known_devices::Column::ExpiresAt)
        .offset(most)
        .limit(1)
        .one(db)
        .await?;
    let Some(first_to_go) = first_to_go else { return Ok(()) };
    known_devices::Entity::delete_many()
        .filter(of_account)
        .filter(known_devices::Column::ExpiresAt.lt(first_to_go.expires_at))
        .exec(db)
        .await?;
    known_devices::Entity::delete_by_id((first_to_go.token_hash, first_to_go.account_id)).exec(db).await?;
    Ok(())
}

/// Whether the browser with this token has signed in to this account; without an account,
/// to any.
pub async fn is_known(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool> {
    let found = known_devices::Entity::find()
        .filter(known_devices::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(known_devices::Column::ExpiresAt.gt(now));
    let found = match account {
        Some(account) => found.filter(known_devices::Column::AccountId.eq(account.as_uuid())),
        None => found,
    };
    Ok(found.count(db).await? > 0)
}

/// Forgets every browser of an account.
pub async fn forget(db: &impl ConnectionTrait, account: AccountId) -> Result<()> {
    known_devices::Entity::delete_many()
        .filter(known_devices::Column::AccountId.eq(account.as_uuid()))
        .exec(db)
        .await?;
    Ok(())
}
