//! Teams: creation, their pages, and the way to review and back.

mod export;
mod import;

use model::AuditAction;
use model::team::TeamAction;
use model::{
    FieldProblem, Notice, NoticeKind, RevisionState, Role, SetupStep, StepState, TeamName, TeamSlug, TeamStatus,
    TeamView,
};
use store::teams::{Team, Transition};
use store::{ConnectionTrait, Tx, members, people, revisions, support_accounts, teams};

pub use export::{ExportTeam, export};
pub use import::{ImportTeam, Imported, import};

use crate::audit::Event;
use crate::connections::{DecidesOn, Seen, require_seen};
use crate::mail::{self, Message};
use crate::row_budget::{self, Payer, Row};
use crate::settings::{GoLive, SignUp};
use crate::{Action, Actor, Error, Services, audit, connections, limits, vendor_team};

/// How often a taken slug is rolled again: at 30^6 suffixes a stem, once is already rare.
const SLUG_TRIES: usize = 5;

/// Creates a team that the signed-in account owns, with an empty draft connection.
pub async fn create(services: &Services, actor: &Actor, name: &str) -> Result<TeamSlug, Error> {
    let account = actor.own(Action::UseAccount)?;
    if services.settings.sign_up == SignUp::InviteOnly {
        return Err(Error::form(FieldProblem::InviteOnly));
    }
    let name = check_name(name).map_err(|problem| Error::field("name", problem))?;
    let tx = services.db.begin().await?;
    // support creates teams for others, by its own right (`crate::onboarding`)
    limits::count_team(services, &tx, account.id).await?;
    let team = insert(services, &tx, &name, None, TeamStatus::Draft).await?;
    teams::add_member(&tx, team.team_id(), account.id, Role::Owner, services.now()).await?;
    audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::TeamCreated)).await?;
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

/// A team, as its pages show it.
pub(crate) async fn view(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    role: Role,
) -> Result<TeamView, Error> {
    let id = team.team_id();
    let slug = team.slug.clone();
    Ok(TeamView {
        name: team.name.clone(),
        status: team.status,
        status_words: team.status_words.clone(),
        role,
        endpoints: services.settings.urls.endpoints(&slug),
        created_at: team.created_at,
        people: people::count(db, id).await?,
        last_sign_in_at: people::last_sign_in(db, id).await?,
        has_draft: revisions::in_state(db, id, RevisionState::Draft).await?.is_some(),
        slug,
    })
}

/// Sends the team's draft to support for review, or, by policy and after a successful test,
/// makes it live at once.
pub async fn submit(services: &Services, actor: &Actor, slug: &str, seen: Seen<'_>) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::GoLive).await?;
    let from = team.status;
    let to = from.after(TeamAction::Submit).map_err(Error::transition)?;
    require_seen(&tx, team.team_id(), DecidesOn::Next, seen).await?;
    let review = services.settings.go_live == GoLive::Review;
    require_complete(services, &tx, &team, !review).await?;
    if review {
        let transition = Transition { from, to, words: None, submitted_at: Some(services.now()) };
        change_status(&tx, &team, transition).await?;
        audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::TeamSubmitted)).await?;
        let message = Message::TeamSubmitted { team: team.name.clone(), slug: team.slug.clone(), by: actor.words() };
        let reviewers = support_accounts::active(&tx).await?;
        // submitting and taking back in turn must not fill mailboxes; many reviewers are not the team's fault
        let mails = i32::try_from(reviewers.len().min(10)).unwrap_or(10);
        row_budget::pay(services, Row::Mail, mails, &[Payer::of(actor)])?;
        for reviewer in reviewers {
            mail::enqueue(services, &tx, &reviewer.email, &message).await?;
        }
        store::commit(tx).await?;
        Ok(Notice::of(NoticeKind::Submitted))
    } else {
        vendor_team::guard(actor, &team)?;
        let transition = Transition { from, to: TeamStatus::Active, words: None, submitted_at: None };
        change_status(&tx, &team, transition).await?;
        let (before, after) = go_live(services, &tx, &team).await?;
        let event = Event::team(team.team_id(), AuditAction::TeamActivated).changed(before, after);
        audit::record(services, &tx, actor, event).await?;
        store::commit(tx).await?;
        Ok(Notice::on(NoticeKind::MadeLive, after, before))
    }
}

