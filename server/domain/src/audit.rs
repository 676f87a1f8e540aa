//! The one way to write to the audit trail.

use model::ids::TeamId;
use store::audit::AuditEvent;
use store::{ConnectionTrait, audit};

use crate::{Actor, Error, Services};

/// Writes an event, in the transaction of the act itself.
pub(crate) async fn record(
    services: &Services,
    tx: &impl ConnectionTrait,
    actor: &Actor,
    team: Option<TeamId>,
    action: &str,
    detail: Option<String>,
) -> Result<(), Error> {
    let now = services.now();
    let event = AuditEvent {
        id: services.uuid(),
        team_id: team.map(TeamId::as_uuid),
        actor: actor.words(),
        action: action.to_owned(),
        detail,
        at: now,
    };
    Ok(audit::insert(tx, event).await?)
}
