//! Passkeys, and the challenges that wait for their answer.

use model::ids::AccountId;
use sea_orm::prelude::Uuid;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

pub use crate::column_values::CeremonyPurpose;
use crate::entities::{passkey_ceremonies, passkeys};
use crate::row::{all, one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// A passkey of an account.
    AccountPasskey in passkeys {
        /// Its identifier.
        id: Uuid,
        /// The account.
        account_id: AccountId,
        /// What its owner calls it.
        name: String,
        /// The authenticator's identifier of it.
        credential_id: Vec<u8>,
        /// JSON of `webauthn_rs`: the public key, the counter.
        credential: String,
        /// When it was added.
        created_at: Timestamp,
        /// When it was last used.
        last_used_at: Option<Timestamp>,
    }
}

row! {
    /// A challenge to a passkey that waits for its answer.
    Ceremony in passkey_ceremonies {
        /// SHA-256 of the token in the browser's cookie.
        token_hash: Vec<u8>,
        /// What it is for.
        purpose: CeremonyPurpose,
        /// The account; none while nobody is signed in.
        account_id: Option<AccountId>,
        /// The challenge and what is expected of the answer.
        state: String,
        /// Until when it may be answered.
        expires_at: Timestamp,
    }
}

/// Adds a passkey.
///
/// # Errors
/// [`crate::Error::Exists`] if the credential belongs to an account already.
pub async fn insert(tx: &Tx, passkey: AccountPasskey) -> Result<()> {
    let row: passkeys::ActiveModel = passkey.into();
    passkeys::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// An account's passkeys, oldest first.
pub async fn list(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<AccountPasskey>> {
    let keys = passkeys::Entity::find()
        .filter(passkeys::Column::AccountId.eq(account.as_uuid()))
        .order_by_asc(passkeys::Column::CreatedAt)
        .order_by_asc(passkeys::Column::Id);
    all(db, keys).await
}

/// How many passkeys an account has.
pub async fn count(db: &impl ConnectionTrait, account: AccountId) -> Result<u64> {
    Ok(passkeys::Entity::find().filter(passkeys::Column::AccountId.eq(account.as_uuid())).count(db).await?)
}

/// The passkey with this credential, locked until the transaction ends: its counter must not
/// be compared by two at the same time.
pub async fn lock(tx: &Tx, credential_id: &[u8]) -> Result<Option<AccountPasskey>> {
    let key = passkeys::Entity::find().filter(passkeys::Column::CredentialId.eq(credential_id.to_vec()));
    one(tx, key.lock_exclusive()).await
}

/// Notes that a passkey was used, and what that changed of it.
pub async fn mark_used(tx: &Tx, id: Uuid, credential: String, now: Timestamp) -> Result<()> {
    let row = passkeys::ActiveModel { credential: Set(credential), last_used_at: Set(Some(now)), ..Default::default() };
    passkeys::Entity::update_many().set(row).filter(passkeys::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Renames a passkey of an account, and answers with the name before.
pub async fn rename(tx: &Tx, account: AccountId, id: Uuid, name: &str) -> Result<Option<String>> {
    let found = passkeys::Entity::find_by_id(id).filter(passkeys::Column::AccountId.eq(account.as_uuid()));
    let before = found.one(tx).await?.map(|row| row.name);
    let row = passkeys::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    let renamed = passkeys::Entity::update_many()
        .set(row)
        .filter(passkeys::Column::Id.eq(id))
        .filter(passkeys::Column::AccountId.eq(account.as_uuid()))
        .exec(tx)
        .await?;
    Ok(before.filter(|_| renamed.rows_affected == 1))
}

/// Removes a passkey of an account, and answers with it.
pub async fn remove(tx: &Tx, account: AccountId, id: Uuid) -> Result<Option<AccountPasskey>> {
    let found = passkeys::Entity::find_by_id(id).filter(passkeys::Column::AccountId.eq(account.as_uuid()));
    let Some(row) = one(tx, found).await? else { return Ok(None) };
    let removed = passkeys::Entity::delete_by_id(id).exec(tx).await?;
    Ok((removed.rows_affected == 1).then_some(row))
}

/// Removes all passkeys of an account, and says how many.
pub async fn remove_all(tx: &Tx, account: AccountId) -> Result<u64> {
    let removed =
        passkeys::Entity::delete_many().filter(passkeys::Column::AccountId.eq(account.as_uuid())).exec(tx).await?;
    Ok(removed.rows_affected)
}

/// Removes the passkeys that an account got since a moment, and says how many these were.
pub async fn remove_since(tx: &Tx, account: AccountId, since: Timestamp) -> Result<u64> {
    let removed = passkeys::Entity::delete_many()
        .filter(passkeys::Column::AccountId.eq(account.as_uuid()))
        .filter(passkeys::Column::CreatedAt.gte(since))
        .exec(tx)
        .await?;
    Ok(removed.rows_affected)
}

/// Keeps a challenge until it is answered.
pub async fn insert_ceremony(db: &impl ConnectionTrait, ceremony: Ceremony) -> Result<()> {
    let row: passkey_ceremonies::ActiveModel = ceremony.into();
    passkey_ceremonies::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Takes a challenge out. Of two answers that come at the same time, one gets it.
pub async fn consume_ceremony(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: CeremonyPurpose,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<Option<Ceremony>> {
    let code: &str = purpose.into();
    let found = passkey_ceremonies::Entity::find_by_id(token_hash.to_vec())
        .filter(passkey_ceremonies::Column::Purpose.eq(code))
        .filter(passkey_ceremonies::Column::ExpiresAt.gt(now));
    let found: Option<Ceremony> = one(db, found).await?;
    let Some(ceremony) = found.filter(|found| found.account_id == account) else {
        return Ok(None);
    };
    let deleted = passkey_ceremonies::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok((deleted.rows_affected == 1).then_some(ceremony))
}
