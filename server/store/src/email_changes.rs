//! Links that change an account's address, or undo that. Each works once.

use model::ids::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::email_changes;
pub use crate::entities::email_changes::Model as EmailChange;
use crate::{Result, Timestamp};

/// Makes the change, from the new address.
pub const CONFIRM: &str = "confirm";
/// Takes it back, from the old one.
pub const UNDO: &str = "undo";

/// Adds a link.
pub async fn insert(db: &impl ConnectionTrait, change: EmailChange) -> Result<()> {
    let row: email_changes::ActiveModel = change.into();
    email_changes::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The change behind a link, if it still works for this purpose.
pub async fn peek(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    let change = email_changes::Entity::find_by_id(token_hash.to_vec())
        .filter(email_changes::Column::Purpose.eq(purpose))
        .filter(email_changes::Column::ExpiresAt.gt(now));
    Ok(change.one(db).await?)
}

/// Uses a link up. Of two that try at the same time, one gets it.
pub async fn consume(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    let Some(change) = peek(db, token_hash, purpose, now).await? else { return Ok(None) };
    let deleted = email_changes::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok((deleted.rows_affected == 1).then_some(change))
}

/// Withdraws an account's links of a purpose, those made since `since`, or all.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    account: AccountId,
    purpose: &str,
    since: Option<Timestamp>,
) -> Result<()> {
    let links = email_changes::Entity::delete_many()
        .filter(email_changes::Column::AccountId.eq(account.as_uuid()))
        .filter(email_changes::Column::Purpose.eq(purpose));
    let links = match since {
        Some(since) => links.filter(email_changes::Column::CreatedAt.gte(since)),
        None => links,
    };
    links.exec(db).await?;
    Ok(())
}
