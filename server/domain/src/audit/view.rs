//! The trail as pages show it, and as it is handed out.

use model::audit::{AuditFilter, AuditPage};
use model::{AuditAction, AuditEntry, FieldProblem};
use store::audit::{self, AuditEvent, AuditPlace, AuditQuery};
use store::{ConnectionTrait, teams};
use uuid::Uuid;

use super::{chain, export};
use crate::filters::{day, end_of_day, from_millis, given};
use crate::{Action, Actor, Error, Services};

/// Events on a page.
const PAGE: u64 = 50;
/// Events of the export read at once.
const BATCH: u64 = 500;

/// Whose trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trail {
    /// A team's, by its slug.
    Team(String),
    /// The vendor's own, and with [`AuditFilter::team`] a team's.
    Vendor,
}

/// A page of a trail.
///
/// # Errors
/// [`Error::Invalid`] with the name of a filter that cannot be used.
pub async fn page(services: &Services, actor: &Actor, trail: &Trail, filter: AuditFilter) -> Result<AuditPage, Error> {
    let query = authorised(services, actor, trail, &filter).await?;
    let mut events = audit::find(services.db.connection(), &query, PAGE + 1).await?;
    let more = u64::try_from(events.len()).is_ok_and(|found| found > PAGE);
    events.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = events.last().filter(|_| more).map(cursor);
    Ok(AuditPage { entries: events.into_iter().map(entry).collect(), next, filter })
}

/// Reads a trail from its newest event to its oldest, one JSON object a line.
#[derive(Debug)]
pub struct Export {
    query: AuditQuery,
    done: bool,
}

impl Export {
    /// The export of a trail, filtered as its page is.
    pub async fn of(services: &Services, actor: &Actor, trail: &Trail, filter: &AuditFilter) -> Result<Self, Error> {
        Ok(Self { query: authorised(services, actor, trail, filter).await?, done: false })
    }

    /// The next lines; nothing after the last.
    pub async fn lines(&mut self, services: &Services) -> Result<Option<String>, Error> {
        if self.done {
            return Ok(None);
        }
        let events = audit::find(services.db.connection(), &self.query, BATCH).await?;
        self.query.older_than = events.last().map(AuditEvent::place);
        self.done = self.query.older_than.is_none();
        let mut lines = String::new();
        for event in &events {
            lines.push_str(&export::line(services, event));
            lines.push('\n');
        }
        Ok((!lines.is_empty()).then_some(lines))
    }
}

async fn authorised(
    services: &Services,
    actor: &Actor,
    trail: &Trail,
    filter: &AuditFilter,
) -> Result<AuditQuery, Error> {
    let db = services.db.connection();
    let chain = match trail {
        Trail::Team(slug) => Some(actor.team(db, slug, Action::ViewAudit).await?.0.id.as_uuid()),
        Trail::Vendor => {
            actor.vendor(Action::ViewVendorAudit)?;
            vendors(db, &filter.team).await?
        }
    };
    let refused = |name| move |problem| Error::field(name, problem);
    Ok(AuditQuery {
        chain,
        actor: given(&filter.actor).map(str::to_lowercase),
        action: given(&filter.action).map(str::to_owned),
        from: day(&filter.from).map_err(refused("from"))?,
        until: end_of_day(&filter.until).map_err(refused("until"))?,
        older_than: given(&filter.older).and_then(parse_cursor),
    })
}

/// What the vendor's page shows: its own events, all, or a team's.
async fn vendors(db: &impl ConnectionTrait, team: &str) -> Result<Option<Uuid>, Error> {
    match team.trim() {
        "" => Ok(Some(chain::of(None))),
        AuditFilter::ALL => Ok(None),
        slug => {
            let unknown = || Error::field("team", FieldProblem::NotASlug);
            let slug = slug.parse().map_err(|_| unknown())?;
            Ok(Some(teams::by_slug(db, &slug).await?.ok_or_else(unknown)?.id.as_uuid()))
        }
    }
}

fn cursor(event: &AuditEvent) -> String {
    let place = event.place();
    format!("{}_{}_{}", place.at.timestamp_millis(), place.sequence, place.id)
}

/// A place that we named; anything else is the beginning.
fn parse_cursor(text: &str) -> Option<AuditPlace> {
    let mut parts = text.split('_');
    let at = from_millis(parts.next()?)?;
    Some(AuditPlace { at, sequence: parts.next()?.parse().ok()?, id: parts.next()?.parse().ok()? })
}

/// An event, as pages show it. One of another version is shown by its code.
pub(crate) fn entry(event: AuditEvent) -> AuditEntry {
    let words = AuditAction::parse(&event.action).map(|action| action.words().to_owned());
    AuditEntry {
        at: event.at,
        actor: event.actor,
        action: words.unwrap_or(event.action),
        target: event.target,
        before: event.before_value,
        after: event.after_value,
        detail: event.detail,
        ip: event.ip,
    }
}
