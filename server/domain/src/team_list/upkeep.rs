//! Keeps the list up to date with what does not write to it: sign-ins, since theirs is the hot path, and
//! replicas of the version before.

use chrono::TimeDelta;
use store::{team_activity, team_index};

use crate::{Error, Services};

/// What is older says nothing about whether sign-ins fail now.
const LOOK_BACK: TimeDelta = TimeDelta::days(7);
/// A sign-in can begin so long before the newest one that is known, and end after it.
const OVERLAP: TimeDelta = TimeDelta::minutes(30);
/// Teams that one transaction writes to: few enough that nobody waits for it.
const BATCH: usize = 200;

/// Notes the newest sign-ins and failures in the list, and says how many teams it had to write to. It
/// reads what began since the newest sign-in that the list knows of.
#[tracing::instrument(name = "team_list.note_activity", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn note_activity(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let newest = team_activity::newest_known(db).await?.unwrap_or_default();
    let since = (newest - OVERLAP).max(services.now() - LOOK_BACK);
    let activity: Vec<_> = team_activity::since(db, since).await?.into_iter().collect();
    let mut written = 0;
    for activity in activity.chunks(BATCH) {
        let tx = services.db.begin().await?;
        written += team_activity::note(&tx, activity).await?;
        store::commit(tx).await?;
    }
    Ok(written)
}

/// Lists the teams that are not listed yet, and takes over statuses that have changed: after an upgrade,
/// while replicas of the version before go on writing. Says how many teams that were.
#[tracing::instrument(name = "team_list.repair", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn repair(services: &Services) -> Result<usize, Error> {
    let db = services.db.connection();
    let listed = list_missing(services, |_| ()).await?;
    let stale = team_index::stale_statuses(db).await?;
    if !stale.is_empty() {
        let tx = services.db.begin().await?;
        for (team, status) in &stale {
            team_index::set_status(&tx, *team, *status, services.now()).await?;
        }
        store::commit(tx).await?;
    }
    Ok(listed + stale.len())
}

/// Lists the teams that are not listed yet, telling how many there are by now, and says how many they were.
pub(crate) async fn list_missing(services: &Services, mut report: impl FnMut(usize)) -> Result<usize, Error> {
    let db = services.db.connection();
    let mut listed = 0;
    let mut teams = team_index::missing(db, None).await?;
    while let Some(last) = teams.last().copied() {
        let tx = services.db.begin().await?;
        team_index::add(&tx, &teams).await?;
        store::commit(tx).await?;
        listed += teams.len();
        report(listed);
        teams = team_index::missing(db, Some(last)).await?;
    }
    Ok(listed)
}
