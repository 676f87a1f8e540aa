//! What a team's people did lately: sign-ins a day, and what they failed for.

use chrono::TimeDelta;
use model::team_statistics::{FailingSignIns, SignInDay};
use model::{Reference, TeamStatistics};
use store::{attempt_days, members};

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use crate::sign_in_days::{beginning, last_days, with_counts};
use crate::{Actor, Error, Services};

/// How many findings are named.
const FINDINGS: u64 = 3;
/// What failed longer ago has been seen, or has passed.
const FAILING_DAYS: i64 = 7;

/// What the overview says of a team.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see the team's sign-ins.
#[tracing::instrument(name = "team_statistics", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn statistics(services: &Services, actor: &Actor, slug: &str) -> Result<TeamStatistics, Error> {
    let db = services.db.connection();
    let scope = AttemptScope::Team(slug.to_owned());
    let viewer = AttemptViewer::authorise(db, actor, &scope, AttemptPart::Report).await?;
    let team = viewer.team.ok_or(Error::NotFound)?.team_id();
    let days = last_days(services.now());
    let [oldest, ..] = days;
    let counted = attempt_days::days(db, team, beginning(oldest)).await?.into_iter();
    let counted = counted.map(|day| SignInDay { day: day.day, passed: day.passed, failed: day.failed });
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