/// Refuses a draft whose steps are not all done. The steps that happen in Entra are the
/// admin's own notes and do not hold anybody up; the test does where nobody reviews.
async fn require_complete(services: &Services, tx: &Tx, team: &Team, tested: bool) -> Result<(), Error> {
    let view = connections::setup_of(services, tx, team, Role::Admin).await?;
    let mut needed = vec![SetupStep::Certificates, SetupStep::Urls];
    if tested {
        needed.push(SetupStep::Test);
    }
    let missing: Vec<_> = needed
        .into_iter()
        .filter(|step| view.state(*step) != StepState::Done)
        .map(|step| step.title().to_owned())
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Error::form(FieldProblem::StepsMissing { steps: missing })) }
}

/// Takes the team's configuration back from review, to edit it.
pub async fn withdraw(services: &Services, actor: &Actor, slug: &str, seen: Seen<'_>) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::Configure).await?;
    let allowed = require_allowed(actor, &team, TeamAction::Withdraw)?;
    require_seen(&tx, team.team_id(), DecidesOn::Next, seen).await?;
    transition(&tx, &team, allowed, None).await?;
    audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::TeamWithdrawn)).await?;
    store::commit(tx).await?;
    Ok(Notice::of(NoticeKind::Withdrawn))
}

/// A transition that is the actor's to decide and that the team's state allows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AllowedTransition {
    from: TeamStatus,
    to: TeamStatus,
}

/// Refuses what is not the actor's to decide or what the team's state does not allow, before
/// anybody is asked to look again. What support decides about the vendor's own team decides
/// who gets into support: that is not a reviewer's.
pub(crate) fn require_allowed(actor: &Actor, team: &Team, action: TeamAction) -> Result<AllowedTransition, Error> {
    if action.is_supports() {
        vendor_team::guard(actor, team)?;
    }
    let from = team.status;
    let to = from.after(action).map_err(Error::transition)?;
    Ok(AllowedTransition { from, to })
}

/// Takes a team along a transition.
pub(crate) async fn transition(
    tx: &Tx,
    team: &Team,
    allowed: AllowedTransition,
    words: Option<String>,
) -> Result<(), Error> {
    let AllowedTransition { from, to } = allowed;
    change_status(tx, team, Transition { from, to, words, submitted_at: None }).await
}

async fn change_status(tx: &Tx, team: &Team, transition: Transition) -> Result<(), Error> {
    let from = transition.from;
    if teams::change_status(tx, team.team_id(), transition).await? {
        return Ok(());
    }
    // somebody else was quicker: say where the team is now
    let slug = team.slug.clone();
    let status = teams::by_slug(tx, &slug).await?.map_or(from, |team| team.status);
    Err(Error::form(FieldProblem::WrongStatus { status }))
}

/// Makes the draft the live revision; a team without a draft and without a live revision
/// has nothing to go live with. Answers with the numbers of the revisions that served and
/// serve.
pub(crate) async fn go_live(services: &Services, tx: &Tx, team: &Team) -> Result<(Option<i32>, Option<i32>), Error> {
    let id = team.team_id();
    // sign-ins of the team are over before, or ask after it what is live
    members::lock(tx, id).await?;
    let draft = revisions::in_state(tx, id, RevisionState::Draft).await?;
    let live = revisions::in_state(tx, id, RevisionState::Live).await?;
    let complete = match &draft {
        Some(draft) => draft.idp.is_some() && revisions::count_certificates(tx, id, draft.revision_id()).await? > 0,
        None => live.is_some(),
    };
    if !complete {
        let steps = [SetupStep::Certificates, SetupStep::Urls].map(|step| step.title().to_owned()).to_vec();
        return Err(Error::form(FieldProblem::StepsMissing { steps }));
    }
    if draft.is_some() && !revisions::make_draft_live(tx, id, services.now()).await? {
        return Err(Error::form(FieldProblem::WrongStatus { status: team.status }));
    }
    let before = live.map(|live| live.number);
    Ok((before, draft.map_or(before, |draft| Some(draft.number))))
}

/// Writes to every member of a team.
pub(crate) async fn mail_members(services: &Services, tx: &Tx, team: &Team, message: &Message) -> Result<(), Error> {
    for (email, _) in teams::members(tx, team.team_id()).await? {
        mail::enqueue(services, tx, &email, message).await?;
    }
    Ok(())
}
