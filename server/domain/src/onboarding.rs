//! Onboarding links: support creates a team and sends its first owner a link that leads
//! straight into the set-up. The link makes an owner only of a team that nobody owns: it is
//! no way into a team that somebody does, and a reviewer's only way into one that is new.

use model::members::InvitationKind;
use model::{AuditAction, FieldProblem, Role, TeamSlug, TeamStatus};
use store::teams::Team;
use store::{Tx, members};

use crate::audit::Event;
use crate::grants::right_to_onboard;
use crate::invitations::{self, Invited, To};
use crate::{Action, Actor, Error, Services, Token, audit, teams};

/// What support may take back or send again.
const SUPPORTS_OWN: &[InvitationKind] = &[InvitationKind::Onboarding];

/// A team that support created.
#[derive(Clone, Debug)]
pub struct Onboarded {
    /// Its slug.
    pub slug: TeamSlug,
    /// What its link carries: to be shown once, and kept nowhere.
    pub token: Token,
}

/// Creates a team and mails its first owner the link.
pub async fn create(services: &Services, actor: &Actor, name: &str, email: &str) -> Result<Onboarded, Error> {
    actor.vendor(Action::Onboard)?;
    let mut problems = Vec::new();
    let name = teams::check_name(name).map_err(|problem| problems.push(("name".to_owned(), problem)));
    let email = invitations::check_email(email).map_err(|problem| problems.push(("email".to_owned(), problem)));
    let (Ok(name), Ok(email)) = (name, email) else { return Err(Error::Invalid(problems)) };
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = teams::insert(services, &tx, &name, None, TeamStatus::Draft).await?;
    let event = Event::team(team.team_id(), AuditAction::TeamCreated);
    audit::record(services, &tx, actor, event).await?;
    let to = To { team: Some(team.team_id()), name: &team.name };
    let token = invitations::send(services, &tx, actor, to, &email, &Invited::Onboarding).await?;
    record_for_vendor(services, &tx, actor, &team, email.as_str()).await?;
    store::commit(tx).await?;
    Ok(Onboarded { slug: team.slug.clone(), token })
}

async fn record_for_vendor(services: &Services, tx: &Tx, actor: &Actor, team: &Team, email: &str) -> Result<(), Error> {
    let event = Event::vendor(AuditAction::OnboardingLinkSent).on(team.slug.clone());
    audit::record(services, tx, actor, event.detail(Some(email.to_owned()))).await
}

/// Mails a link for a team that nobody owns yet, to another address.
pub async fn send_link(services: &Services, actor: &Actor, slug: &str, email: &str) -> Result<Token, Error> {
    actor.team(services.db.connection(), slug, Action::Onboard).await?;
    let email = invitations::check_email(email).map_err(|problem| Error::field("email", problem))?;
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = unowned(&tx, actor, slug).await?;
    let to = To { team: Some(team.team_id()), name: &team.name };
    let token = invitations::send(services, &tx, actor, to, &email, &Invited::Onboarding).await?;
    record_for_vendor(services, &tx, actor, &team, email.as_str()).await?;
    store::commit(tx).await?;
    Ok(token)
}

async fn unowned(tx: &Tx, actor: &Actor, slug: &str) -> Result<Team, Error> {
    let (team, _) = actor.locked_team(tx, slug, Action::Onboard).await?;
    let owned = members::list(tx, team.team_id()).await?.iter().any(|member| member.role == Role::Owner);
    if owned {
        return Err(Error::form(FieldProblem::HasOwner));
    }
    require_right(actor, &team)?;
    Ok(team)
}

/// Refuses whoever may see the team and not hand it over.
fn require_right(actor: &Actor, team: &Team) -> Result<(), Error> {
    match actor.vendor(right_to_onboard(team)) {
        Err(Error::NotFound) => Err(Error::form(FieldProblem::AdministratorsLink)),
        other => other,
    }
}

/// Mails a new link; the one before stops working.
pub async fn resend(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    actor.team(services.db.connection(), slug, Action::Onboard).await?;
    invitations::count(services, actor).await?;
    let tx = services.db.begin().await?;
    let team = unowned(&tx, actor, slug).await?;
    let to = To { team: Some(team.team_id()), name: &team.name };
    invitations::resend(services, &tx, actor, to, id, SUPPORTS_OWN).await?;
    Ok(store::commit(tx).await?)
}

/// Takes a link back: for whoever could give it. The team may have an owner by now.
pub async fn revoke(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::Onboard).await?;
    require_right(actor, &team)?;
    invitations::revoke(services, &tx, actor, Some(team.team_id()), id, SUPPORTS_OWN).await?;
    Ok(store::commit(tx).await?)
}

/// The address of a link that this browser just made for the team, to be shown once.
pub async fn shown_once(services: &Services, actor: &Actor, slug: &str, token: &str) -> Result<Option<String>, Error> {
    let db = services.db.connection();
    // the team's page asks each time; making the link took the proof
    let (team, _) = actor.team(db, slug, Action::Review).await?;
    let Some(token) = Token::from_browser(token) else { return Ok(None) };
    let own = invitations::is_onboarding_of(services, db, &team, &token).await?;
    Ok(own.then(|| invitations::link(services, &token)))
}
