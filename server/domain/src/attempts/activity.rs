//! What a team's people did lately: sign-ins a day, and what they failed for.

use std::collections::HashMap;

use chrono::TimeDelta;
use model::team_activity::{ACTIVITY_DAYS, ActivityDay, FailingSignIns};
use model::{Reference, TeamActivity, Timestamp};
use store::attempt_days::{self, AttemptDay};
use store::members;

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use crate::{Actor, Error, Services};

/// How many findings are named.
const FINDINGS: u64 = 3;
/// What failed longer ago has been seen, or has passed.
const FAILING_DAYS: i64 = 7;

/// The activity of a team.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see the team's sign-ins.
#[tracing::instrument(name = "team_activity", skip_all)]
pub async fn activity(services: &Services, actor: &Actor, slug: &str) -> Result<TeamActivity, Error> {
    let db = services.db.connection();
    let scope = AttemptScope::Team(slug.to_owned());
    let viewer = AttemptViewer::authorise(db, actor, &scope, AttemptPart::Report).await?;
    let team = viewer.team.ok_or(Error::NotFound)?.team_id();
    let days = days_until(services.now());
    let since = first_moment(days.first().map(String::as_str).unwrap_or_default()).unwrap_or_else(|| services.now());
    let counted = attempt_days::days(db, team, since).await?;
    let failing = attempt_days::failed_for(db, team, services.now() - TimeDelta::days(FAILING_DAYS), FINDINGS).await?;
    let failing = failing.into_iter().map(|failed| FailingSignIns {
        code: failed.finding,
        count: failed.count,
        latest: Reference::from_stored(failed.latest),
    });
    let members = members::list(db, team).await?;
    let without = members.iter().filter(|member| !member.second_factor).count();
    Ok(TeamActivity {
        days: with_counts(days, counted),
        failing: failing.collect(),
        members_without_second_factor: u64::try_from(without).unwrap_or(u64::MAX),
    })
}

/// The last days, today included, oldest first.
fn days_until(now: Timestamp) -> Vec<String> {
    let days = (0..i64::try_from(ACTIVITY_DAYS).unwrap_or_default()).rev();
    days.map(|ago| (now - TimeDelta::days(ago)).date_naive().to_string()).collect()
}

fn first_moment(day: &str) -> Option<Timestamp> {
    let day: chrono::NaiveDate = day.parse().ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

fn with_counts(days: Vec<String>, counted: Vec<AttemptDay>) -> Vec<ActivityDay> {
    let mut counted: HashMap<String, AttemptDay> = counted.into_iter().map(|day| (day.day.clone(), day)).collect();
    let day = |day: String| {
        let count = counted.remove(&day);
        let (passed, failed) = count.map_or((0, 0), |count| (count.passed, count.failed));
        ActivityDay { day, passed, failed }
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
        assert_eq!((days.len(), days[0].as_str(), days[29].as_str()), (30, "2026-10-25", "2026-11-23"));
        let counted = vec![AttemptDay { day: "2026-11-23".into(), passed: 2, failed: 1 }];
        let shown = with_counts(days, counted);
        assert_eq!((shown[28].passed, shown[29].passed, shown[29].failed), (0, 2, 1));
        assert_eq!(first_moment(&shown[0].day).unwrap().to_rfc3339(), "2026-10-25T00:00:00+00:00");
    }
}
