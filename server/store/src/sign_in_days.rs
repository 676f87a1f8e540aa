//! Sign-ins of all teams by day: counted by a background job, so that a page reads a row a day.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};

use crate::entities::sign_in_days::{ActiveModel, Column, Entity};
use crate::row::{all, row};
use crate::{Result, Timestamp};

row! {
    /// The sign-ins of one day, of all teams together, tests left out.
    CountedDay in sign_in_days {
        /// The day in UTC, as 2026-11-23.
        day: String,
        /// How many came back and passed every check.
        passed: i64,
        /// How many failed.
        failed: i64,
        /// When they were counted.
        counted_at: Timestamp,
    }
}

/// How many sign-ins passed, and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct SignInCounts {
    /// How many came back and passed every check.
    pub passed: i64,
    /// How many failed.
    pub failed: i64,
}

/// Counts the sign-ins that began in a span of time, its end left out. This goes through all of them.
pub async fn count(db: &impl ConnectionTrait, from: Timestamp, until: Timestamp) -> Result<SignInCounts> {
    let text = "SELECT COUNT(CASE WHEN finding IS NULL AND code_hash IS NOT NULL THEN 1 END) AS passed, \
                COUNT(finding) AS failed FROM attempts WHERE created_at >= $1 AND created_at < $2 AND NOT is_test";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, [from.into(), until.into()]);
    Ok(SignInCounts::find_by_statement(statement).one(db).await?.unwrap_or_default())
}

/// The days that were counted, in no order.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<CountedDay>> {
    all(db, Entity::find()).await
}

/// Writes a day down, whether it was there or not.
pub async fn write(db: &impl ConnectionTrait, day: CountedDay) -> Result<()> {
    let row: ActiveModel = day.into();
    let anew =
        OnConflict::column(Column::Day).update_columns([Column::Passed, Column::Failed, Column::CountedAt]).to_owned();
    Entity::insert(row).on_conflict(anew).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets the days before this one.
pub async fn delete_before(db: &impl ConnectionTrait, day: &str) -> Result<()> {
    Entity::delete_many().filter(Column::Day.lt(day)).exec(db).await?;
    Ok(())
}
