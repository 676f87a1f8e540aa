//! The list as a whole, for a file: read piece by piece.

use model::AuditAction;
use model::support::{TeamListEntry, TeamListFilter};
use store::team_index;
use store::team_list::{self, SearchMatches, TeamPageStart, TeamQuery, WordLimits};

use super::{entries, filter};
use crate::audit::NewAuditEvent;
use crate::{Action, Actor, Error, Services, audit};

/// Teams read at once.
const BATCH: u64 = 500;
/// Teams of one file.
const MAX_TEAMS: u64 = 100_000;

/// Reads teams in the order of their list.
#[derive(Debug)]
pub struct TeamExport {
    query: TeamQuery,
    words: SearchMatches,
    remaining: u64,
}

impl TeamExport {
    /// The export of a list, filtered and sorted as its page is. That it was made stands in the audit
    /// trail: it says who the customers are.
    #[tracing::instrument(name = "teams_export", skip_all, fields(actor.kind = actor.kind().as_str()))]
    pub async fn begin(services: &Services, actor: &Actor, filter: &TeamListFilter) -> Result<Self, Error> {
        actor.authorize_support(Action::Review)?;
        let query = filter::query(&filter.first_page(), services.now());
        let words = team_index::search_words(&filter.q);
        let words = team_list::find_words(services.db.connection(), &words, WordLimits::default()).await?;
        let tx = services.db.begin().await?;
        audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::TeamsExported)).await?;
        store::commit(tx).await?;
        Ok(Self { query, words, remaining: MAX_TEAMS })
    }

    /// The next teams; nothing after the last.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Vec<TeamListEntry>>, Error> {
        let limit = BATCH.min(self.remaining);
        if limit == 0 {
            return Ok(None);
        }
        let db = services.db.connection();
        let found = team_list::find(db, &self.query, &self.words, limit, limit).await?.teams;
        let Some(last) = found.last() else { return Ok(None) };
        self.query.start = TeamPageStart::After(last.position(self.query.sort));
        self.remaining -= u64::try_from(found.len()).unwrap_or(limit).min(self.remaining);
        Ok(Some(entries(services, found).await?))
    }
}
