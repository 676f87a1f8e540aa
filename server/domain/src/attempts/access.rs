//! Who may look at which attempts, and at what of them.

use model::IdentityProvider;
use model::ids::TeamId;
use store::attempts::Attempt;
use store::teams::Team;
use store::{Code, ConnectionTrait, teams};

use crate::policy::ActorRole;
use crate::revisions::shown_revision;
use crate::{Action, Actor, Error, Services};

/// Whose attempts are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptScope {
    /// One team's, by its slug.
    Team(String),
    /// All teams', for support.
    AllTeams,
}

impl AttemptScope {
    /// The slug of the team, where it is one's.
    pub(super) fn slug(&self) -> Option<&str> {
        match self {
            Self::Team(slug) => Some(slug),
            Self::AllTeams => None,
        }
    }
}

/// What of an attempt is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttemptPart {
    /// The report: verdicts and values.
    Report,
    /// The list as a file.
    File,
    /// The XML itself.
    Xml,
}

impl AttemptPart {
    const fn action_of_member(self) -> Action {
        match self {
            Self::Report => Action::View,
            Self::File => Action::DownloadLists,
            Self::Xml => Action::ViewXml,
        }
    }

    const fn action_of_support(self) -> Action {
        match self {
            Self::Report | Self::File => Action::Review,
            Self::Xml => Action::ReviewXml,
        }
    }
}

/// Somebody who was found to be allowed to look.
pub(super) struct AttemptViewer {
    /// The team, unless it is support that looks at all.
    pub(super) team: Option<Team>,
    /// How the actor stands to it.
    pub(super) standing: ActorRole,
}

impl AttemptViewer {
    /// Checks that the actor may look.
    pub(super) async fn authorise(
        db: &impl ConnectionTrait,
        actor: &Actor,
        scope: &AttemptScope,
        part: AttemptPart,
    ) -> Result<Self, Error> {
        match scope {
            AttemptScope::Team(slug) => {
                let (team, role) = actor.authorize_team(db, slug, part.action_of_member()).await?;
                Ok(Self { team: Some(team), standing: ActorRole::Member(role) })
            }
            AttemptScope::AllTeams => {
                actor.authorize_support(part.action_of_support())?;
                Ok(Self { team: None, standing: actor.support_actor_role() })
            }
        }
    }

    /// The team that the viewer is limited to.
    pub(super) fn team_id(&self) -> Option<TeamId> {
        self.team.as_ref().map(Team::team_id)
    }

    /// The attempt with a reference, if the viewer may see it.
    pub(super) async fn attempt(&self, db: &impl ConnectionTrait, reference: &str) -> Result<Attempt, Error> {
        let reference: model::Reference = reference.parse().map_err(|_| Error::NotFound)?;
        let attempt = store::attempt_list::by_reference(db, self.team_id(), reference.as_str()).await?;
        attempt.ok_or(Error::NotFound)
    }
}

/// The identity provider that a team uses: as it chose, or else as the configuration looks that
/// is edited or live. For members of the team, or for support.
///
/// # Errors
/// As [`Actor::authorize_team`]; for support as [`Actor::authorize_support`], and
/// [`Error::NotFound`] where there is no such team.
pub async fn identity_provider_in_use(
    services: &Services,
    actor: &Actor,
    slug: &str,
    is_support: bool,
) -> Result<IdentityProvider, Error> {
    let db = services.db.connection();
    let team = if is_support {
        actor.authorize_support(Action::Review)?;
        teams::by_slug_text(db, slug).await?.ok_or(Error::NotFound)?
    } else {
        actor.authorize_team(db, slug, Action::View).await?.0
    };
    let idp = shown_revision(db, team.team_id()).await?.and_then(|revision| revision.idp);
    Ok(IdentityProvider::in_use(team.identity_provider.and_then(Code::known), idp.as_ref()))
}

/// The team of an attempt.
pub(super) async fn team_of(db: &impl ConnectionTrait, attempt: &Attempt) -> Result<Team, Error> {
    teams::by_id(db, attempt.team_id).await?.ok_or(Error::NotFound)
}
