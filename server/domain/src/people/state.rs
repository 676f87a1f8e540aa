//! Deactivating a person, whatever their identity provider says, and letting them in again.

use model::audit::AuditDetail;
use model::{AuditAction, FindingCode};
use store::people;

use super::{audit_name, lock_person};
use crate::audit::{self, NewAuditEvent};
use crate::logout::{self, SessionsOf};
use crate::sign_in::Finding;
use crate::{Actor, Error, Services};

/// Deactivates a person: their sessions end at once, and so does what applications were given; the
/// next sign-in is refused.
///
/// # Errors
/// [`Error::NotFound`] if there is no such person, or the actor may not.
#[tracing::instrument(name = "people.deactivate", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn deactivate(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, person) = lock_person(&tx, actor, slug, id).await?;
    if people::set_deactivated(&tx, team.team_id(), person.id, Some(services.now())).await? {
        let (of_person, why) = (SessionsOf::Person(person.id), Finding::new(FindingCode::PersonDeactivated));
        let ended = logout::end_sessions(services, &tx, actor, &team, of_person, &why).await?.count;
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonDeactivated).target(audit_name(&person));
        audit::record(services, &tx, actor, event.coded_detail(&AuditDetail::SessionsEnded { count: ended })).await?;
    }
    Ok(store::commit(tx).await?)
}

/// Lets a person in again.
///
/// # Errors
/// [`Error::NotFound`] if there is no such person, or the actor may not.
#[tracing::instrument(name = "people.reactivate", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn reactivate(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, person) = lock_person(&tx, actor, slug, id).await?;
    if people::set_deactivated(&tx, team.team_id(), person.id, None).await? {
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonReactivated).target(audit_name(&person));
        audit::record(services, &tx, actor, event).await?;
    }
    Ok(store::commit(tx).await?)
}
