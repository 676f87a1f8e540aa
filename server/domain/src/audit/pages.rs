//! The trail as pages show it, and its export.

use messages::Text as _;
use model::audit::{ActorKind, AuditFilter, AuditPage};
use model::{AuditAction, AuditEntry, FieldProblem};
use store::audit::{self, AuditEvent, AuditPlace, AuditQuery, AuditedActor};
use store::{ConnectionTrait, teams};
use uuid::Uuid;

use super::{chain, detail, kind_without_account, ocsf};
use crate::list_filters::{cut_to_page, end_of_day, from_millis, non_empty, start_of_day};
use crate::policy::{ActorRole, is_allowed};
use crate::{Action, Actor, Error, Services};

/// Events on a page.
const PAGE: u64 = 50;
/// Events of a connection's history.
const HISTORY: u64 = 30;
/// Events of the export read at once.
const BATCH: u64 = 500;

/// Which audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditTrail {
    /// A team's, by its slug.
    Team(String),
    /// The vendor's own, and with [`AuditFilter::team`] a team's.
    Vendor,
}

/// A page of a trail.
///
/// # Errors
/// [`Error::Invalid`] with the name of a filter that cannot be used.
#[tracing::instrument(name = "audit_page", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn page(
    services: &Services,
    actor: &Actor,
    trail: &AuditTrail,
    filter: AuditFilter,
) -> Result<AuditPage, Error> {
    let query = authorised_query(services, actor, trail, &filter).await?;
    let mut events = audit::find(services.db.connection(), &query, PAGE + 1).await?;
    let next = cut_to_page(&mut events, PAGE).map(cursor);
    Ok(AuditPage { entries: events.into_iter().map(audit_entry).collect(), next, filter })
}

/// What was done to a team's connection, newest first: nothing for those who may not see the trail.
///
/// # Errors
/// [`Error::NotFound`] where the actor is no member.
#[tracing::instrument(skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn connection_history(services: &Services, actor: &Actor, slug: &str) -> Result<Vec<AuditEntry>, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    if !is_allowed(ActorRole::Member(role), Action::ViewAudit) {
        return Ok(Vec::new());
    }
    let of_connection = AuditAction::ALL.iter().filter(|action| action.is_about_connection());
    let actions = of_connection.map(|action| action.as_str().to_owned()).collect();
    let query = AuditQuery { chain: Some(team.id.as_uuid()), actions, ..AuditQuery::default() };
    let events = audit::find(db, &query, HISTORY).await?;
    Ok(events.into_iter().map(audit_entry).collect())
}

/// Reads a trail from its newest event to its oldest, one JSON object a line.
#[derive(Debug)]
pub struct AuditExport {
    query: AuditQuery,
    done: bool,
}

impl AuditExport {
    /// The export of a trail, filtered as its page is.
    #[tracing::instrument(name = "audit_export", skip_all, fields(actor.kind = actor.kind().as_str()))]
    pub async fn new(
        services: &Services,
        actor: &Actor,
        trail: &AuditTrail,
        filter: &AuditFilter,
    ) -> Result<Self, Error> {
        Ok(Self { query: authorised_query(services, actor, trail, &filter.first_page()).await?, done: false })
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
            lines.push_str(&ocsf::ocsf_line(services, event));
            lines.push('\n');
        }
        Ok((!lines.is_empty()).then_some(lines))
    }
}

async fn authorised_query(
    services: &Services,
    actor: &Actor,
    trail: &AuditTrail,
    filter: &AuditFilter,
) -> Result<AuditQuery, Error> {
    let db = services.db.connection();
    let chain = match trail {
        AuditTrail::Team(slug) => Some(actor.authorize_team(db, slug, Action::ViewAudit).await?.0.id.as_uuid()),
        AuditTrail::Vendor => {
            actor.authorize_support(Action::ViewVendorAudit)?;
            vendor_chain(db, &filter.team).await?
        }
    };
    let refused = |name| move |problem| Error::field(name, problem);
    Ok(AuditQuery {
        chain,
        actor: non_empty(&filter.actor).map(named_actor),
        actions: non_empty(&filter.action).map(str::to_owned).into_iter().collect(),
        from: start_of_day(&filter.from).map_err(refused(AuditFilter::FROM))?,
        until: end_of_day(&filter.until).map_err(refused(AuditFilter::UNTIL))?,
        older_than: non_empty(&filter.older).and_then(parse_cursor),
    })
}

/// What the vendor's page shows: its own events, all, or a team's.
async fn vendor_chain(db: &impl ConnectionTrait, team: &str) -> Result<Option<Uuid>, Error> {
    match team.trim() {
        "" => Ok(Some(chain::id(None))),
        AuditFilter::ALL => Ok(None),
        slug => {
            let unknown = || Error::field(AuditFilter::TEAM, FieldProblem::NoTeamFound);
            Ok(Some(teams::by_slug_text(db, slug).await?.ok_or_else(unknown)?.id.as_uuid()))
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

/// Whom a text names: an account by its address, or a kind of actor by what pages call it or called it.
fn named_actor(text: &str) -> AuditedActor {
    let name = text.to_lowercase();
    let is_called_so = |kind: &&ActorKind| {
        !kind.has_account() && (kind.text().to_lowercase() == name || former_name(**kind) == Some(&*name))
    };
    ActorKind::ALL.iter().find(is_called_so).map_or(AuditedActor::Name(name), |kind| AuditedActor::Kind(*kind))
}

/// What the trail kept, and pages showed, before it kept codes of actors: links of that time still filter by it.
const fn former_name(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::Anonymous => Some("somebody not signed in"),
        ActorKind::Operator => Some("the command line"),
        ActorKind::Portal => Some("the portal"),
        ActorKind::Member | ActorKind::Support => None,
    }
}

/// Who it was, as pages show it.
fn actor_text(event: &AuditEvent) -> String {
    kind_without_account(event).map_or_else(|| event.actor.clone(), |kind| kind.text())
}

/// An event, as pages show it. One of another version is shown by its code.
pub(crate) fn audit_entry(event: AuditEvent) -> AuditEntry {
    let code = event.action.as_str().to_owned();
    AuditEntry {
        at: event.at,
        actor: actor_text(&event),
        action: event.action.known().map_or(code, |action| action.text()),
        target: event.target,
        before: event.before_value,
        after: event.after_value,
        detail: event.detail.map(detail::shown),
        ip: event.ip,
    }
}
