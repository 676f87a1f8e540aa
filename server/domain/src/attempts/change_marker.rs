//! A marker that changes with what a page shows: for pages that keep themselves up to date.

use model::Reference;
use model::attempts::LiveTopic;
use store::attempt_list::{self, AttemptProgress, AttemptSelection};

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use super::list::is_overdue;
use crate::{Actor, Error, Services};

/// How many of the newest attempts are watched: those that may still be on their way.
const NEWEST: u64 = 50;

/// A text that differs whenever what is followed has changed. It says nothing else.
#[tracing::instrument(skip_all, fields(team = scope.slug(), reference = topic.reference(), actor.kind = actor.kind().as_str()))]
pub async fn change_marker(
    services: &Services,
    actor: &Actor,
    scope: &AttemptScope,
    topic: &LiveTopic,
) -> Result<String, Error> {
    let db = services.db.connection();
    let team = AttemptViewer::authorise(db, actor, scope, AttemptPart::Report).await?.team_id();
    let states = match topic {
        LiveTopic::Attempt(reference) => {
            let reference: Reference = reference.parse().map_err(|_| Error::NotFound)?;
            let found = attempt_list::progress(db, team, AttemptSelection::Reference(reference.as_str())).await?;
            if found.is_empty() {
                return Err(Error::NotFound);
            }
            found
        }
        LiveTopic::List => attempt_list::progress(db, team, AttemptSelection::Newest(NEWEST)).await?,
        LiveTopic::LatestTest => attempt_list::progress(db, team, AttemptSelection::LatestTest).await?,
    };
    let now = services.now();
    let line = |state: &AttemptProgress| {
        let is_over = state.finished_at.is_none() && state.expires_at <= now;
        let status: &str = state.status.into();
        let is_overdue = is_overdue(state.status, state.created_at, now);
        format!("{} {status} {} {is_over} {is_overdue}", state.reference, state.event_count)
    };
    let lines: Vec<_> = states.iter().map(line).collect();
    Ok(hex::encode(crate::token::hash(&lines.join("\n"))))
}
