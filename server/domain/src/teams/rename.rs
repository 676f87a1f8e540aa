//! A team under another name. Its slug stays: it is in the values that its identity provider has.

use model::{AuditAction, Notice, NoticeKind};
use store::teams;

use super::creation::check_name;
use crate::audit::NewAuditEvent;
use crate::{Action, Actor, Error, Services, audit};

/// Renames a team.
///
/// # Errors
/// [`Error::Invalid`] with `name` where it is none for a team.
#[tracing::instrument(name = "rename_team", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn rename(services: &Services, actor: &Actor, slug: &str, name: &str) -> Result<Notice, Error> {
    let name = check_name(name).map_err(|problem| Error::field("name", problem))?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Configure).await?;
    let is_new = team.name != name.as_str();
    if is_new {
        teams::rename(&tx, team.team_id(), name.as_str()).await?;
        let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamRenamed);
        audit::record(services, &tx, actor, event.changed(Some(&team.name), Some(name.as_str()))).await?;
    }
    store::commit(tx).await?;
    Ok(Notice::of(if is_new { NoticeKind::TeamRenamed } else { NoticeKind::Unchanged }))
}
