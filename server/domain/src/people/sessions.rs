//! Ending a person's sessions: one, or all.

use model::AuditAction;
use model::audit::AuditDetail;
use store::federated_sessions;

use super::{audit_name, lock_person};
use crate::audit::{self, NewAuditEvent};
use crate::logout::{self, SessionsOf};
use crate::sign_in::Finding;
use crate::token::public_session_id;
use crate::{Actor, Error, Services};

/// Ends one session of a person.
///
/// # Errors
/// [`Error::NotFound`] if the person has no such session, or the actor may not.
#[tracing::instrument(name = "people.end_session", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn end_session(
    services: &Services,
    actor: &Actor,
    slug: &str,
    id: &str,
    session_id: &str,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, person) = lock_person(&tx, actor, slug, id).await?;
    let sessions = federated_sessions::person_sessions_of(&tx, team.team_id(), person.id).await?;
    let session = sessions.into_iter().find(|session| public_session_id(&session.token_hash) == session_id);
    let session = session.ok_or(Error::NotFound)?;
    if logout::end_person_session(services, &tx, session.token_hash).await? {
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonSessionsEnded);
        audit::record(
            services,
            &tx,
            actor,
            event.target(audit_name(&person)).coded_detail(&AuditDetail::SessionsEnded { count: 1 }),
        )
        .await?;
    }
    Ok(store::commit(tx).await?)
}

/// Ends all of them, and what applications were given for longer; says how many sessions there were.
///
/// # Errors
/// [`Error::NotFound`] if there is no such person, or the actor may not.
#[tracing::instrument(name = "people.end_sessions", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn end_sessions(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<u64, Error> {
    let tx = services.db.begin().await?;
    let (team, person) = lock_person(&tx, actor, slug, id).await?;
    let (of_person, why) = (SessionsOf::Person(person.id), Finding::signed_out_by_team());
    let ended = logout::end_sessions(services, &tx, actor, &team, of_person, &why).await?.count;
    if ended > 0 {
        let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonSessionsEnded);
        audit::record(
            services,
            &tx,
            actor,
            event.target(audit_name(&person)).coded_detail(&AuditDetail::SessionsEnded { count: ended }),
        )
        .await?;
    }
    store::commit(tx).await?;
    Ok(ended)
}
