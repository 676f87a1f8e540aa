//! The list as a whole, for a file: read piece by piece, since it may be longer than memory.

use model::AuditAction;
use model::people::{PeopleFilter, PersonSummary};
use store::people_list::{self, PeopleQuery};

use super::list::{position_of, query, summary_of};
use crate::audit::NewAuditEvent;
use crate::{Action, Actor, Error, Services, audit};

/// People read at once.
const BATCH: u64 = 500;

/// Reads people from the latest sign-in to the earliest.
#[derive(Debug)]
pub struct PeopleExport {
    query: PeopleQuery,
    done: bool,
}

impl PeopleExport {
    /// The export of a list, filtered as its page is. That it was made stands in the audit trail.
    ///
    /// # Errors
    /// As [`Actor::authorize_team`].
    #[tracing::instrument(name = "people_export", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
    pub async fn begin(services: &Services, actor: &Actor, slug: &str, filter: &PeopleFilter) -> Result<Self, Error> {
        let tx = services.db.begin().await?;
        let (team, _) = actor.authorize_team(&tx, slug, Action::DownloadLists).await?;
        let query = query(team.team_id(), &filter.first_page(), services.now());
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PeopleExported);
        audit::record(services, &tx, actor, event).await?;
        store::commit(tx).await?;
        Ok(Self { query, done: false })
    }

    /// The next people; nothing after the last.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Vec<PersonSummary>>, Error> {
        if self.done {
            return Ok(None);
        }
        let found = people_list::find(services.db.connection(), &self.query, BATCH).await?;
        self.query.older_than = found.last().map(position_of);
        self.done = self.query.older_than.is_none();
        Ok((!found.is_empty()).then(|| found.iter().map(summary_of).collect()))
    }
}
