//! Who makes a request, from which client, and the checks that every request passes before
//! it reaches anything (authorisation). The rules themselves are the table in [`crate::policy`].

use std::net::IpAddr;

use messages::Text as _;
use model::audit::ActorKind;
use model::ids::{AccountId, TeamId};
use model::{EmailAddress, Role, SupportRole, Timestamp};
use store::teams::Team;
use store::{ConnectionTrait, Tx, members, teams};

use crate::policy::{Action, ActorRole, is_allowed};
use crate::{Error, Token};

/// Who makes a request, and from which client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who makes it.
    pub identity: Identity,
    /// What it came from.
    pub client: ClientInfo,
}

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Nobody is signed in.
    Anonymous,
    /// An account whose password was right and whose second factor is awaited.
    AwaitingSecondFactor(AccountActor),
    /// A signed-in account, of a member or of support.
    Account(AccountActor),
    /// The operator, at the command line of the machine.
    Operator,
    /// The portal's own background work. No action is open to it.
    Portal,
}

/// The client that a request came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientInfo {
    /// Its address.
    pub ip: Option<IpAddr>,
    /// Its `User-Agent` header, cut to 300 characters.
    pub user_agent: Option<String>,
    /// The token by which accounts know this browser, if it sent one.
    pub device_token: Option<Token>,
}

/// Whether a session has a second factor, or lacks one that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorState {
    /// It was verified.
    Verified,
    /// It was not, and the portal requires one of every account.
    Required,
    /// It was not; a role or a team may still require one.
    Optional,
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountActor {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: EmailAddress,
    /// Set for support.
    pub support_role: Option<SupportRole>,
    /// Whether it signs in through the vendor's own identity provider, and has no credentials
    /// here.
    pub is_federated: bool,
    /// The session of this request: the hash of its token.
    pub session_hash: Vec<u8>,
    /// The second factor of this session.
    pub second_factor: SecondFactorState,
    /// Whether this session authenticated, or authenticated again, lately.
    pub is_recently_authenticated: bool,
    /// The team that this session sees as its members do, if it is support's and does so now.
    pub viewed_team: Option<TeamInView>,
}

/// A team that a session of support sees as its members do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamInView {
    /// The team.
    pub team_id: TeamId,
    /// When this ends.
    pub until: Timestamp,
}

impl AccountActor {
    /// Refuses sensitive actions until the account authenticates again.
    const fn require_recent_authentication(&self, action: Action) -> Result<(), Error> {
        if action.needs_reauthentication() && !self.is_recently_authenticated {
            Err(Error::ReauthenticationNeeded)
        } else {
            Ok(())
        }
    }
}

impl Actor {
    /// The operator.
    #[must_use]
    pub fn operator() -> Self {
        Self { identity: Identity::Operator, client: ClientInfo::default() }
    }

    /// The portal itself.
    #[must_use]
    pub fn portal() -> Self {
        Self { identity: Identity::Portal, client: ClientInfo::default() }
    }

    /// Nobody that is known, from a client.
    #[must_use]
    pub const fn anonymous(client: ClientInfo) -> Self {
        Self { identity: Identity::Anonymous, client }
    }

    /// What kind of actor this is.
    #[must_use]
    pub const fn kind(&self) -> ActorKind {
        match &self.identity {
            Identity::Anonymous => ActorKind::Anonymous,
            Identity::AwaitingSecondFactor(account) | Identity::Account(account) => match account.support_role {
                Some(_) => ActorKind::Support,
                None => ActorKind::Member,
            },
            Identity::Operator => ActorKind::Operator,
            Identity::Portal => ActorKind::Portal,
        }
    }

    /// The signed-in account, if there is one.
    #[must_use]
    pub const fn signed_in_account(&self) -> Option<&AccountActor> {
        match &self.identity {
            Identity::Account(account) => Some(account),
            Identity::Anonymous | Identity::AwaitingSecondFactor(_) | Identity::Operator | Identity::Portal => None,
        }
    }

    /// The account whose second factor is awaited.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] if none is.
    pub const fn account_awaiting_second_factor(&self) -> Result<&AccountActor, Error> {
        match &self.identity {
            Identity::AwaitingSecondFactor(account) => Ok(account),
            Identity::Anonymous | Identity::Account(_) | Identity::Operator | Identity::Portal => {
                Err(Error::SignInNeeded)
            }
        }
    }

    /// The signed-in account, if it may do this with itself.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`], [`Error::SecondFactorNeeded`], [`Error::ReauthenticationNeeded`].
    pub fn authorize_own(&self, action: Action) -> Result<&AccountActor, Error> {
        let account = self.require_account()?;
        let role = if account.is_federated { ActorRole::FederatedAccount } else { ActorRole::Account };
        if !is_allowed(role, action) {
            return Err(Error::NotFound);
        }
        account.require_recent_authentication(action)?;
        Ok(account)
    }

    const fn require_account(&self) -> Result<&AccountActor, Error> {
        match &self.identity {
            Identity::Account(account) => Ok(account),
            Identity::AwaitingSecondFactor(_) => Err(Error::SecondFactorNeeded),
            Identity::Anonymous | Identity::Operator | Identity::Portal => Err(Error::SignInNeeded),
        }
    }

