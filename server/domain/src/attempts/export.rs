//! The list as a whole, for a file: read piece by piece, since it may be longer than memory.

use model::attempts::AttemptFilter;
use model::{AttemptSummary, AuditAction};
use store::attempt_list::{self, AttemptQuery};

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use super::list::{position_of, query, summaries};
use crate::audit::NewAuditEvent;
use crate::{Actor, Error, Services, audit};

/// Attempts read at once.
const BATCH: u64 = 500;

/// Reads attempts from the newest to the oldest.
#[derive(Debug)]
pub struct AttemptExport {
    query: AttemptQuery,
    done: bool,
}

impl AttemptExport {
    /// The export of a list, filtered as its page is. That it was made stands in the audit
    /// trail: it holds people's names.
    #[tracing::instrument(name = "attempts_export", skip_all, fields(team = scope.slug(), actor.kind = actor.kind().as_str()))]
    pub async fn begin(
        services: &Services,
        actor: &Actor,
        scope: &AttemptScope,
        filter: &AttemptFilter,
    ) -> Result<Self, Error> {
        let tx = services.db.begin().await?;
        let viewer = AttemptViewer::authorise(&tx, actor, scope, AttemptPart::File).await?;
        let query = query(&tx, &viewer, &filter.first_page()).await?;
        let event = match &viewer.team {
            Some(team) => NewAuditEvent::team(team.team_id(), AuditAction::SignInsExported),
            None => NewAuditEvent::vendor(AuditAction::SignInsExported),
        };
        audit::record(services, &tx, actor, event).await?;
        store::commit(tx).await?;
        Ok(Self { query, done: false })
    }

    /// The next attempts; nothing after the last.
    pub async fn next(&mut self, services: &Services) -> Result<Option<Vec<AttemptSummary>>, Error> {
        if self.done {
            return Ok(None);
        }
        let db = services.db.connection();
        let found = attempt_list::find(db, &self.query, services.now(), BATCH).await?;
        self.query.older_than = found.last().map(position_of);
        self.done = self.query.older_than.is_none();
        let attempts = summaries(services, db, found).await?;
        Ok((!attempts.is_empty()).then_some(attempts))
    }
}
