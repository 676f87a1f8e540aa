//! Limits on attempts that anybody can cause, and on tests: each team keeps the newest; older ones are counted
//! and deleted.

use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::attempts::{AttemptStatus, is_failed, is_open, is_test};
use crate::entities::{attempts, swept_attempts};
use crate::{Result, Timestamp, Tx};

/// Which attempts are kept in a limited number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAttempts {
    /// They went to the identity provider and did not come back in time.
    NeverReturned,
    /// They were refused, and nothing that was signed says whose they were.
    Rejected,
    /// They were tests, and are over.
    Test,
}

impl LimitedAttempts {
    fn condition(self, now: Timestamp) -> Condition {
        let all = Condition::all().add(is_test(self == Self::Test));
        match self {
            Self::NeverReturned => all.add(is_open()).add(attempts::Column::ExpiresAt.lte(now)),
            Self::Rejected => all.add(is_failed()).add(attempts::Column::NameId.is_null()),
            Self::Test => all
                .add(attempts::Column::Status.ne(AttemptStatus::Open.code()).or(attempts::Column::ExpiresAt.lte(now))),
        }
    }
}

/// Teams that have more of these than so many.
pub async fn teams_over_limit(
    db: &impl ConnectionTrait,
    which: LimitedAttempts,
    now: Timestamp,
    most: u64,
) -> Result<Vec<TeamId>> {
    let count = attempts::Column::Id.count();
    let teams: Vec<Uuid> = attempts::Entity::find()
        .select_only()
        .column(attempts::Column::TeamId)
        .filter(which.condition(now))
        .group_by(attempts::Column::TeamId)
        .having(count.gt(i64::try_from(most).unwrap_or(i64::MAX)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(teams.into_iter().map(TeamId::from).collect())
}

/// Removes at most `limit` of a team's sign-ins of this kind but the newest `keep`, with all
/// that hangs on them, counts them, and says how many went.
pub async fn delete_oldest(
    tx: &Tx,
    team: TeamId,
    which: LimitedAttempts,
    now: Timestamp,
    keep: u64,
    limit: u64,
) -> Result<u64> {
    let old: Vec<Uuid> = attempts::Entity::find()
        .select_only()
        .column(attempts::Column::Id)
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(which.condition(now))
        .order_by_desc(attempts::Column::CreatedAt)
        .order_by_desc(attempts::Column::Id)
        .offset(keep)
        .limit(limit)
        .into_tuple()
        .all(tx)
        .await?;
    if old.is_empty() {
        return Ok(0);
    }
    let gone = attempts::Entity::delete_many().filter(attempts::Column::Id.is_in(old)).exec(tx).await?.rows_affected;
    add_to_count(tx, team, i64::try_from(gone).unwrap_or(i64::MAX)).await?;
    Ok(gone)
}

async fn add_to_count(tx: &Tx, team: TeamId, gone: i64) -> Result<()> {
    let row = swept_attempts::ActiveModel { team_id: Set(team.as_uuid()), count: Set(gone) };
    let before = Expr::col((swept_attempts::Entity, swept_attempts::Column::Count));
    let add = OnConflict::column(swept_attempts::Column::TeamId)
        .value(swept_attempts::Column::Count, before.add(gone))
        .to_owned();
    swept_attempts::Entity::insert(row).on_conflict(add).exec_without_returning(tx).await?;
    Ok(())
}

/// How many of a team's sign-ins were removed so.
pub async fn count(db: &impl ConnectionTrait, team: TeamId) -> Result<u64> {
    let row = swept_attempts::Entity::find_by_id(team.as_uuid()).one(db).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.count).unwrap_or_default()))
}
