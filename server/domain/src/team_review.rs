//! The review of teams by support: a team's details, and the decisions.

use model::AuditAction;
use model::attempts::AttemptKind;
use model::support::{MemberView, SupportTeamView};
use model::team::TeamAction;
use model::{AuditEntry, FieldProblem, Notice, NoticeKind, Role, TeamLink, TeamStatus};
use store::attempt_list::{AttemptQuery, AttemptTeams};
use store::audit::AuditQuery;
use store::teams::{self, Team};
use store::{ConnectionTrait, attempts};

use crate::attempts::{report_of, summary_of};
use crate::audit::NewAuditEvent;
use crate::decision_digest::{DecisionSubject, ExpectedDigest, TeamConfiguration, require_unchanged};
use crate::logout;
use crate::mail::Message;
use crate::review_checklist::{Review, checklist};
use crate::review_thread::{MAX_WORDS, Side};
use crate::revisions::shown_revision;
use crate::setup_view::is_tested;
use crate::teams::{go_live, mail_members, require_allowed, team_view, transition};
use crate::text_fields::required_text;
use crate::{Action, Actor, Error, Services, audit, grants, invitations, review_thread, support_overview, vendor_team};

/// How many of a team's latest sign-ins and events its page shows.
const RECENT: u64 = 20;

/// A team with all that support may see of it.
#[tracing::instrument(name = "team_review.details", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn details(services: &Services, actor: &Actor, slug: &str) -> Result<SupportTeamView, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Review).await?;
    let id = team.team_id();
    let configuration = TeamConfiguration::load(db, id).await?;
    let mut last_test = None;
    let revision = shown_revision(db, id).await?;
    if let Some(revision) = &revision
        && let Some(test) = attempts::latest_test(db, id, revision.revision_id()).await?
    {
        last_test = Some(Box::pin(report_of(services, db, &team, test, actor.support_actor_role())).await?);
    }
    let recent =
        AttemptQuery { teams: AttemptTeams::One(id), kind: Some(AttemptKind::SignIns), ..AttemptQuery::default() };
    let recent = store::attempt_list::find(db, &recent, services.now(), RECENT).await?;
    let sign_ins = recent.iter().map(|attempt| summary_of(services, &team, attempt)).collect();
    let members = members(db, &team).await?;
    let review = configuration.next().filter(|_| team.status == TeamStatus::InReview);
    let checklist = match review {
        Some(next) => {
            let (live, latest_test) = (configuration.live.as_ref(), last_test.as_ref());
            let is_tested = is_tested(db, revision.as_ref()).await?;
            let review = Review { next, live, latest_test, is_tested, members: &members };
            checklist(db, &team, review, services.now()).await?
        }
        None => Vec::new(),
    };
    Ok(SupportTeamView {
        digests: configuration.digests()?,
        current_key: configuration.current_key(),
        draft: configuration.draft,
        live: configuration.live,
        last_test,
        checklist,
        sign_ins,
        members,
        invitations: invitations::pending(services, db, Some(id)).await?,
        vendor: vendor_team::view(actor, &team),
        may_decide: !team.is_vendor || actor.is_offered(Action::ManageSupport),
        may_send_link: actor.is_offered(grants::onboarding_action(&team)),
        audit: recent_events(db, &team).await?,
        team: team_view(services, db, &team, Role::Viewer).await?,
    })
}

async fn members(db: &impl ConnectionTrait, team: &Team) -> Result<Vec<MemberView>, Error> {
    let members = teams::members(db, team.team_id()).await?;
    Ok(members.into_iter().map(|(email, role)| MemberView { email, role }).collect())
}

async fn recent_events(db: &impl ConnectionTrait, team: &Team) -> Result<Vec<AuditEntry>, Error> {
    let query = AuditQuery { chain: Some(team.id.as_uuid()), ..AuditQuery::default() };
    let events = store::audit::find(db, &query, RECENT).await?;
    Ok(events.into_iter().map(audit::audit_entry).collect())
}

