//! Who stands behind a grant, and what that granter may do now.

use model::ids::AccountId;
use store::invitations::Invitation;
use store::{ConnectionTrait, accounts};

use crate::account_sessions::{has_second_factor, second_factor_state};
use crate::{AccountActor, Actor, ClientInfo, Error, Identity, Services, vendor_roles};

/// Who stands behind a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Granter {
    /// An account.
    Account(AccountId),
    /// The operator, at the command line.
    Operator,
}

impl Granter {
    /// The granter of what this actor grants.
    pub(crate) const fn from_actor(actor: &Actor) -> Result<Self, Error> {
        match &actor.identity {
            Identity::Operator => Ok(Self::Operator),
            Identity::Account(account) => Ok(Self::Account(account.id)),
            Identity::Anonymous | Identity::AwaitingSecondFactor(_) | Identity::Portal => Err(Error::SignInNeeded),
        }
    }

    /// The granter of an invitation; `None` if it was withdrawn.
    pub(crate) fn of_invitation(invitation: &Invitation) -> Option<Self> {
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

    /// The actor that the granter would be now; `None` if it cannot sign in any more.
    pub(super) async fn as_actor(self, services: &Services, db: &impl ConnectionTrait) -> Result<Option<Actor>, Error> {
        let id = match self {
            Self::Operator => return Ok(Some(Actor::operator())),
            Self::Account(id) => id,
        };
        let account = potential_actor(services, db, id).await?;
        Ok(account.map(|account| Actor { identity: Identity::Account(account), client: ClientInfo::default() }))
    }
}

/// The most that an account could be now: signed in, with every factor that it has, and just
/// authenticated. `None` if it cannot sign in.
async fn potential_actor(
    services: &Services,
    db: &impl ConnectionTrait,
    id: AccountId,
) -> Result<Option<AccountActor>, Error> {
    let account = accounts::by_id(db, id).await?;
    let able = account.filter(|account| account.deactivated_at.is_none() && account.email_verified_at.is_some());
    let Some(account) = able else { return Ok(None) };
    let own_role = account.support_role;
    let support_role = match account.person_id {
        None => own_role,
        Some(person) => match vendor_roles::role_at_last_sign_in(services, db, person).await? {
            // a role that the groups give anew comes with a sign-in, not before it
            Some(role) => own_role.min(Some(role)),
            None => return Ok(None),
        },
    };
    let is_federated = account.person_id.is_some();
    let Ok(email) = account.email.parse() else { return Ok(None) };
    Ok(Some(AccountActor {
        id,
        email,
        support_role,
        is_federated,
        session_hash: Vec::new(),
        second_factor: second_factor_state(services, is_federated || has_second_factor(db, id).await?),
        is_recently_authenticated: true,
        viewed_team: None,
    }))
}
