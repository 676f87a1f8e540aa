//! All sessions of a team's people: how many there are, and ending them, such as after a key of
//! the identity provider's was replaced because somebody else had it.

use model::audit::AuditDetail;
use model::team::TeamSessions;
use model::{AuditAction, FindingCode, FindingValue, TeamStatus};
use store::teams::Team;
use store::{Tx, federated_sessions, support_accounts};

use super::end_sessions::{SessionsOf, end_sessions};
use crate::audit::{self, NewAuditEvent};
use crate::sign_in::Finding;
use crate::{Action, Actor, Error, Services, grants, vendor_roles};

/// How many sessions are open.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn team_sessions(services: &Services, actor: &Actor, slug: &str) -> Result<TeamSessions, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::EndTeamSessions).await?;
    let count = federated_sessions::count(db, team.team_id(), services.now()).await?;
    Ok(TeamSessions { team_name: team.name, count })
}

/// Ends all of them, and says how many there were.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn end_team_sessions(services: &Services, actor: &Actor, slug: &str) -> Result<u64, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::EndTeamSessions).await?;
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    let ended = end_all_sessions_of_team(services, &tx, actor, &team).await?;
    store::commit(tx).await?;
    Ok(ended)
}

/// The same, as part of something else.
pub(crate) async fn end_all_sessions_of_team(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
) -> Result<u64, Error> {
    let why = Finding::with_actual(FindingCode::SignedOut, FindingValue::TeamSessionsEnded);
    let ended = end_sessions(services, tx, actor, team, SessionsOf::Everyone, &why).await?.count;
    let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamSessionsEnded)
        .coded_detail(&AuditDetail::SessionsEnded { count: ended });
    audit::record(services, tx, actor, event).await?;
    Ok(ended)
}

/// What ends with a team that is suspended, by whoever's decision: all sessions of its people,
/// and what support, who came by the same door, had given others.
pub(crate) async fn end_access_of_suspended_team(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
) -> Result<(), Error> {
    let why = Finding::team_not_active(TeamStatus::Suspended);
    end_sessions(services, tx, actor, team, SessionsOf::Everyone, &why).await?;
    for (account, _) in support_accounts::by_people(tx, team.team_id()).await? {
        grants::withdraw_invalid(services, tx, account.account_id()).await?;
    }
    Ok(())
}
