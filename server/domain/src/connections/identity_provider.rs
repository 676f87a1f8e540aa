//! Which identity provider a team says that it uses. It changes words and places only, no
//! sign-in: so it belongs to the team and not to a revision.

use model::identity_provider::FIELD;
use model::{AuditAction, FieldProblem, IdentityProvider};
use store::{Code, teams};

use crate::audit::NewAuditEvent;
use crate::{Action, Actor, Error, Services, audit};

/// Saves the choice, by its code; an empty one leaves it to what the team's values look like.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn save_identity_provider(services: &Services, actor: &Actor, slug: &str, chosen: &str) -> Result<(), Error> {
    let refused = || Error::field(FIELD, FieldProblem::NotAChoice);
    let after = match chosen.trim() {
        "" => None,
        code => Some(IdentityProvider::parse(code).ok_or_else(refused)?),
    };
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Configure).await?;
    let before = team.identity_provider.clone().and_then(Code::known);
    if before != after {
        teams::set_identity_provider(&tx, team.team_id(), after).await?;
        let code = |provider: Option<IdentityProvider>| provider.map(IdentityProvider::as_str);
        let event = NewAuditEvent::team(team.team_id(), AuditAction::IdentityProviderChosen);
        audit::record(services, &tx, actor, event.changed(code(before), code(after))).await?;
    }
    Ok(store::commit(tx).await?)
}
