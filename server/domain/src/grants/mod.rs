//! Deferred grants: rights that somebody gives by a link and somebody else takes up later.
//!
//! A grant never outlives its granter's right to grant it. Each names its granter's account, not
//! its address. When it is used, the same checks are made again as when it was given, in the
//! same transaction and under the same locks as taking a right away. And each loss of a right
//! withdraws what was granted by it, so that getting the right back revives nothing.
//! Why so: docs/decisions/0027.

mod granter;

use model::TeamStatus;
use model::ids::{AccountId, TeamId};
use model::members::InvitationKind;
use store::invitations::{self, Invitation};
use store::teams::Team;
use store::{ConnectionTrait, Tx, accounts, members, teams};

pub(crate) use granter::Granter;

use crate::{Action, Error, Services};

/// The action that an actor must be allowed to make somebody else a team's first owner. A team
/// beyond its set-up signs people in, and the vendor's own signs support in: a reviewer may not
/// hand these over.
pub(crate) fn onboarding_action(team: &Team) -> Action {
    let is_new = team.status == TeamStatus::Draft && !team.is_vendor;
    if is_new { Action::Onboard } else { Action::ManageSupport }
}

/// Refuses a grant that its granter could not give now: by the checks that are made when it is
/// given.
pub(crate) async fn require_valid(
    services: &Services,
    db: &impl ConnectionTrait,
    grant: &Invitation,
) -> Result<(), Error> {
    let granter = Granter::of_invitation(grant).ok_or(Error::NotFound)?;
    let actor = granter.as_actor(services, db).await?.ok_or(Error::NotFound)?;
    let team = match grant.team_id {
        Some(id) => teams::by_id(db, id).await?,
        None => None,
    };
    let (team, action) = match (grant.role.kind(), team) {
        (InvitationKind::Support, None) => return actor.authorize_support(Action::ManageSupport),
        (InvitationKind::Member, Some(team)) => (team, Action::Invite),
        (InvitationKind::Onboarding, Some(team)) => {
            let action = onboarding_action(&team);
            (team, action)
        }
        (InvitationKind::Support, Some(_)) | (InvitationKind::Member | InvitationKind::Onboarding, None) => {
            return Err(Error::NotFound);
        }
    };
    actor.authorize_on(db, &team, action).await.map(|_| ())
}

/// Whether a grant's granter could give it now.
pub(crate) async fn is_valid(
    services: &Services,
    db: &impl ConnectionTrait,
    grant: &Invitation,
) -> Result<bool, Error> {
    match require_valid(services, db, grant).await {
        Ok(()) => Ok(true),
        Err(error @ (Error::Internal(_) | Error::Busy)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// Locks the rows that decide whether a grant is valid, in the order of all locks: the team,
/// then the granter's account.
pub(crate) async fn lock_team_and_granter(
    tx: &Tx,
    team: Option<TeamId>,
    granter: Option<Granter>,
) -> Result<(), Error> {
    if let Some(team) = team {
        members::lock(tx, team).await?;
    }
    if let Some(Granter::Account(id)) = granter {
        accounts::lock(tx, id).await?;
    }
    Ok(())
}

/// Withdraws what an account has granted and could not grant any more. Belongs in the
/// transaction of every loss of a right, after it: the row that changed makes those wait who
/// grant at the same moment.
pub(crate) async fn withdraw_invalid(services: &Services, tx: &Tx, granter: AccountId) -> Result<(), Error> {
    withdraw_if_invalid(services, tx, invitations::by_granter(tx, granter).await?).await
}

/// The same for all grants of a team, when the team begins to require more of its granters.
pub(crate) async fn withdraw_invalid_of_team(services: &Services, tx: &Tx, team: TeamId) -> Result<(), Error> {
    withdraw_if_invalid(services, tx, invitations::pending(tx, Some(team)).await?).await
}

async fn withdraw_if_invalid(services: &Services, tx: &Tx, grants: Vec<Invitation>) -> Result<(), Error> {
    for grant in grants {
        if !is_valid(services, tx, &grant).await? {
            invitations::withdraw(tx, &grant).await?;
        }
    }
    Ok(())
}

/// Withdraws all that an account has granted: for when its owner may not have been the one who
/// granted it.
pub(crate) async fn withdraw_all(tx: &Tx, granter: AccountId) -> Result<(), Error> {
    for grant in invitations::by_granter(tx, granter).await? {
        invitations::withdraw(tx, &grant).await?;
    }
    Ok(())
}
