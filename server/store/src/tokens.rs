//! Tokens that work once: mailed links, the first support account.

use model::ids::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::one_time_tokens;
pub use crate::entities::one_time_tokens::Model as OneTimeToken;
use crate::{Result, Timestamp};

/// Adds a token.
pub async fn insert(db: &impl ConnectionTrait, token: OneTimeToken) -> Result<()> {
    let row: one_time_tokens::ActiveModel = token.into();
    one_time_tokens::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The token, if it still works for this purpose.
pub async fn peek(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<OneTimeToken>> {
    let token = one_time_tokens::Entity::find_by_id(token_hash.to_vec())
        .filter(one_time_tokens::Column::Purpose.eq(purpose))
        .filter(one_time_tokens::Column::ExpiresAt.gt(now));
    Ok(token.one(db).await?)
}

/// Uses a token up. Of two that try at the same time, one gets it.
pub async fn consume(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<OneTimeToken>> {
    let Some(token) = peek(db, token_hash, purpose, now).await? else { return Ok(None) };
    let deleted = one_time_tokens::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok((deleted.rows_affected == 1).then_some(token))
}

/// Withdraws every token of a purpose, of one account or of nobody.
pub async fn withdraw(db: &impl ConnectionTrait, purpose: &str, account: Option<AccountId>) -> Result<()> {
    let tokens = one_time_tokens::Entity::delete_many().filter(one_time_tokens::Column::Purpose.eq(purpose));
    let tokens = match account {
        Some(id) => tokens.filter(one_time_tokens::Column::AccountId.eq(id.as_uuid())),
        None => tokens.filter(one_time_tokens::Column::AccountId.is_null()),
    };
    tokens.exec(db).await?;
    Ok(())
}
