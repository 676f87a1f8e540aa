//! What sign-ins change of support's list of teams: when people signed in last, and whether they cannot.
//! Sign-ins themselves write none of it: a background job reads the newest of them.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::attempts::{AttemptStatus, is_failed, is_test};
use crate::entities::{attempts, team_listings};
use crate::{Result, Timestamp, Tx};

/// A row is written again for a later sign-in only when that is so much later: a team whose people come
/// all the time costs a write an hour.
const PRECISION: TimeDelta = TimeDelta::hours(1);

/// When people of a team signed in last, and when that failed last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TeamActivity {
    /// The last sign-in that succeeded.
    pub signed_in_at: Option<Timestamp>,
    /// The last one that failed.
    pub failed_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct LatestAttemptRow {
    team_id: Uuid,
    latest: Timestamp,
}

/// The latest sign-in that the list knows of, of any team.
pub async fn newest_known(db: &impl ConnectionTrait) -> Result<Option<Timestamp>> {
    let newest = team_listings::Entity::find()
        .select_only()
        .column(team_listings::Column::LastSignInAt)
        .order_by_desc(team_listings::Column::LastSignInAt)
        .limit(1);
    Ok(newest.into_tuple().one(db).await?)
}

/// What happened since a moment, of each team where something did.
pub async fn since(db: &impl ConnectionTrait, since: Timestamp) -> Result<BTreeMap<TeamId, TeamActivity>> {
    let succeeded = Condition::all().add(attempts::Column::Status.eq(AttemptStatus::Succeeded.code()));
    let mut activity: BTreeMap<TeamId, TeamActivity> = BTreeMap::new();
    for row in latest(db, succeeded, since).await? {
        activity.entry(row.team_id.into()).or_default().signed_in_at = Some(row.latest);
    }
    for row in latest(db, is_failed(), since).await? {
        activity.entry(row.team_id.into()).or_default().failed_at = Some(row.latest);
    }
    Ok(activity)
}

async fn latest(db: &impl ConnectionTrait, which: Condition, since: Timestamp) -> Result<Vec<LatestAttemptRow>> {
    let rows = attempts::Entity::find()
        .filter(attempts::Column::CreatedAt.gt(since))
        .filter(which)
        .filter(is_test(false))
        .select_only()
        .column(attempts::Column::TeamId)
        .column_as(attempts::Column::CreatedAt.max(), "latest")
        .group_by(attempts::Column::TeamId);
    Ok(rows.into_model().all(db).await?)
}

/// Notes what happened in some teams, and says how many rows had to be written.
pub async fn note(tx: &Tx, activity: &[(TeamId, TeamActivity)]) -> Result<u64> {
    let ids = activity.iter().map(|(team, _)| team.as_uuid());
    let rows = team_listings::Entity::find()
        .filter(team_listings::Column::TeamId.is_in(ids))
        .order_by_asc(team_listings::Column::TeamId)
        .lock_exclusive()
        .all(tx)
        .await?;
    let activity: BTreeMap<TeamId, TeamActivity> = activity.iter().copied().collect();
    let mut written = 0;
    for row in rows {
        let Some(change) = activity.get(&row.team_id.into()).and_then(|activity| change(&row, *activity)) else {
            continue;
        };
        let update = team_listings::Entity::update_many().set(change);
        update.filter(team_listings::Column::TeamId.eq(row.team_id)).exec(tx).await?;
        written += 1;
    }
    Ok(written)
}

/// What has to be written to a row, if anything.
fn change(row: &team_listings::Model, activity: TeamActivity) -> Option<team_listings::ActiveModel> {
    let signed_in_at = activity.signed_in_at.unwrap_or_default().max(row.last_sign_in_at);
    let failed_at = activity.failed_at.max(row.failed_at).filter(|failed_at| *failed_at > signed_in_at);
    let is_much_later = signed_in_at - row.last_sign_in_at >= PRECISION
        || failed_at.zip(row.failed_at).is_some_and(|(now, before)| now - before >= PRECISION);
    (is_much_later || failed_at.is_some() != row.failed_at.is_some()).then(|| team_listings::ActiveModel {
        last_sign_in_at: Set(signed_in_at),
        failed_at: Set(failed_at),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::default() + TimeDelta::minutes(100_000 + minutes)
    }

    /// What a row holds after something happened, in minutes; none if it is not written.
    fn after(row: (i64, Option<i64>), signed_in: Option<i64>, failed: Option<i64>) -> Option<(i64, Option<i64>)> {
        let row = team_listings::Model {
            team_id: Uuid::nil(),
            sort_name: String::new(),
            status: model::TeamStatus::Active.into(),
            status_since: at(0),
            identity_provider: None,
            certificate_ends_at: None,
            last_sign_in_at: at(row.0),
            failed_at: row.1.map(at),
        };
        let minutes = |moment: Timestamp| (moment - at(0)).num_minutes();
        let change = change(&row, TeamActivity { signed_in_at: signed_in.map(at), failed_at: failed.map(at) })?;
        Some((minutes(change.last_sign_in_at.unwrap()), change.failed_at.unwrap().map(minutes)))
    }

    #[test]
    fn a_row_is_written_when_it_says_something_else() {
        assert_eq!(after((0, None), Some(59), None), None, "hardly later");
        assert_eq!(after((0, None), Some(60), None), Some((60, None)));
        assert_eq!(after((0, None), None, Some(1)), Some((0, Some(1))), "begins to fail");
        assert_eq!(after((0, Some(1)), None, Some(2)), None, "goes on failing");
        assert_eq!(after((0, Some(1)), Some(2), None), Some((2, None)), "works again");
        assert_eq!(after((0, None), Some(3), Some(2)), None, "failed, and succeeded since");
        assert_eq!(after((0, None), Some(2), Some(3)), Some((2, Some(3))), "succeeded, and failed since");
        assert_eq!(after((90, None), Some(5), Some(6)), None, "what is older than what is known");
    }
}
