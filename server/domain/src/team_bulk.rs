//! What support does to several teams of its list at once: shown first, then done to the teams that were
//! shown, each in a transaction of its own, so that one that cannot be touched leaves the others.

use chrono::TimeDelta;
use model::support::{BulkAction, BulkPreview, BulkResult, TeamListFilter, TeamSearchResult};
use model::{AuditAction, FieldProblem, Notice, NoticeKind, Role};
use store::audit::AuditQuery;
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx};

use crate::audit::NewAuditEvent;
use crate::mail::{self, Message};
use crate::{Action, Actor, Error, Services, audit, team_list, team_review};

/// A team is not reminded again before this has passed.
const REMINDED_FOR: TimeDelta = TimeDelta::days(1);

/// The teams of a page of the list, and to which of them this can be done.
///
/// # Errors
/// As [`team_list::find`]; [`Error::NotFound`] for a reference of a sign-in, which is no list.
#[tracing::instrument(name = "team_bulk.preview", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn preview(
    services: &Services,
    actor: &Actor,
    action: BulkAction,
    filter: TeamListFilter,
) -> Result<BulkPreview, Error> {
    actor.authorize_support(Action::Decide)?;
    let TeamSearchResult::Teams(page) = team_list::find(services, actor, filter).await? else {
        return Err(Error::NotFound);
    };
    let all = page.teams.len();
    let teams: Vec<_> = page.teams.into_iter().filter(|team| action.applies_to(team.status)).collect();
    Ok(BulkPreview { action, left: all - teams.len(), teams, has_more: page.next.is_some(), filter: page.filter })
}

/// Does it to these teams, at most a page of them. The reason is what the members of suspended teams are
/// told.
///
/// # Errors
/// [`Error::Invalid`] without a team, or without the reason that suspending needs.
#[tracing::instrument(name = "team_bulk.apply", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn apply(
    services: &Services,
    actor: &Actor,
    action: BulkAction,
    slugs: &[String],
    reason: &str,
) -> Result<Notice, Error> {
    actor.authorize_support(Action::Decide)?;
    if slugs.is_empty() {
        return Err(Error::form(FieldProblem::NoTeamChosen));
    }
    let mut result = BulkResult { done: 0, left: Vec::new() };
    // what was chosen is of one page
    for slug in slugs.iter().take(usize::try_from(team_list::PAGE_SIZE).unwrap_or_default()) {
        let done = match action {
            BulkAction::Remind => remind(services, actor, slug).await,
            BulkAction::Suspend => team_review::suspend(services, actor, slug, reason).await,
        };
        match done {
            Ok(()) => result.done += 1,
            Err(Error::Invalid(problems)) if problems.iter().any(|(_, problem)| is_of_team(problem)) => {
                result.left.push(slug.clone());
            }
            Err(Error::NotFound) => result.left.push(slug.clone()),
            Err(error) if result.done == 0 => return Err(error),
            // what was done is done: the page says what was not
            Err(error) => {
                error.log();
                result.left.push(slug.clone());
            }
        }
    }
    let kind = match action {
        BulkAction::Remind => NoticeKind::TeamsReminded,
        BulkAction::Suspend => NoticeKind::TeamsSuspended,
    };
    Ok(Notice { bulk: Some(result), ..Notice::of(kind) })
}

/// Whether one team is what stands in the way, and not the form.
const fn is_of_team(problem: &FieldProblem) -> bool {
    matches!(problem, FieldProblem::WrongStatus { .. } | FieldProblem::RemindedRecently)
}

/// Writes to those who can finish a team's set-up.
async fn remind(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Decide).await?;
    if !BulkAction::Remind.applies_to(team.status) {
        return Err(Error::form(FieldProblem::WrongStatus { status: team.status }));
    }
    if was_reminded(services, &tx, &team).await? {
        return Err(Error::form(FieldProblem::RemindedRecently));
    }
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::TeamReminded)).await?;
    mail_administrators(services, &tx, &team).await?;
    Ok(store::commit(tx).await?)
}

async fn was_reminded(services: &Services, db: &impl ConnectionTrait, team: &Team) -> Result<bool, Error> {
    let query = AuditQuery {
        chain: Some(team.id.as_uuid()),
        actions: vec![AuditAction::TeamReminded.as_str().to_owned()],
        from: Some(services.now() - REMINDED_FOR),
        ..AuditQuery::default()
    };
    Ok(!store::audit::find(db, &query, 1).await?.is_empty())
}

/// Viewers cannot finish it.
async fn mail_administrators(services: &Services, tx: &Tx, team: &Team) -> Result<(), Error> {
    let message = Message::SetupReminder { team: team.name.clone(), slug: team.slug.clone() };
    for (email, role) in teams::members(tx, team.team_id()).await? {
        if role >= Role::Admin {
            mail::enqueue(services, tx, &email, &message).await?;
        }
    }
    Ok(())
}
