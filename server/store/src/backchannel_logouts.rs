//! Logout tokens on their way to applications (back-channel logout), committed in the transaction that ends
//! the session.

use model::application::LogoutProblem;
use model::ids::{ApplicationId, PersonId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::backchannel_logouts;
use crate::row::{ROWS_PER_STATEMENT, all, row};
use crate::{Result, Timestamp};

row! {
    /// An application that is to be told that a session has ended.
    BackchannelLogout in backchannel_logouts {
        /// Its identifier: the logout token's `jti`.
        id: Uuid,
        /// The application.
        application_id: ApplicationId,
        /// The team.
        team_id: TeamId,
        /// Whose session it was.
        person_id: PersonId,
        /// The session, as the application knows it.
        sid: String,
        /// When the session ended.
        created_at: Timestamp,
        /// When it is tried next.
        next_try_at: Timestamp,
        /// How often it was tried.
        tries: i32,
        /// When the application took it.
        delivered_at: Option<Timestamp>,
        /// Since when it is not tried any more.
        dead_at: Option<Timestamp>,
        /// Why the last try failed.
        last_error: Option<LogoutProblem>,
    }
}

/// Adds logouts.
pub async fn insert(db: &impl ConnectionTrait, logouts: Vec<BackchannelLogout>) -> Result<()> {
    for some in logouts.chunks(ROWS_PER_STATEMENT) {
        let rows = some.iter().cloned().map(backchannel_logouts::ActiveModel::from);
        backchannel_logouts::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Those whose time has come, oldest first.
pub async fn due(db: &impl ConnectionTrait, now: Timestamp, limit: u64) -> Result<Vec<BackchannelLogout>> {
    use backchannel_logouts::Column;
    let due = backchannel_logouts::Entity::find()
        .filter(Column::NextTryAt.lte(now))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::DeadAt.is_null())
        .order_by_asc(Column::NextTryAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    all(db, due).await
}

/// Takes one to deliver: until `lease` is over no other replica takes it. `false`: another was quicker.
pub async fn claim(db: &impl ConnectionTrait, logout: &BackchannelLogout, lease: Timestamp) -> Result<bool> {
    use backchannel_logouts::Column;
    let claimed = backchannel_logouts::Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(lease))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::Id.eq(logout.id))
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::Tries.eq(logout.tries))
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// What came of a try.
#[derive(Clone, Debug)]
pub enum LogoutDelivery {
    /// The application took it.
    Delivered(Timestamp),
    /// It is tried again.
    Failed {
        /// Why.
        error: LogoutProblem,
        /// When.
        next_try_at: Timestamp,
    },
    /// It is not tried any more.
    Dead {
        /// Why the last try failed.
        error: LogoutProblem,
        /// Since when.
        at: Timestamp,
    },
}

/// Notes what came of a try.
pub async fn mark(db: &impl ConnectionTrait, id: Uuid, delivery: LogoutDelivery) -> Result<()> {
    let mut row = backchannel_logouts::ActiveModel::default();
    match delivery {
        LogoutDelivery::Delivered(at) => (row.delivered_at, row.last_error) = (Set(Some(at)), Set(None)),
        LogoutDelivery::Failed { error, next_try_at } => {
            (row.last_error, row.next_try_at) = (Set(Some(error.to_string())), Set(next_try_at));
        }
        LogoutDelivery::Dead { error, at } => {
            (row.last_error, row.dead_at) = (Set(Some(error.to_string())), Set(Some(at)));
        }
    }
    let this = backchannel_logouts::Column::Id.eq(id);
    backchannel_logouts::Entity::update_many().set(row).filter(this).exec(db).await?;
    Ok(())
}

/// An application's logouts, newest first.
pub async fn of_application(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    limit: u64,
) -> Result<Vec<BackchannelLogout>> {
    use backchannel_logouts::Column;
    let logouts = backchannel_logouts::Entity::find()
        .filter(Column::ApplicationId.eq(application.as_uuid()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit);
    all(db, logouts).await
}

/// Deletes those that were delivered or given up before a moment, and says how many there were.
pub async fn delete_finished(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64> {
    use backchannel_logouts::Column;
    let finished = Condition::any().add(Column::DeliveredAt.lte(before)).add(Column::DeadAt.lte(before));
    Ok(backchannel_logouts::Entity::delete_many().filter(finished).exec(db).await?.rows_affected)
}
