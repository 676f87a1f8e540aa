//! Who asks, from where, and the way from there to what was asked for.

use std::net::IpAddr;

use model::ids::AccountId;
use model::{EmailAddress, Role, SupportRole, TeamSlug};
use store::teams::Team;
use store::{ConnectionTrait, Tx, members, teams};

use crate::policy::{Action, Standing, may};
use crate::{Error, Token};

/// Who asks, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// From where.
    pub origin: Origin,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody is signed in.
    Anonymous,
    /// Somebody whose password was right and whose second factor is awaited.
    AwaitingFactor(AccountActor),
    /// Somebody with an account.
    Account(AccountActor),
    /// The operator, at the command line of the machine.
    CommandLine,
    /// The portal itself, at work in the background. May nothing that is asked for.
    Portal,
}

/// Where a request came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address.
    pub ip: Option<IpAddr>,
    /// What the browser says it is (`User-Agent`), cut to 300 characters.
    pub user_agent: Option<String>,
    /// The token by which accounts know this browser, if it brought one.
    pub device: Option<Token>,
}

/// How a session stands to a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// It proved one.
    Proved,
    /// It proved none, and the portal asks everybody for one.
    Asked,
    /// It proved none; a role or a team may ask for one.
    NotAsked,
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountActor {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: EmailAddress,
    /// Set for the vendor's staff.
    pub support_role: Option<SupportRole>,
    /// Whether its person signs in through the vendor's own identity provider.
    pub managed: bool,
    /// Which of its sessions asks: the hash of its token.
    pub session_hash: Vec<u8>,
    /// Whether this session proved a second factor.
    pub factor: Factor,
    /// Whether this session proved lately that it is still the account's owner.
    pub confirmed: bool,
}

impl AccountActor {
    /// Refuses what is sensitive until the owner has proved again who they are.
    const fn require_confirmed(&self, action: Action) -> Result<(), Error> {
        if action.is_sensitive() && !self.confirmed { Err(Error::ConfirmationNeeded) } else { Ok(()) }
    }
}

impl Actor {
    /// The operator.
    #[must_use]
    pub const fn command_line() -> Self {
        Self { who: Who::CommandLine, origin: Origin { ip: None, user_agent: None, device: None } }
    }

    /// The portal itself.
    #[must_use]
    pub const fn portal() -> Self {
        Self { who: Who::Portal, origin: Origin { ip: None, user_agent: None, device: None } }
    }

    /// Nobody, from somewhere.
    #[must_use]
    pub const fn anonymous(origin: Origin) -> Self {
        Self { who: Who::Anonymous, origin }
    }

    /// The signed-in account, if there is one.
    #[must_use]
    pub const fn signed_in(&self) -> Option<&AccountActor> {
        match &self.who {
            Who::Account(account) => Some(account),
            Who::Anonymous | Who::AwaitingFactor(_) | Who::CommandLine | Who::Portal => None,
        }
    }

    /// The account whose second factor is awaited.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] if none is.
    pub const fn awaiting_factor(&self) -> Result<&AccountActor, Error> {
        match &self.who {
            Who::AwaitingFactor(account) => Ok(account),
            Who::Anonymous | Who::Account(_) | Who::CommandLine | Who::Portal => Err(Error::SignInNeeded),
        }
    }

    /// The signed-in account, if it may do this with itself.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`], [`Error::FactorNeeded`], [`Error::ConfirmationNeeded`].
    pub fn own(&self, action: Action) -> Result<&AccountActor, Error> {
        let account = self.account()?;
        let standing = if account.managed { Standing::Managed } else { Standing::Account };
        if !may(standing, action) {
            return Err(Error::NotFound);
        }
        account.require_confirmed(action)?;
        Ok(account)
    }

    const fn account(&self) -> Result<&AccountActor, Error> {
        match &self.who {
            Who::Account(account) => Ok(account),
            Who::AwaitingFactor(_) => Err(Error::FactorNeeded),
            Who::Anonymous | Who::CommandLine | Who::Portal => Err(Error::SignInNeeded),
        }
    }

