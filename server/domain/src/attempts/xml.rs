//! The XML that was sent and received, for those who may see it. That they looked is in the
//! team's audit trail.

use model::attempts::{XmlLine, XmlView};
use model::{AuditAction, EventKind, Reference, Verdict};
use store::attempt_documents::{self, Document, DocumentKind};
use store::attempt_events;
use store::attempts::Attempt;

use super::access::{AttemptPart, AttemptScope, AttemptViewer};
use super::documents;
use crate::audit::NewAuditEvent;
use crate::{Actor, Error, Services, audit};

/// The XML of the attempt with a reference, as far as it is still kept.
#[tracing::instrument(skip_all, fields(team = scope.slug(), reference = reference, actor.kind = actor.kind().as_str()))]
pub async fn xml(services: &Services, actor: &Actor, scope: &AttemptScope, reference: &str) -> Result<XmlView, Error> {
    let tx = services.db.begin().await?;
    let viewer = AttemptViewer::authorise(&tx, actor, scope, AttemptPart::Xml).await?;
    let attempt = viewer.attempt(&tx, reference).await?;
    let since = services.now() - services.settings.retention.xml;
    let kept = attempt_documents::kept(&tx, &attempt, since).await?;
    let events = attempt_events::timeline(&tx, &attempt).await?;
    let is_verified = events.iter().any(|event| event.kind == EventKind::Signature && event.verdict != Verdict::Failed);
    if !kept.is_empty() {
        let event = NewAuditEvent::team(attempt.team_id, AuditAction::XmlViewed).target(attempt.reference.clone());
        audit::record(services, &tx, actor, event).await?;
    }
    store::commit(tx).await?;
    Ok(XmlView {
        request: lines(services, &attempt, &kept, DocumentKind::Request)?,
        response: lines(services, &attempt, &kept, DocumentKind::Response)?,
        is_verified,
        reference: Reference::from_stored(attempt.reference),
    })
}

fn lines(
    services: &Services,
    attempt: &Attempt,
    kept: &[Document],
    kind: DocumentKind,
) -> Result<Option<Vec<XmlLine>>, Error> {
    let Some(document) = kept.iter().find(|document| document.kind == kind) else { return Ok(None) };
    let xml = documents::open(services, attempt, document)?;
    let line = |line: saml::PrettyLine| XmlLine { depth: line.depth, text: line.text, is_signed: line.is_signed };
    Ok(Some(saml::pretty_print(&xml).into_iter().map(line).collect()))
}
