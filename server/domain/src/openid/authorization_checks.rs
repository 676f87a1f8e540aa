//! What must hold at every step between an authorization request and the last of its tokens: the team is
//! active, the application may be used by it, and the sign-in came from the identity provider that is live.

use model::ids::TeamId;
use model::{ApplicationProblem, RevisionState, TeamStatus};
use store::applications::{self, Application};
use store::authorizations::{self, Authorization, AuthorizationBasis};
use store::teams::{self, Team};
use store::{ConnectionTrait, revisions};

use crate::{Error, Services, cached};

/// The team, if its people may use the application now.
pub(super) async fn team_of_application(
    db: &impl ConnectionTrait,
    application: &Application,
    team: TeamId,
) -> Result<Result<Team, ApplicationProblem>, Error> {
    let Some(team) = teams::by_id(db, team).await? else { return Ok(Err(ApplicationProblem::TeamNotActive)) };
    check_team(db, application, team).await
}

/// The team, which was just read, if its people may use the application now.
pub(super) async fn check_team(
    db: &impl ConnectionTrait,
    application: &Application,
    team: Team,
) -> Result<Result<Team, ApplicationProblem>, Error> {
    if team.status != TeamStatus::Active {
        return Ok(Err(ApplicationProblem::TeamNotActive));
    }
    if !applications::is_allowed(db, application.id, team.team_id()).await? {
        return Ok(Err(ApplicationProblem::TeamNotAllowed));
    }
    Ok(Ok(team))
}

/// Whether a sign-in still opens the application: for a code, whose session must be there, and for a
/// refresh token, which may outlast it.
pub(super) async fn check_authorization(
    services: &Services,
    db: &impl ConnectionTrait,
    authorization: &Authorization,
    needs_session: bool,
) -> Result<Result<Team, ApplicationProblem>, Error> {
    let basis = authorizations::basis(db, authorization, services.now()).await?;
    let Some(AuthorizationBasis { team, is_allowed, has_session, live }) = basis else {
        return Ok(Err(ApplicationProblem::TeamNotActive));
    };
    let problem = if team.status != TeamStatus::Active {
        ApplicationProblem::TeamNotActive
    } else if !is_allowed {
        ApplicationProblem::TeamNotAllowed
    } else if needs_session && !has_session {
        ApplicationProblem::SessionEnded
    } else if live == Some(authorization.revision_id) || is_same_identity_provider(services, db, authorization).await? {
        return Ok(Ok(team));
    } else {
        ApplicationProblem::ConnectionReplaced
    };
    Ok(Err(problem))
}

/// Whether the identity provider that the sign-in came from is the one that is live.
async fn is_same_identity_provider(
    services: &Services,
    db: &impl ConnectionTrait,
    authorization: &Authorization,
) -> Result<bool, Error> {
    let live = revisions::in_state(db, authorization.team_id, RevisionState::Live).await?;
    let Some(live) = live else { return Ok(false) };
    if live.id == authorization.revision_id {
        return Ok(true);
    }
    let Some(before) = cached::revision(services, authorization.team_id, authorization.revision_id).await? else {
        return Ok(false);
    };
    let entity_id = |revision: &store::revisions::Revision| revision.idp.clone().map(|idp| idp.entity_id);
    Ok(entity_id(&live).is_some() && entity_id(&live) == entity_id(&before))
}
