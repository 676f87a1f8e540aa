//! Who may do what: a table one can read.

use model::ids::AccountId;
use model::{EmailAddress, Role, SupportRole, TeamSlug};
use store::teams::Team;
use store::{ConnectionTrait, teams};

use crate::Error;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// Somebody with an account.
    Account(AccountActor),
    /// The operator, at the command line of the machine.
    CommandLine,
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
    /// Which of its sessions asks: the hash of its token.
    pub session_hash: Vec<u8>,
}

/// What can be asked of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See the team's pages.
    View,
    /// Change the connection, test it, submit it.
    Configure,
    /// See everything, approve, suspend …
    Review,
}

/// How an actor stands to a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Stranger,
    Member(Role),
    Support,
    Operator,
}

/// The table.
const fn may(standing: Standing, action: Action) -> bool {
    match (standing, action) {
        (Standing::Operator | Standing::Member(_), Action::View)
        | (Standing::Operator | Standing::Member(Role::Admin | Role::Owner), Action::Configure)
        | (Standing::Operator | Standing::Support, Action::Review) => true,
        (Standing::Stranger, _)
        | (Standing::Member(Role::Viewer), Action::Configure)
        | (Standing::Member(_), Action::Review)
        | (Standing::Support, Action::View | Action::Configure) => false,
    }
}

impl Actor {
    /// The signed-in account.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] if there is none.
    pub const fn account(&self) -> Result<&AccountActor, Error> {
        match self {
            Self::Account(account) => Ok(account),
            Self::Anonymous | Self::CommandLine => Err(Error::SignInNeeded),
        }
    }

    /// That the actor is the vendor's support, or the operator.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] for nobody, [`Error::NotFound`] for anybody else.
    pub const fn require_support(&self) -> Result<(), Error> {
        match self {
            Self::CommandLine | Self::Account(AccountActor { support_role: Some(_), .. }) => Ok(()),
            Self::Account(_) => Err(Error::NotFound),
            Self::Anonymous => Err(Error::SignInNeeded),
        }
    }

    /// The team with this slug, if the actor may do this with it, and the actor's role in it.
    /// The one way to a team on behalf of anybody: an unknown team and somebody else's
    /// answer alike.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] for nobody, [`Error::NotFound`] for whoever may not.
    pub async fn team(&self, db: &impl ConnectionTrait, slug: &str, action: Action) -> Result<(Team, Role), Error> {
        if matches!(self, Self::Anonymous) {
            return Err(Error::SignInNeeded);
        }
        let slug: TeamSlug = slug.parse().map_err(|_| Error::NotFound)?;
        let team = teams::by_slug(db, &slug).await?.ok_or(Error::NotFound)?;
        let standing = self.standing(db, &team, action).await?;
        let role = match standing {
            Standing::Member(role) => role,
            Standing::Stranger | Standing::Support | Standing::Operator => Role::Viewer,
        };
        if may(standing, action) { Ok((team, role)) } else { Err(Error::NotFound) }
    }

    async fn standing(&self, db: &impl ConnectionTrait, team: &Team, action: Action) -> Result<Standing, Error> {
        let account = match self {
            Self::Anonymous => return Ok(Standing::Stranger),
            Self::CommandLine => return Ok(Standing::Operator),
            Self::Account(account) => account,
        };
        // Somebody may be both staff and a member of a team; what is asked decides as which.
        if action == Action::Review && account.support_role.is_some() {
            return Ok(Standing::Support);
        }
        let role = teams::role(db, team.team_id(), account.id).await?;
        Ok(role.map_or(Standing::Stranger, Standing::Member))
    }

    /// The actor in words, for the audit trail.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Anonymous => "somebody not signed in".to_owned(),
            Self::Account(account) => account.email.to_string(),
            Self::CommandLine => "the command line".to_owned(),
        }
    }
}
