//! Deferred grants: what somebody gives by a link that somebody else uses later.
//!
//! A grant never outlives the right to grant it. Each names its granter's account, not its
//! address; using it asks anew, in the same transaction and under the same locks as taking
//! the right away, whether the granter could give this very role now. And each loss of a
//! right withdraws what was granted by it, so that getting the right back revives nothing.
//! Why so: docs/decisions/0027.

use model::TeamStatus;
use model::ids::{AccountId, TeamId};
use model::members::InvitationKind;
use store::invitations::{self, Invitation};
use store::teams::Team;
use store::{ConnectionTrait, Tx, accounts, members, teams};

use crate::accounts::if_signed_in;
use crate::{Action, Actor, Error, Origin, Services, Who};

/// Who stands behind a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Granter {
    /// Somebody with an account.
    Account(AccountId),
    /// The operator, at the command line.
    Operator,
}

impl Granter {
    /// Who gives what is given now.
    pub(crate) const fn of(actor: &Actor) -> Result<Self, Error> {
        match &actor.who {
            Who::CommandLine => Ok(Self::Operator),
            Who::Account(account) => Ok(Self::Account(account.id)),
            Who::Anonymous | Who::AwaitingFactor(_) | Who::Portal => Err(Error::SignInNeeded),
        }
    }

    /// Who gave an invitation; nobody once it was withdrawn.
    pub(crate) fn behind(invitation: &Invitation) -> Option<Self> {
        if invitation.granted_by_operator {
            return Some(Self::Operator);
        }
        invitation.granter_id.map(Self::Account)
    }

    /// Its account.
    pub(crate) const fn account_id(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Operator => None,
        }
    }

    /// As whom it would ask now; `None` if it cannot sign in any more.
    async fn as_actor(self, services: &Services, db: &impl ConnectionTrait) -> Result<Option<Actor>, Error> {
        let id = match self {
            Self::Operator => return Ok(Some(Actor::command_line())),
            Self::Account(id) => id,
        };
        let account = if_signed_in(services, db, id).await?;
        Ok(account.map(|account| Actor { who: Who::Account(account), origin: Origin::default() }))
    }
}

/// What somebody must be allowed to do to make somebody else a team's first owner. A team
/// that has gone beyond its set-up signs people in, the vendor's own signs support in: these
/// are not a reviewer's to hand over.
pub(crate) fn right_to_onboard(team: &Team) -> Action {
    let is_new = team.status == TeamStatus::Draft && !team.is_vendor;
    if is_new { Action::Onboard } else { Action::ManageSupport }
}

/// Refuses a grant whose granter could not give it now: by the very questions that are asked
/// when it is given.
pub(crate) async fn check(services: &Services, db: &impl ConnectionTrait, grant: &Invitation) -> Result<(), Error> {
    let granter = Granter::behind(grant).ok_or(Error::NotFound)?;
    let actor = granter.as_actor(services, db).await?.ok_or(Error::NotFound)?;
    let team = match grant.team_id {
        Some(id) => teams::by_id(db, id).await?,
        None => None,
    };
    let (team, action) = match (grant.kind, team) {
        (InvitationKind::Staff, None) => return actor.vendor(Action::ManageSupport),
        (InvitationKind::Member, Some(team)) => (team, Action::Invite),
        (InvitationKind::Onboarding, Some(team)) => {
            let right = right_to_onboard(&team);
            (team, right)
        }
        (InvitationKind::Staff, Some(_)) | (InvitationKind::Member | InvitationKind::Onboarding, None) => {
            return Err(Error::NotFound);
        }
    };
    actor.require(db, &team, action).await.map(|_| ())
}

/// Whether a grant's granter could give it now.
pub(crate) async fn stands(services: &Services, db: &impl ConnectionTrait, grant: &Invitation) -> Result<bool, Error> {
    match check(services, db, grant).await {
        Ok(()) => Ok(true),
        Err(error @ Error::Internal(_)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// Locks what decides whether a grant stands, in the order that everything locks in: the
/// team, then the granter's account.
pub(crate) async fn lock(tx: &Tx, team: Option<TeamId>, granter: Option<Granter>) -> Result<(), Error> {
    if let Some(team) = team {
        members::lock(tx, team).await?;
    }
    if let Some(Granter::Account(id)) = granter {
        accounts::lock(tx, id).await?;
    }
    Ok(())
}

/// Withdraws what an account has granted and could not grant any more. Belongs into the
/// transaction of every loss of a right, after it: the row that changed keeps those who
/// grant at the same moment waiting.
pub(crate) async fn withdraw_lost(services: &Services, tx: &Tx, granter: AccountId) -> Result<(), Error> {
    withdraw_where_lost(services, tx, invitations::by_granter(tx, granter).await?).await
}

/// The same for what anybody has granted in a team, when that asks for more than it did.
pub(crate) async fn withdraw_lost_of_team(services: &Services, tx: &Tx, team: TeamId) -> Result<(), Error> {
    withdraw_where_lost(services, tx, invitations::pending(tx, Some(team)).await?).await
}

async fn withdraw_where_lost(services: &Services, tx: &Tx, grants: Vec<Invitation>) -> Result<(), Error> {
    for grant in grants {
        if !stands(services, tx, &grant).await? {
            invitations::withdraw(tx, &grant).await?;
        }
    }
    Ok(())
}

/// Withdraws all that an account has granted: when it was perhaps not its owner who did.
pub(crate) async fn withdraw_all(tx: &Tx, granter: AccountId) -> Result<(), Error> {
    for grant in invitations::by_granter(tx, granter).await? {
        invitations::withdraw(tx, &grant).await?;
    }
    Ok(())
}
