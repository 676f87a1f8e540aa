//! Mail waiting to be sent, committed with what it tells of.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::outbox;
pub use crate::entities::outbox::Model as OutboxMail;
use crate::{Result, Timestamp};

/// Adds a mail.
pub async fn insert(db: &impl ConnectionTrait, mail: OutboxMail) -> Result<()> {
    let row: outbox::ActiveModel = mail.into();
    outbox::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Mail whose time has come, oldest first.
pub async fn due(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<OutboxMail>> {
    let due = outbox::Entity::find()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::NextTryAt.lte(now))
        .order_by_asc(outbox::Column::NextTryAt);
    Ok(due.limit(limit).all(db).await?)
}

/// Takes a mail for sending: until `retry_at` no other replica takes it, and afterwards it
/// is due again unless it was sent. `false`: another replica was quicker.
pub async fn claim(db: &impl ConnectionTrait, mail: &OutboxMail, retry_at: Timestamp) -> Result<bool> {
    let claimed = outbox::Entity::update_many()
        .col_expr(outbox::Column::NextTryAt, Expr::value(retry_at))
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
        text_body: Set(String::new()),
        html_body: Set(String::new()),
        sent_at: Set(Some(now)),
        last_error: Set(None),
        ..Default::default()
    };
    outbox::Entity::update_many().set(row).filter(outbox::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes why a mail was not sent; its next try stays as it was claimed.
pub async fn mark_failed(db: &impl ConnectionTrait, id: Uuid, error: &str) -> Result<()> {
    let row = outbox::ActiveModel { last_error: Set(Some(error.to_owned())), ..Default::default() };
    outbox::Entity::update_many().set(row).filter(outbox::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}
