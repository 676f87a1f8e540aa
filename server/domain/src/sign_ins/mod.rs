//! Sign-ins, as members see their team's and support sees all: the list, each one's report,
//! its XML, downloads, and what watches for news.

mod documents;
mod export;
mod list;
mod metadata;
mod report;
mod watch;
mod xml;

pub(crate) use documents::reseal;
pub use export::Export;
pub use list::list;
pub(crate) use list::summary_of;
pub use metadata::ask_metadata;
pub use report::report;
pub(crate) use report::report_of;
pub use watch::{Watched, marker};
pub use xml::xml;

use model::FieldProblem;
use model::ids::TeamId;
use store::teams::Team;
use store::{ConnectionTrait, teams};

use crate::policy::Standing;
use crate::{Action, Actor, Error, Services};

/// Whose sign-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A team's, by its slug.
    Team(String),
    /// All teams', for support.
    Vendor,
}

/// Somebody who may look, and at what.
struct Authorised {
    /// The team, unless it is support that looks.
    team: Option<Team>,
    /// How the actor stands to it.
    standing: Standing,
}

impl Authorised {
    async fn of(db: &impl ConnectionTrait, actor: &Actor, scope: &Scope, action: Allowed) -> Result<Self, Error> {
        match scope {
            Scope::Team(slug) => {
                let (team, role) = actor.team(db, slug, action.of_member()).await?;
                Ok(Self { team: Some(team), standing: Standing::Member(role) })
            }
            Scope::Vendor => {
                actor.vendor(action.of_support())?;
                Ok(Self { team: None, standing: actor.vendor_standing() })
            }
        }
    }

    fn team_id(&self) -> Option<TeamId> {
        self.team.as_ref().map(Team::team_id)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowed {
    /// Verdicts.
    Look,
    /// The XML itself.
    Xml,
}

impl Allowed {
    const fn of_member(self) -> Action {
        match self {
            Self::Look => Action::View,
            Self::Xml => Action::ViewXml,
        }
    }

    const fn of_support(self) -> Action {
        match self {
            Self::Look => Action::Review,
            Self::Xml => Action::ReviewXml,
        }
    }
}

/// Whether the actor may see the team's pages.
///
/// # Errors
/// As [`Actor::team`].
pub async fn may_view(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    actor.team(services.db.connection(), slug, Action::View).await.map(|_| ())
}

/// Whether the actor may see every team's.
///
/// # Errors
/// As [`Actor::vendor`].
pub fn may_review(actor: &Actor) -> Result<(), Error> {
    actor.vendor(Action::Review)
}

/// The attempt with a reference that the scope shows.
async fn attempt(
    db: &impl ConnectionTrait,
    authorised: &Authorised,
    reference: &str,
) -> Result<store::attempts::Attempt, Error> {
    let reference: model::Reference = reference.parse().map_err(|_| Error::NotFound)?;
    let attempt = store::attempt_list::by_reference(db, authorised.team_id(), reference.as_str()).await?;
    attempt.ok_or(Error::NotFound)
}

/// The team of an attempt.
async fn team_of(db: &impl ConnectionTrait, attempt: &store::attempts::Attempt) -> Result<Team, Error> {
    teams::by_id(db, attempt.team_id).await?.ok_or(Error::NotFound)
}

fn unknown_team() -> Error {
    Error::field("team", FieldProblem::NotASlug)
}
