//! What a team's people did lately: sign-ins a day, and what they failed for.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use model::team_statistics::{FailingSignIns, STATISTICS_DAYS, SignInDay};
use model::{Reference, TeamStatistics, Timestamp};
use store::attempt_days::{self, AttemptDay};
use store::members;

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use crate::{Actor, Error, Services};

/// How many findings are named.
const FINDINGS: u64 = 3;
/// What failed longer ago has been seen, or has passed.
const FAILING_DAYS: i64 = 7;

/// What the overview says of a team.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see the team's sign-ins.
#[tracing::instrument(name = "team_statistics", skip_all)]
pub async fn statistics(services: &Services, actor: &Actor, slug: &str) -> Result<TeamStatistics, Error> {
    let db = services.db.connection();
    let scope = AttemptScope::Team(slug.to_owned());
    let viewer = AttemptViewer::authorise(db, actor, &scope, AttemptPart::Report).await?;
    let team = viewer.team.ok_or(Error::NotFound)?.team_id();
    let days = days_until(services.now());
    let counted = attempt_days::days(db, team, beginning(days[0])).await?;
    let failing = attempt_days::failed_for(db, team, services.now() - TimeDelta::days(FAILING_DAYS), FINDINGS).await?;
    let failing = failing.into_iter().map(|failed| FailingSignIns {
        code: failed.finding,
        count: failed.count,
        latest: Reference::from_stored(failed.latest),
    });
    let members = members::list(db, team).await?;
    let without = members.iter().filter(|member| !member.second_factor).count();
    Ok(TeamStatistics {
        days: with_counts(days, counted),
        failing: failing.collect(),
        members_without_second_factor: u64::try_from(without).unwrap_or(u64::MAX),
    })
}

/// The last days in UTC, today included, oldest first.
fn days_until(now: Timestamp) -> [NaiveDate; STATISTICS_DAYS] {
    let mut day = now.date_naive();
    let mut days = [day; STATISTICS_DAYS];
    for place in days.iter_mut().rev() {
        *place = day;
        day = day.pred_opt().unwrap_or(day);
    }
    days
}

fn beginning(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn with_counts(days: [NaiveDate; STATISTICS_DAYS], counted: Vec<AttemptDay>) -> Vec<SignInDay> {
    let mut counted: HashMap<String, AttemptDay> = counted.into_iter().map(|day| (day.day.clone(), day)).collect();
    let day = |day: NaiveDate| {
        let day = day.to_string();
        let (passed, failed) = counted.remove(&day).map_or((0, 0), |count| (count.passed, count.failed));
        SignInDay { day, passed, failed }
    };
    days.into_iter().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_there_whether_somebody_signed_in_or_not() {
        let now = "2026-11-23T00:00:01Z".parse().unwrap();
        let days = days_until(now);
        let text = |place: usize| days[place].to_string();
        assert_eq!((days.len(), text(0).as_str(), text(29).as_str()), (30, "2026-10-25", "2026-11-23"));
        let counted = vec![AttemptDay { day: "2026-11-23".into(), passed: 2, failed: 1 }];
        let shown = with_counts(days, counted);
        assert_eq!((shown[28].passed, shown[29].passed, shown[29].failed), (0, 2, 1));
        assert_eq!(beginning(days[0]).to_rfc3339(), "2026-10-25T00:00:00+00:00");
    }
}
