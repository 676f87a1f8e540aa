//! Attempts to guess a secret or to make us send mail: counted where all replicas see them.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

pub use crate::column_values::ThrottledAction;
use crate::entities::limits;
use crate::row::{one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// A count of attempts.
    Limit in limits {
        /// What is attempted.
        purpose: ThrottledAction,
        /// SHA-256 of the account or address that is counted.
        subject: Vec<u8>,
        /// How many attempts there were.
        attempts: i32,
        /// When the last one was.
        last_at: Timestamp,
        /// Until when the next one waits.
        blocked_until: Timestamp,
        /// When nothing of it counts any more.
        expires_at: Timestamp,
    }
}

/// The count of this subject, if there is one.
pub async fn find(db: &impl ConnectionTrait, fresh: &Limit) -> Result<Option<Limit>> {
    one(db, limits::Entity::find_by_id((fresh.purpose.into(), fresh.subject.clone()))).await
}

/// The count of a subject, locked until the transaction ends; `fresh` if there was none.
/// Locked, so that guesses made at the same time are counted one after the other. Whoever locks several
/// does so in the order of their subjects: two that lock the same ones never wait for one another.
pub async fn lock(tx: &Tx, fresh: Limit) -> Result<Limit> {
    let key = (fresh.purpose.into(), fresh.subject.clone());
    let row: limits::ActiveModel = fresh.clone().into();
    let once = OnConflict::columns([limits::Column::Purpose, limits::Column::Subject]).do_nothing().to_owned();
    limits::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    let locked = one(tx, limits::Entity::find_by_id(key).lock_exclusive()).await?;
    Ok(locked.unwrap_or(fresh))
}

/// Writes a count that is locked.
pub async fn save(tx: &Tx, limit: Limit) -> Result<()> {
    let row = limits::ActiveModel {
        attempts: Set(limit.attempts),
        last_at: Set(limit.last_at),
        blocked_until: Set(limit.blocked_until),
        expires_at: Set(limit.expires_at),
        ..Default::default()
    };
    limits::Entity::update_many()
        .set(row)
        .filter(limits::Column::Purpose.eq(limit.purpose.code()))
        .filter(limits::Column::Subject.eq(limit.subject))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets a count: the secret was right.
pub async fn forget(db: &impl ConnectionTrait, purpose: ThrottledAction, subject: &[u8]) -> Result<()> {
    limits::Entity::delete_by_id((purpose.into(), subject.to_vec())).exec(db).await?;
    Ok(())
}
