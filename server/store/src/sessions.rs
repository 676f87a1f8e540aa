//! All sessions of an account: its list, and the ends of several at once.

use model::ids::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::accounts::Session;
use crate::entities::{account_sessions, person_sessions};
use crate::{Result, Timestamp, Tx};

/// The sessions of an account that have neither expired nor been idle since `idle_since`,
/// the last used one first.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<Session>> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::AccountId.eq(account.as_uuid()))
        .filter(account_sessions::Column::ExpiresAt.gt(now))
        .filter(account_sessions::Column::LastUsedAt.gt(idle_since))
        .order_by_desc(account_sessions::Column::LastUsedAt)
        .order_by_asc(account_sessions::Column::TokenHash);
    Ok(sessions.all(db).await?)
}

/// Takes a session out, to put another one in its place. Of two that try at the same time,
/// one gets it.
pub async fn take(tx: &Tx, token_hash: &[u8]) -> Result<Option<Session>> {
    let found = account_sessions::Entity::find_by_id(token_hash.to_vec()).one(tx).await?;
    let deleted = account_sessions::Entity::delete_by_id(token_hash.to_vec()).exec(tx).await?;
    Ok(found.filter(|_| deleted.rows_affected == 1))
}

/// Ends all sessions of an account but one, and says how many.
pub async fn end_all(tx: &Tx, account: AccountId, except: Option<&[u8]>) -> Result<u64> {
    let sessions =
        account_sessions::Entity::delete_many().filter(account_sessions::Column::AccountId.eq(account.as_uuid()));
    let sessions = match except {
        Some(hash) => sessions.filter(account_sessions::Column::TokenHash.ne(hash.to_vec())),
        None => sessions,
    };
    Ok(sessions.exec(tx).await?.rows_affected)
}

/// Ends every session there is, of accounts and of people, and says how many these were.
pub async fn end_everybodys(tx: &Tx) -> Result<u64> {
    let accounts = account_sessions::Entity::delete_many().exec(tx).await?;
    let people = person_sessions::Entity::delete_many().exec(tx).await?;
    Ok(accounts.rows_affected + people.rows_affected)
}
