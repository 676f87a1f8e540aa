//! Changes of an account's address, and their undoing: what the token of such a link is about.
//! The row goes with its token, which decides how long and how often the link works.

use model::ids::AccountId;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use crate::entities::email_changes;
use crate::one_time_tokens::{self, OneTimeToken, TokenPurpose, TokenSubject};
use crate::{Result, Timestamp};

/// A change of an account's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// Whose.
    pub account: AccountId,
    /// The address before.
    pub old_email: String,
    /// The address after.
    pub new_email: String,
    /// When its link was made.
    pub created_at: Timestamp,
}

/// Notes what a token is about that was just added.
pub async fn insert(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
    old_email: String,
    new_email: String,
) -> Result<()> {
    let row = email_changes::ActiveModel {
        token_hash: Set(token_hash),
        old_email: Set(old_email),
        new_email: Set(new_email),
    };
    email_changes::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The change behind a link, if it still works for this purpose.
pub async fn peek(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    let Some(token) = one_time_tokens::peek(db, token_hash, purpose, now).await? else { return Ok(None) };
    let OneTimeToken { subject: TokenSubject::Account(account), created_at, .. } = token else { return Ok(None) };
    let row = email_changes::Entity::find_by_id(token_hash.to_vec()).one(db).await?;
    Ok(row.map(|row| EmailChange { account, old_email: row.old_email, new_email: row.new_email, created_at }))
}

/// Uses a link up. Of two that try at the same time, one gets it.
pub async fn consume(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    // the row goes with the token
    let Some(change) = peek(db, token_hash, purpose, now).await? else { return Ok(None) };
    Ok(one_time_tokens::consume(db, token_hash, purpose, now).await?.map(|_| change))
}
