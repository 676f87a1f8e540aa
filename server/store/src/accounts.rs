//! Accounts.

use model::SupportRole;
use model::ids::{AccountId, PersonId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::accounts;
use crate::row::{one, row};
use crate::{Result, Timestamp, Tx, team_index};

row! {
    /// An account: of support, or of a team's member.
    Account in accounts {
        /// Its identifier.
        id: AccountId,
        /// What it signs in with.
        email: String,
        /// The hash of its password.
        password_hash: String,
        /// When its address was shown to be its owner's.
        email_verified_at: Option<Timestamp>,
        /// Its role in the vendor's support, if it has one.
        support_role: Option<SupportRole>,
        /// When it was created.
        created_at: Timestamp,
        /// Since when it cannot sign in.
        deactivated_at: Option<Timestamp>,
        /// The person of the vendor's own team that it signs in as, if it does.
        person_id: Option<PersonId>,
    }
}

impl Account {
    /// Its identifier.
    #[must_use]
    pub const fn account_id(&self) -> AccountId {
        self.id
    }
}

/// Adds an account.
///
/// # Errors
/// [`crate::Error::Exists`] if its e-mail address has one.
pub async fn insert(db: &impl ConnectionTrait, account: Account) -> Result<()> {
    let row: accounts::ActiveModel = account.into();
    accounts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The account with this e-mail address, in the spelling of `model::EmailAddress`.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Account>> {
    one(db, accounts::Entity::find().filter(accounts::Column::Email.eq(email))).await
}

/// An account by its identifier.
pub async fn by_id(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>> {
    one(db, accounts::Entity::find_by_id(id.as_uuid())).await
}

/// An account, locked until the transaction ends: what was checked before it began may have
/// changed since, and does not change any more.
pub async fn lock(tx: &Tx, id: AccountId) -> Result<Option<Account>> {
    one(tx, accounts::Entity::find_by_id(id.as_uuid()).lock_exclusive()).await
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
/// [`crate::Error::Exists`] if the address has another account.
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
    team_index::refresh_teams_of(db, id).await
}
