//! Sign-ins by day: the last days as pages show them, and the counts of all teams together, which a
//! background job keeps.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use model::Timestamp;
use model::team_statistics::{STATISTICS_DAYS, SignInDay};
use store::sign_in_days::{self, CountedDay};

use crate::{Error, Services};

/// A sign-in ends at the latest so long after its day, however it ends.
const SETTLED_AFTER: TimeDelta = TimeDelta::hours(1);

/// The last days in UTC, today included, oldest first.
pub(crate) fn last_days(now: Timestamp) -> [NaiveDate; STATISTICS_DAYS] {
    let mut day = now.date_naive();
    let mut days = [day; STATISTICS_DAYS];
    for place in days.iter_mut().rev() {
        *place = day;
        day = day.pred_opt().unwrap_or(day);
    }
    days
}

/// When a day begins.
pub(crate) fn beginning(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Each of the days with what was counted; what is not said was nothing.
pub(crate) fn with_counts(
    days: [NaiveDate; STATISTICS_DAYS],
    counted: impl Iterator<Item = SignInDay>,
) -> Vec<SignInDay> {
    let mut counted: HashMap<String, SignInDay> = counted.map(|day| (day.day.clone(), day)).collect();
    let of_day = |day: NaiveDate| {
        let day = day.to_string();
        counted.remove(&day).unwrap_or(SignInDay { day, passed: 0, failed: 0 })
    };
    days.into_iter().map(of_day).collect()
}

/// Counts the sign-ins of all teams on each of the last days that was not counted since it was over, and
/// says how many days it had to write. A day is gone through once a run until it is over, and never
/// after that.
#[tracing::instrument(name = "sign_in_days.count", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn count(services: &Services) -> Result<usize, Error> {
    let db = services.db.connection();
    let (now, days) = (services.now(), last_days(services.now()));
    let known = sign_in_days::list(db).await?;
    let mut counted = Vec::new();
    for day in days {
        let (from, name) = (beginning(day), day.to_string());
        let settled_at = from + TimeDelta::days(1) + SETTLED_AFTER;
        let known = known.iter().find(|known| known.day == name);
        if known.is_some_and(|known| known.counted_at >= settled_at) {
            continue;
        }
        let counts = sign_in_days::count(db, from, from + TimeDelta::days(1)).await?;
        let is_same = known.is_some_and(|known| (known.passed, known.failed) == (counts.passed, counts.failed));
        if !is_same || now >= settled_at {
            counted.push(CountedDay { day: name, passed: counts.passed, failed: counts.failed, counted_at: now });
        }
    }
    if counted.is_empty() {
        return Ok(0);
    }
    let written = counted.len();
    let tx = services.db.begin().await?;
    for day in counted {
        sign_in_days::write(&tx, day).await?;
    }
    let [oldest, ..] = days;
    sign_in_days::delete_before(&tx, &oldest.to_string()).await?;
    store::commit(tx).await?;
    Ok(written)
}

/// The last days of all teams together, as they were counted last.
pub(crate) async fn of_all_teams(services: &Services) -> Result<Vec<SignInDay>, Error> {
    let counted = sign_in_days::list(services.db.connection()).await?.into_iter().map(|day| SignInDay {
        day: day.day,
        passed: day.passed.try_into().unwrap_or(0),
        failed: day.failed.try_into().unwrap_or(0),
    });
    Ok(with_counts(last_days(services.now()), counted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_there_whether_somebody_signed_in_or_not() {
        let now = "2026-11-23T00:00:01Z".parse().unwrap();
        let days = last_days(now);
        let text = |place: usize| days[place].to_string();
        assert_eq!((days.len(), text(0).as_str(), text(29).as_str()), (30, "2026-10-25", "2026-11-23"));
        let counted = [SignInDay { day: "2026-11-23".into(), passed: 2, failed: 1 }];
        let shown = with_counts(days, counted.into_iter());
        assert_eq!((shown[28].passed, shown[29].passed, shown[29].failed), (0, 2, 1));
        assert_eq!(beginning(days[0]).to_rfc3339(), "2026-10-25T00:00:00+00:00");
    }
}
