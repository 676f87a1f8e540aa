//! Removes what has expired.

use chrono::TimeDelta;
use store::attempt_limits::{self, LimitedAttempts};
use store::{applications, attempt_documents, attempt_list, backchannel_logouts};

use crate::{Error, Services, people};

/// Documents that go in one statement: few enough that nobody waits for them.
const DOCUMENTS: u64 = 2_000;
/// Attempts that do: each takes some 30 events along.
const ATTEMPTS: u64 = 200;

/// For how long it is known what applications' requests were refused for, and which logouts they were told of.
const KEPT_OF_APPLICATIONS: TimeDelta = TimeDelta::days(30);

/// How many of a team's sign-ins that anybody can cause, and of its tests, are kept: the newest.
/// Administrators need them to see that people do not come back, or with what they do.
const MAX_KEPT: [(LimitedAttempts, u64); 3] =
    [(LimitedAttempts::NeverReturned, 300), (LimitedAttempts::Rejected, 1_000), (LimitedAttempts::Test, 200)];

/// Deletes sessions, tokens, refused forms and used assertions whose time is over, sign-ins
/// that are older than the configuration keeps them, erases people who have not signed in for longer
/// than it keeps them, and says how many rows went.
#[tracing::instrument(name = "sweep_expired", skip_all, fields(actor.kind = "portal"))]
pub async fn delete_expired(services: &Services) -> Result<u64, Error> {
    let db = services.db.autocommit();
    let now = services.now();
    services.row_budgets.forget_idle(now);
    services.in_memory_counts.forget_idle(now);
    let retention = services.settings.retention;
    let mut rows = store::sweep::expired(&db, now).await?;
    // with nothing to keep, what was kept before goes as well
    let xml_before = now - retention.xml;
    loop {
        let deleted = attempt_documents::delete_before(&db, xml_before, DOCUMENTS).await?;
        rows += deleted;
        if deleted < DOCUMENTS {
            break;
        }
    }
    rows += applications::delete_refused_requests(&db, now - KEPT_OF_APPLICATIONS).await?;
    rows += backchannel_logouts::delete_finished(&db, now - KEPT_OF_APPLICATIONS).await?;
    let before = now - retention.attempts;
    loop {
        let deleted = attempt_list::delete_before(&db, before, ATTEMPTS).await?;
        rows += deleted;
        if deleted < ATTEMPTS {
            break;
        }
    }
    if let Some(keep) = retention.people {
        rows += people::erase_inactive(services, keep).await?;
    }
    Ok(rows + delete_surplus_attempts(services).await?)
}

/// Deletes the oldest of the sign-ins that anybody can cause, and of tests, where a team has more
/// of them than are kept.
async fn delete_surplus_attempts(services: &Services) -> Result<u64, Error> {
    let now = services.now();
    let mut rows = 0;
    for (which, keep) in MAX_KEPT {
        for team in attempt_limits::teams_over_limit(services.db.connection(), which, now, keep).await? {
            loop {
                let tx = services.db.begin().await?;
                let gone = attempt_limits::delete_oldest(&tx, team, which, now, keep, ATTEMPTS).await?;
                store::commit(tx).await?;
                rows += gone;
                if gone < ATTEMPTS {
                    break;
                }
            }
        }
    }
    Ok(rows)
}