    /// That the actor may do this on the vendor's side.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] or [`Error::FactorNeeded`] for nobody, [`Error::NotFound`] for
    /// whoever may not, [`Error::EnrolmentNeeded`] and [`Error::ConfirmationNeeded`] for who
    /// may when that is done.
    pub fn vendor(&self, action: Action) -> Result<(), Error> {
        if self.who == Who::CommandLine {
            return if may(Standing::Operator, action) { Ok(()) } else { Err(Error::NotFound) };
        }
        let account = self.account()?;
        if !may(self.vendor_standing(), action) {
            return Err(Error::NotFound);
        }
        if account.factor != Factor::Proved {
            return Err(Error::EnrolmentNeeded);
        }
        account.require_confirmed(action)
    }

    /// How the actor stands to the vendor's pages.
    pub(crate) fn vendor_standing(&self) -> Standing {
        match &self.who {
            Who::CommandLine => Standing::Operator,
            Who::Account(account) => account.support_role.map_or(Standing::Account, Standing::Support),
            Who::AwaitingFactor(_) | Who::Anonymous | Who::Portal => Standing::Account,
        }
    }

    /// The team with this slug, if the actor may do this with it, and the actor's role in it.
    /// The one way to a team on behalf of anybody: an unknown team and somebody else's
    /// answer alike.
    ///
    /// # Errors
    /// As [`Self::vendor`].
    pub async fn team(&self, db: &impl ConnectionTrait, slug: &str, action: Action) -> Result<(Team, Role), Error> {
        if self.who != Who::CommandLine {
            self.account()?;
        }
        let slug: TeamSlug = slug.parse().map_err(|_| Error::NotFound)?;
        let team = teams::by_slug(db, &slug).await?.ok_or(Error::NotFound)?;
        let role = self.require(db, &team, action).await?;
        Ok((team, role))
    }

    /// The team, as [`Self::team`], locked until the transaction ends: of two who edit it or
    /// decide on it at the same time, one sees what the other did.
    ///
    /// # Errors
    /// As [`Self::team`].
    pub(crate) async fn locked_team(&self, tx: &Tx, slug: &str, action: Action) -> Result<(Team, Role), Error> {
        let (team, _) = self.team(tx, slug, action).await?;
        members::lock(tx, team.team_id()).await?;
        self.team(tx, slug, action).await
    }

    /// As [`Self::team`], of a team that is at hand.
    pub(crate) async fn require(&self, db: &impl ConnectionTrait, team: &Team, action: Action) -> Result<Role, Error> {
        if action.is_vendors() {
            self.vendor(action)?;
            return Ok(Role::Viewer);
        }
        if self.who == Who::CommandLine {
            return if may(Standing::Operator, action) { Ok(Role::Viewer) } else { Err(Error::NotFound) };
        }
        let account = self.account()?;
        let role = teams::role(db, team.team_id(), account.id).await?.ok_or(Error::NotFound)?;
        if !may(Standing::Member(role), action) {
            return Err(Error::NotFound);
        }
        let asked = team.second_factor_required || account.factor == Factor::Asked;
        if asked && account.factor != Factor::Proved {
            return Err(Error::EnrolmentNeeded);
        }
        account.require_confirmed(action)?;
        Ok(role)
    }

    /// What the actor is, as the audit trail and the log write it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match &self.who {
            Who::Anonymous => "anonymous",
            Who::AwaitingFactor(_) | Who::Account(_) => "account",
            Who::CommandLine => "command_line",
            Who::Portal => "portal",
        }
    }

    /// The actor in words, for the audit trail.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.who {
            Who::Anonymous => "somebody not signed in".to_owned(),
            Who::AwaitingFactor(account) | Who::Account(account) => account.email.to_string(),
            Who::CommandLine => "the command line".to_owned(),
            Who::Portal => "the portal".to_owned(),
        }
    }
}
