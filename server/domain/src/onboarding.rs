//! Onboarding links: support creates a team and sends its first owner a link that leads
//! straight into the set-up. The link gives a team its first owner only: it is no way into a
//! team that has one. A reviewer can send it for a new team only.

use model::members::{InvitationKind, InvitedRole};
use model::{AuditAction, FieldProblem, Role, TeamSlug, TeamStatus};
use store::teams::Team;
use store::{Tx, members};

use crate::accounts::check_email;
use crate::audit::NewAuditEvent;
use crate::grants::onboarding_action;
use crate::invitations::{self, InvitationTarget};
use crate::{Action, Actor, Error, Services, Token, audit, teams};

/// What support may revoke or send again.
const ONBOARDING_LINKS: &[InvitationKind] = &[InvitationKind::Onboarding];

/// A team that support created.
#[derive(Clone, Debug)]
pub struct OnboardedTeam {
    /// Its slug.
    pub slug: TeamSlug,
    /// The token of its link: to be shown once, and kept nowhere.
    pub token: Token,
}

/// Creates a team and mails its first owner the link.
#[tracing::instrument(name = "onboarding.create_team", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn create_team(services: &Services, actor: &Actor, name: &str, email: &str) -> Result<OnboardedTeam, Error> {
    actor.authorize_support(Action::Onboard)?;
    let mut problems = Vec::new();
    let name = teams::check_name(name).map_err(|problem| problems.push(("name".to_owned(), problem)));
    let email = check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let (Ok(name), Ok(email)) = (name, email) else { return Err(Error::Invalid(problems)) };
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = teams::insert(services, &tx, &name, None, TeamStatus::Draft).await?;
    let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamCreated);
    audit::record(services, &tx, actor, event).await?;
    let target = InvitationTarget::team(&team);
    let token = invitations::send(services, &tx, actor, target, &email, InvitedRole::FirstOwner).await?;
    record_for_vendor(services, &tx, actor, &team, email.as_str()).await?;
    store::commit(tx).await?;
    Ok(OnboardedTeam { slug: team.slug.clone(), token })
}

async fn record_for_vendor(services: &Services, tx: &Tx, actor: &Actor, team: &Team, email: &str) -> Result<(), Error> {
    let event = NewAuditEvent::vendor(AuditAction::OnboardingLinkSent).target(team.slug.clone());
    audit::record(services, tx, actor, event.detail(Some(email.to_owned()))).await
}

/// Mails a link for a team that has no owner yet, to another address.
#[tracing::instrument(name = "onboarding.send_link", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn send_link(services: &Services, actor: &Actor, slug: &str, email: &str) -> Result<Token, Error> {
    actor.authorize_team(services.db.connection(), slug, Action::Onboard).await?;
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = lock_team_without_owner(&tx, actor, slug).await?;
    let target = InvitationTarget::team(&team);
    let token = invitations::send(services, &tx, actor, target, &email, InvitedRole::FirstOwner).await?;
    record_for_vendor(services, &tx, actor, &team, email.as_str()).await?;
    store::commit(tx).await?;
    Ok(token)
}

async fn lock_team_without_owner(tx: &Tx, actor: &Actor, slug: &str) -> Result<Team, Error> {
    let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::Onboard).await?;
    let owned = members::list(tx, team.team_id()).await?.iter().any(|member| member.role == Role::Owner);
    if owned {
        return Err(Error::form(FieldProblem::TeamHasOwner));
    }
    require_right(actor, &team)?;
    Ok(team)
}

/// Refuses an actor that may see the team and not hand it over.
fn require_right(actor: &Actor, team: &Team) -> Result<(), Error> {
    match actor.authorize_support(onboarding_action(team)) {
        Err(Error::NotFound) => Err(Error::form(FieldProblem::OnboardingNeedsAdministrator)),
        other => other,
    }
}

/// Mails a new link; the one before stops working.
#[tracing::instrument(name = "onboarding.resend", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn resend(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    actor.authorize_team(services.db.connection(), slug, Action::Onboard).await?;
    invitations::count_mail(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = lock_team_without_owner(&tx, actor, slug).await?;
    let target = InvitationTarget::team(&team);
    invitations::resend(services, &tx, actor, target, id, ONBOARDING_LINKS).await?;
    Ok(store::commit(tx).await?)
}

/// Revokes a link, for actors that could give it. The team may have an owner by now.
#[tracing::instrument(name = "onboarding.revoke", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn revoke(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Onboard).await?;
    require_right(actor, &team)?;
    invitations::revoke(services, &tx, actor, Some(team.team_id()), id, ONBOARDING_LINKS).await?;
    Ok(store::commit(tx).await?)
}

/// The URL of a link that this browser has just created for the team, to be shown once.
#[tracing::instrument(name = "onboarding.new_link", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn new_link(services: &Services, actor: &Actor, slug: &str, token: &str) -> Result<Option<String>, Error> {
    let db = services.db.connection();
    // creating the link took a recent authentication; showing it takes a look at the team
    let (team, _) = actor.authorize_team(db, slug, Action::Review).await?;
    let Some(token) = Token::from_browser(token) else { return Ok(None) };
    let own = invitations::is_onboarding_link_of(services, db, &team, &token).await?;
    Ok(own.then(|| invitations::link_url(services, &token)))
}