    /// That the actor may do this as support.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] or [`Error::SecondFactorNeeded`] if nobody is signed in,
    /// [`Error::NotFound`] for an actor that may not, [`Error::SecondFactorEnrolmentNeeded`] and
    /// [`Error::ReauthenticationNeeded`] for one that may after doing that.
    pub fn authorize_support(&self, action: Action) -> Result<(), Error> {
        if self.identity == Identity::Operator {
            return if is_allowed(ActorRole::Operator, action) { Ok(()) } else { Err(Error::NotFound) };
        }
        let account = self.require_account()?;
        if !is_allowed(self.support_actor_role(), action) {
            return Err(Error::NotFound);
        }
        if account.second_factor != SecondFactorState::Verified {
            return Err(Error::SecondFactorEnrolmentNeeded);
        }
        account.require_recent_authentication(action)
    }

    /// Whether pages offer the actor an action of support: one that needs re-authentication
    /// first is offered, too.
    pub(crate) fn is_offered(&self, action: Action) -> bool {
        matches!(self.authorize_support(action), Ok(()) | Err(Error::ReauthenticationNeeded))
    }

    /// The actor's role in the pages of support.
    pub(crate) fn support_actor_role(&self) -> ActorRole {
        match &self.identity {
            Identity::Operator => ActorRole::Operator,
            Identity::Account(account) => account.support_role.map_or(ActorRole::Account, ActorRole::Support),
            Identity::AwaitingSecondFactor(_) | Identity::Anonymous | Identity::Portal => ActorRole::Account,
        }
    }

    /// The team with this slug, if the actor may do this with it, and the actor's role in it.
    /// There is no other way to a team on behalf of an actor: an unknown team and another
    /// customer's get the same answer.
    ///
    /// # Errors
    /// As [`Self::authorize_support`].
    pub async fn authorize_team(
        &self,
        db: &impl ConnectionTrait,
        slug: &str,
        action: Action,
    ) -> Result<(Team, Role), Error> {
        if self.identity != Identity::Operator {
            self.require_account()?;
        }
        let team = teams::by_slug_text(db, slug).await?.ok_or(Error::NotFound)?;
        let role = self.authorize_on(db, &team, action).await?;
        Ok((team, role))
    }

    /// The team, as [`Self::authorize_team`], locked until the transaction ends: of two actors
    /// who edit it or decide on it at the same time, one sees what the other did.
    ///
    /// # Errors
    /// As [`Self::authorize_team`].
    pub(crate) async fn authorize_and_lock_team(
        &self,
        tx: &Tx,
        slug: &str,
        action: Action,
    ) -> Result<(Team, Role), Error> {
        let (team, _) = self.authorize_team(tx, slug, action).await?;
        members::lock(tx, team.team_id()).await?;
        self.authorize_team(tx, slug, action).await
    }

    /// As [`Self::authorize_team`], for a team that was loaded before.
    pub(crate) async fn authorize_on(
        &self,
        db: &impl ConnectionTrait,
        team: &Team,
        action: Action,
    ) -> Result<Role, Error> {
        if action.is_support_action() {
            self.authorize_support(action)?;
            return Ok(Role::Viewer);
        }
        if self.identity == Identity::Operator {
            return if is_allowed(ActorRole::Operator, action) { Ok(Role::Viewer) } else { Err(Error::NotFound) };
        }
        let account = self.require_account()?;
        let Some(role) = teams::role(db, team.team_id(), account.id).await? else {
            return self.authorize_view(account, team, action);
        };
        if !is_allowed(ActorRole::Member(role), action) {
            return Err(Error::NotFound);
        }
        let required = team.second_factor_required || account.second_factor == SecondFactorState::Required;
        if required && account.second_factor != SecondFactorState::Verified {
            return Err(Error::SecondFactorEnrolmentNeeded);
        }
        account.require_recent_authentication(action)?;
        Ok(role)
    }

    /// That support, which is no member of the team, sees it as its members do: it looks, and nothing else.
    fn authorize_view(&self, account: &AccountActor, team: &Team, action: Action) -> Result<Role, Error> {
        let is_in_view = account.viewed_team.is_some_and(|viewed| viewed.team_id == team.team_id());
        if !is_in_view || !action.is_open_to_viewing_support() {
            return Err(Error::NotFound);
        }
        self.authorize_support(Action::Review)?;
        Ok(Role::Viewer)
    }

    /// How mails and notes name the actor.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.email().unwrap_or_else(|| self.kind().text())
    }

    /// How the audit trail keeps the actor: by address, or by the code of what kind of actor it is.
    pub(crate) fn audit_name(&self) -> String {
        self.email().unwrap_or_else(|| self.kind().as_str().to_owned())
    }

    fn email(&self) -> Option<String> {
        match &self.identity {
            Identity::AwaitingSecondFactor(account) | Identity::Account(account) => Some(account.email.to_string()),
            Identity::Anonymous | Identity::Operator | Identity::Portal => None,
        }
    }
}