/// Lets a team in review go live: its draft becomes the live revision.
#[tracing::instrument(name = "team_review.approve", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn approve(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Decide).await?;
    let allowed = require_allowed(actor, &team, TeamAction::Approve)?;
    require_unchanged(&tx, team.team_id(), DecisionSubject::Next, expected).await?;
    transition(services, &tx, &team, allowed, None).await?;
    let (before, after) = go_live(services, &tx, &team).await?;
    let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamApproved).changed(before, after);
    audit::record(services, &tx, actor, event).await?;
    let message = Message::TeamApproved { team: team.name.clone(), slug: team.slug.clone() };
    mail_members(services, &tx, &team, &message).await?;
    store::commit(tx).await?;
    let next = next_to_review(services, actor).await;
    Ok(Notice { next, ..Notice::on(NoticeKind::Approved, after, before) }.about(team.slug.clone(), team.name))
}

/// Sends a team in review back, with a note to its members.
#[tracing::instrument(name = "team_review.request_changes", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn request_changes(
    services: &Services,
    actor: &Actor,
    slug: &str,
    words: &str,
    expected: ExpectedDigest<'_>,
) -> Result<Notice, Error> {
    let words = required_text("words", words, MAX_WORDS, FieldProblem::ExplanationMissing)?.to_owned();
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Decide).await?;
    let allowed = require_allowed(actor, &team, TeamAction::RequestChanges)?;
    require_unchanged(&tx, team.team_id(), DecisionSubject::Next, expected).await?;
    transition(services, &tx, &team, allowed, Some(words.clone())).await?;
    review_thread::add(services, &tx, actor, &team, Side::Support, &words).await?;
    audit::record(
        services,
        &tx,
        actor,
        NewAuditEvent::team(team.team_id(), AuditAction::ChangesRequested).detail(Some(words.clone())),
    )
    .await?;
    let message = Message::ChangesRequested { team: team.name.clone(), slug: team.slug.clone(), words };
    mail_members(services, &tx, &team, &message).await?;
    store::commit(tx).await?;
    let next = next_to_review(services, actor).await;
    Ok(Notice { next, ..Notice::of(NoticeKind::ChangesRequested) }.about(team.slug.clone(), team.name))
}

/// Where the queue goes on. The decision stands, whether that is known or not.
async fn next_to_review(services: &Services, actor: &Actor) -> Option<TeamLink> {
    support_overview::next_to_review(services, actor).await.unwrap_or_else(|error| {
        error.log();
        None
    })
}

/// Stops an active team's sign-in and ends its people's sessions. This needs no look at what is
/// live: it is stopped, whatever it is.
#[tracing::instrument(name = "team_review.suspend", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn suspend(services: &Services, actor: &Actor, slug: &str, reason: &str) -> Result<(), Error> {
    let reason = required_text("reason", reason, MAX_WORDS, FieldProblem::ExplanationMissing)?.to_owned();
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Decide).await?;
    let allowed = require_allowed(actor, &team, TeamAction::Suspend)?;
    transition(services, &tx, &team, allowed, Some(reason.clone())).await?;
    logout::end_access_of_suspended_team(services, &tx, actor, &team).await?;
    audit::record(
        services,
        &tx,
        actor,
        NewAuditEvent::team(team.team_id(), AuditAction::TeamSuspended).detail(Some(reason.clone())),
    )
    .await?;
    let message = Message::TeamSuspended { team: team.name.clone(), slug: team.slug.clone(), reason };
    mail_members(services, &tx, &team, &message).await?;
    Ok(store::commit(tx).await?)
}

/// Allows a suspended team's sign-in again.
#[tracing::instrument(name = "team_review.resume", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn resume(services: &Services, actor: &Actor, slug: &str, expected: ExpectedDigest<'_>) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Decide).await?;
    let allowed = require_allowed(actor, &team, TeamAction::Resume)?;
    require_unchanged(&tx, team.team_id(), DecisionSubject::Live, expected).await?;
    transition(services, &tx, &team, allowed, None).await?;
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::TeamResumed)).await?;
    let message = Message::TeamResumed { team: team.name.clone(), slug: team.slug.clone() };
    mail_members(services, &tx, &team, &message).await?;
    Ok(store::commit(tx).await?)
}
