//! Accounts and their sessions.

use model::SupportRole;
use model::ids::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub use crate::entities::account_sessions::Model as Session;
pub use crate::entities::accounts::Model as Account;
use crate::entities::{account_sessions, accounts};
use crate::{Error, Result, Timestamp, Tx};

impl Account {
    /// Its identifier.
    #[must_use]
    pub fn account_id(&self) -> AccountId {
        self.id.into()
    }

    /// Its role in the vendor's support, if it has one.
    pub fn support_role(&self) -> Result<Option<SupportRole>> {
        let unknown = Error::UnknownValue { table: "accounts", column: "support_role" };
        self.support_role.as_deref().map(|role| SupportRole::parse(role).ok_or(unknown)).transpose()
    }
}

/// Adds an account.
///
/// # Errors
/// [`Error::Exists`] if its e-mail address has one.
pub async fn insert(db: &impl ConnectionTrait, account: Account) -> Result<()> {
    let row: accounts::ActiveModel = account.into();
    accounts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The account with this e-mail address, in the spelling of `model::EmailAddress`.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>> {
    Ok(accounts::Entity::find().filter(accounts::Column::Email.eq(email)).one(db).await?)
}

/// An account by its identifier.
pub async fn by_id(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>> {
    Ok(accounts::Entity::find_by_id(id.as_uuid()).one(db).await?)
}

/// An account, locked until the transaction ends: what was checked before it began may have
/// changed since, and does not change any more.
pub async fn lock(tx: &Tx, id: AccountId) -> Result<Option<Account>> {
    Ok(accounts::Entity::find_by_id(id.as_uuid()).lock_exclusive().one(tx).await?)
}

/// The vendor's staff, by e-mail address.
pub async fn support(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let staff = accounts::Entity::find().filter(accounts::Column::SupportRole.is_not_null());
    Ok(staff.order_by_asc(accounts::Column::Email).all(db).await?)
}

/// Replaces the password of an account that was never confirmed. `false`: it is confirmed.
pub async fn replace_unconfirmed_password(db: &impl ConnectionTrait, id: AccountId, hash: &str) -> Result<bool> {
    let replaced = accounts::Entity::update_many()
        .col_expr(accounts::Column::PasswordHash, Expr::value(hash))
        .filter(accounts::Column::Id.eq(id.as_uuid()))
        .filter(accounts::Column::EmailVerifiedAt.is_null())
        .exec(db)
        .await?;
    Ok(replaced.rows_affected == 1)
}

/// Notes that the account's address is its owner's.
pub async fn set_verified(db: &impl ConnectionTrait, id: AccountId, at: Timestamp) -> Result<()> {
    accounts::Entity::update_many()
        .col_expr(accounts::Column::EmailVerifiedAt, Expr::value(at))
        .filter(accounts::Column::Id.eq(id.as_uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Replaces the password.
pub async fn set_password(db: &impl ConnectionTrait, id: AccountId, hash: &str) -> Result<()> {
    accounts::Entity::update_many()
        .col_expr(accounts::Column::PasswordHash, Expr::value(hash))
        .filter(accounts::Column::Id.eq(id.as_uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Replaces the e-mail address. An account that never confirmed the new one makes way: it is
/// nobody's yet.
///
/// # Errors
/// [`Error::Exists`] if the address has another account.
pub async fn set_email(db: &impl ConnectionTrait, id: AccountId, email: &str) -> Result<()> {
    accounts::Entity::delete_many()
        .filter(accounts::Column::Email.eq(email))
        .filter(accounts::Column::EmailVerifiedAt.is_null())
        .filter(accounts::Column::Id.ne(id.as_uuid()))
        .exec(db)
        .await?;
    accounts::Entity::update_many()
        .col_expr(accounts::Column::Email, Expr::value(email))
        .filter(accounts::Column::Id.eq(id.as_uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Adds a session.
pub async fn insert_session(db: &impl ConnectionTrait, session: Session) -> Result<()> {
    let row: account_sessions::ActiveModel = session.into();
    account_sessions::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The session of a token's hash, with its account, unless it has expired or was last used
/// before `idle_since`.
pub async fn session(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<(Session, Account)>> {
    let session = account_sessions::Entity::find_by_id(token_hash.to_vec())
        .filter(account_sessions::Column::ExpiresAt.gt(now))
        .filter(account_sessions::Column::LastUsedAt.gt(idle_since))
        .one(db)
        .await?;
    let Some(session) = session else { return Ok(None) };
    let account = by_id(db, session.account_id.into()).await?;
    Ok(account.map(|account| (session, account)))
}

/// Notes that a session was used.
pub async fn touch_session(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<()> {
    let row = account_sessions::ActiveModel {
        token_hash: Set(token_hash.to_vec()),
        last_used_at: Set(now),
        ..Default::default()
    };
    account_sessions::Entity::update_many()
        .set(row)
        .filter(account_sessions::Column::TokenHash.eq(token_hash.to_vec()))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn delete_session(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<()> {
    account_sessions::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok(())
}
