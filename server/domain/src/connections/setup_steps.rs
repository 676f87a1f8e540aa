//! Steps of the set-up that happen in Entra, of which we know what an admin notes.

use model::SetupStep;
use store::teams;

use crate::{Action, Actor, Error, Services};

/// Marks a step that happens in Entra as done.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str(), step = step.as_str()))]
pub async fn confirm_step(services: &Services, actor: &Actor, slug: &str, step: SetupStep) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_team(&tx, slug, Action::Configure).await?;
    teams::confirm_step(&tx, team.team_id(), step, services.now()).await?;
    Ok(store::commit(tx).await?)
}
