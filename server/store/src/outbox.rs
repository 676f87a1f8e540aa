//! Mail waiting to be sent, committed in the transaction of the act that it reports.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entities::outbox;
use crate::row::{all, one, row};
use crate::{Result, Timestamp};

row! {
    /// A mail of the outbox.
    OutboxMail in outbox {
        /// Its identifier.
        id: Uuid,
        /// The address that it goes to.
        recipient: String,
        /// Its subject.
        subject: String,
        /// Both its parts, sealed; none once it was sent.
        sealed_body: Option<Vec<u8>>,
        /// When it was written.
        created_at: Timestamp,
        /// When it is tried next.
        next_try_at: Timestamp,
        /// How often it was tried.
        tries: i32,
        /// When it was sent.
        sent_at: Option<Timestamp>,
        /// Since when it is a dead letter.
        dead_at: Option<Timestamp>,
        /// Why the last try failed.
        last_error: Option<String>,
    }
}

/// Adds a mail.
pub async fn insert(db: &impl ConnectionTrait, mail: OutboxMail) -> Result<()> {
    let row: outbox::ActiveModel = mail.into();
    outbox::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Mail whose time has come, oldest first; of the same moment, as they were written.
pub async fn due(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<OutboxMail>> {
    let due = outbox::Entity::find()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::DeadAt.is_null())
        .filter(outbox::Column::NextTryAt.lte(now))
        .order_by_asc(outbox::Column::NextTryAt)
        .order_by_asc(outbox::Column::Id);
    all(db, due.limit(limit)).await
}

/// Takes a mail for sending: until `lease` is over no other replica takes it, and afterwards
/// it is due again unless it was sent. `false`: another replica was quicker.
pub async fn claim(db: &impl ConnectionTrait, mail: &OutboxMail, lease: Timestamp) -> Result<bool> {
    let claimed = outbox::Entity::update_many()
        .col_expr(outbox::Column::NextTryAt, Expr::value(lease))
        .col_expr(outbox::Column::Tries, Expr::col(outbox::Column::Tries).add(1))
        .filter(outbox::Column::Id.eq(mail.id))
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::Tries.eq(mail.tries))
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Notes that a mail was sent, and forgets what it said: it may have held a one-time link.
pub async fn mark_sent(db: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Result<()> {
    let row = outbox::ActiveModel {
        sealed_body: Set(None),
        sent_at: Set(Some(now)),
        last_error: Set(None),
        ..Default::default()
    };
    outbox::Entity::update_many().set(row).filter(outbox::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes why a mail was not sent, and when it is tried again; or that it is not.
pub async fn mark_failed(
    db: &impl ConnectionTrait,
    id: Uuid,
    error: &str,
    next_try_at: Timestamp,
    dead_at: Option<Timestamp>,
) -> Result<()> {
    let row = outbox::ActiveModel {
        last_error: Set(Some(error.to_owned())),
        next_try_at: Set(next_try_at),
        dead_at: Set(dead_at),
        ..Default::default()
    };
    outbox::Entity::update_many().set(row).filter(outbox::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Dead letters, the newest first: mail that is not tried any more.
pub async fn dead_letters(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<OutboxMail>> {
    let dead = outbox::Entity::find().filter(outbox::Column::DeadAt.is_not_null());
    let dead = dead.order_by_desc(outbox::Column::DeadAt).order_by_desc(outbox::Column::Id);
    all(db, dead.limit(limit)).await
}

/// How many dead letters there are.
pub async fn count_dead_letters(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(outbox::Entity::find().filter(outbox::Column::DeadAt.is_not_null()).count(db).await?)
}

/// A dead letter.
pub async fn dead_letter(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<OutboxMail>> {
    one(db, outbox::Entity::find_by_id(id).filter(outbox::Column::DeadAt.is_not_null())).await
}

/// Lets a dead letter be tried again from the beginning.
pub async fn retry(db: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Result<()> {
    let row = outbox::ActiveModel { tries: Set(0), next_try_at: Set(now), dead_at: Set(None), ..Default::default() };
    outbox::Entity::update_many().set(row).filter(outbox::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Removes a mail.
pub async fn delete(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    outbox::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
