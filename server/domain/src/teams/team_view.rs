//! A team, as its pages show it.

use model::{RevisionState, Role, TeamView};
use store::teams::Team;
use store::{Code, ConnectionTrait, people, revisions};

use crate::{Error, Services};

/// A team, as its pages show it.
pub(crate) async fn team_view(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    role: Role,
) -> Result<TeamView, Error> {
    let id = team.team_id();
    let slug = team.slug.clone();
    Ok(TeamView {
        name: team.name.clone(),
        status: team.status,
        status_words: team.status_words.clone(),
        role,
        endpoints: services.settings.urls.endpoints(&slug),
        created_at: team.created_at,
        people: people::count(db, id).await?,
        last_sign_in_at: people::last_sign_in(db, id).await?,
        has_draft: revisions::in_state(db, id, RevisionState::Draft).await?.is_some(),
        identity_provider: team.identity_provider.clone().and_then(Code::known),
        slug,
    })
}
