//! Support sees a team's own pages as its members do. This gives the role of a viewer, for a session and
//! a time, and only for the actions that look ([`Action::is_open_to_viewing_support`]): the one place
//! that grants it is [`Actor::authorize_team`]. The team's audit trail says when it began.

use chrono::TimeDelta;
use model::AuditAction;
use model::account::{AccountTeam, ViewedTeamView};
use store::viewed_teams::{self, ViewedTeam};
use store::{ConnectionTrait, teams};

use crate::audit::{self, NewAuditEvent};
use crate::{AccountActor, Action, Actor, Error, Services};

/// How long it lasts.
const LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// Begins to see a team as its members do.
///
/// # Errors
/// As [`Actor::authorize_team`]; [`Error::NotFound`] for the operator, who has no session.
#[tracing::instrument(name = "viewed_team.begin", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn begin(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::Review).await?;
    let account = actor.signed_in_account().ok_or(Error::NotFound)?;
    if teams::role(&tx, team.team_id(), account.id).await?.is_some() {
        // a member sees it anyway, and may do more than look
        return Ok(());
    }
    let viewed = ViewedTeam {
        session_hash: account.session_hash.clone(),
        team_id: team.team_id(),
        until: services.now() + LIFETIME,
    };
    viewed_teams::set(&tx, viewed).await?;
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::TeamViewedBySupport)).await?;
    Ok(store::commit(tx).await?)
}

/// Sees no team as its members do any more.
///
/// # Errors
/// As [`Actor::authorize_support`].
#[tracing::instrument(name = "viewed_team.end", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn end(services: &Services, actor: &Actor) -> Result<(), Error> {
    actor.authorize_support(Action::Review)?;
    let account = actor.signed_in_account().ok_or(Error::NotFound)?;
    Ok(viewed_teams::delete(&services.db.autocommit(), &account.session_hash).await?)
}

/// What the frame of the pages says of it; nothing to somebody who is a member of the team by now.
pub(crate) async fn view(db: &impl ConnectionTrait, account: &AccountActor) -> Result<Option<ViewedTeamView>, Error> {
    let Some(viewed) = &account.viewed_team else { return Ok(None) };
    if teams::role(db, viewed.team_id, account.id).await?.is_some() {
        return Ok(None);
    }
    let Some(team) = teams::by_id(db, viewed.team_id).await? else { return Ok(None) };
    Ok(Some(ViewedTeamView {
        team: AccountTeam { slug: team.slug, name: team.name, status: team.status, role: model::Role::Viewer },
        until: viewed.until,
    }))
}
