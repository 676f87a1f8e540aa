//! Teams that come into being: by an account, or by the operator's file.

use model::{AuditAction, FieldProblem, Role, TeamName, TeamSlug, TeamStatus};
use store::Tx;
use store::teams::{self, Team};

use crate::audit::NewAuditEvent;
use crate::settings::SignUp;
use crate::{Action, Actor, Error, Services, audit, throttling};

/// How often a taken slug is rolled again: at 30^6 suffixes a stem, once is already rare.
const SLUG_TRIES: usize = 5;

/// Creates a team that the signed-in account owns, with an empty draft connection.
#[tracing::instrument(name = "create_team", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn create(services: &Services, actor: &Actor, name: &str) -> Result<TeamSlug, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    if services.settings.sign_up == SignUp::InviteOnly {
        return Err(Error::form(FieldProblem::InviteOnly));
    }
    let name = check_name(name).map_err(|problem| Error::field("name", problem))?;
    let tx = services.db.begin().await?;
    // support creates teams for others, by its own right (`crate::onboarding`)
    throttling::count_new_team(services, &tx, account.id).await?;
    let team = insert(services, &tx, &name, None, TeamStatus::Draft).await?;
    teams::add_member(&tx, team.team_id(), account.id, Role::Owner, services.now()).await?;
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::TeamCreated)).await?;
    store::commit(tx).await?;
    Ok(team.slug.clone())
}

/// A team's name as it was typed.
pub(crate) fn check_name(name: &str) -> Result<TeamName, FieldProblem> {
    let problem = if name.trim().is_empty() { FieldProblem::Missing } else { FieldProblem::NotATeamName };
    name.parse().map_err(|_| problem)
}

/// Adds a team with the slug given, or with one made from its name that nobody has.
pub(crate) async fn insert(
    services: &Services,
    tx: &Tx,
    name: &TeamName,
    slug: Option<&TeamSlug>,
    status: TeamStatus,
) -> Result<Team, Error> {
    let slug = match slug {
        Some(slug) => slug.clone(),
        None => free_slug(services, tx, name).await?,
    };
    let team = Team {
        id: services.uuid().into(),
        slug,
        name: name.to_string(),
        status,
        status_words: None,
        submitted_at: None,
        created_at: services.now(),
        second_factor_required: false,
        is_vendor: false,
        vendor_roles: None,
        identity_provider: None,
    };
    teams::insert(tx, team.clone()).await?;
    Ok(team)
}

async fn free_slug(services: &Services, tx: &Tx, name: &TeamName) -> Result<TeamSlug, Error> {
    for _ in 0..SLUG_TRIES {
        let slug = TeamSlug::generate(name.as_str(), services.random_bytes());
        if teams::by_slug(tx, &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(store::Error::Exists.into())
}
