//! Who of support reviews a team: somebody takes a review, and can hand it over. It says who is at
//! work, and blocks nobody: every reviewer may decide.

use model::ids::AccountId;
use model::support::{ReviewAssignment, ReviewerView};
use model::{AuditAction, FieldProblem, SupportRole, TeamStatus};
use store::accounts::Account;
use store::teams::Team;
use store::{ConnectionTrait, Tx, support_accounts, team_reviewers};

use crate::audit::NewAuditEvent;
use crate::mail::{self, Message};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Action, Actor, Error, Services, audit, vendor_roles};

/// Who reviews a team, and who else could; nothing for a team that does not wait for review.
///
/// # Errors
/// As [`Actor::authorize_team`].
#[tracing::instrument(name = "review_assignment.view", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn view(services: &Services, actor: &Actor, slug: &str) -> Result<Option<ReviewAssignment>, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Review).await?;
    if team.status != TeamStatus::InReview {
        return Ok(None);
    }
    let own = actor.signed_in_account().map(|account| account.id);
    let reviewer = team_reviewers::of_teams(db, &[team.team_id()]).await?.remove(&team.team_id());
    let current = reviewer.as_ref().map(|reviewer| reviewer.account.account_id());
    let others = candidates(db, &team).await?.into_iter();
    let others = others.filter(|account| Some(account.account_id()) != current && Some(account.account_id()) != own);
    Ok(Some(ReviewAssignment {
        may_take: !team.is_vendor || actor.is_offered(Action::ManageSupport),
        others: others.map(|account| (account.account_id(), account.email)).collect(),
        reviewer: reviewer.map(|reviewer| ReviewerView {
            is_you: Some(reviewer.account.account_id()) == own,
            email: reviewer.account.email,
            since: reviewer.since,
        }),
    }))
}

/// Who may decide about a team: of the vendor's own only administrators.
async fn candidates(db: &impl ConnectionTrait, team: &Team) -> Result<Vec<Account>, Error> {
    let accounts = support_accounts::active(db).await?;
    let may_decide = |account: &Account| !team.is_vendor || account.support_role == Some(SupportRole::Administrator);
    Ok(accounts.into_iter().filter(may_decide).collect())
}

/// The team, locked, if it waits for review and is the actor's to review.
async fn lock_waiting(tx: &Tx, actor: &Actor, slug: &str) -> Result<Team, Error> {
    let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::AssignReview).await?;
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    if team.status == TeamStatus::InReview {
        Ok(team)
    } else {
        Err(Error::form(FieldProblem::WrongStatus { status: team.status }))
    }
}

/// Takes a review, whoever had it before.
///
/// # Errors
/// As [`Actor::authorize_team`]; [`Error::Invalid`] if the team does not wait for review.
#[tracing::instrument(name = "review_assignment.take", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn take(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let team = lock_waiting(&tx, actor, slug).await?;
    // the operator has no account that could be written to
    let account = actor.signed_in_account().ok_or(Error::NotFound)?.id;
    team_reviewers::set(&tx, team.team_id(), account, services.now()).await?;
    let event = NewAuditEvent::vendor(AuditAction::ReviewTaken).target(team.slug.to_string());
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Hands a review over to somebody else of support, who gets a mail.
///
/// # Errors
/// As [`take`]; [`Error::Invalid`] if the account cannot decide about the team;
/// [`Error::TooManyRequests`].
#[tracing::instrument(name = "review_assignment.hand_over", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn hand_over(services: &Services, actor: &Actor, slug: &str, account: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let team = lock_waiting(&tx, actor, slug).await?;
    let not_a_choice = || Error::field("account", FieldProblem::NotAChoice);
    let account: AccountId = account.parse().map_err(|_| not_a_choice())?;
    let candidates = candidates(&tx, &team).await?;
    let next = candidates.into_iter().find(|one| one.account_id() == account).ok_or_else(not_a_choice)?;
    services.charge(RowKind::Mail, 1, &[BudgetOwner::of_actor(actor)])?;
    team_reviewers::set(&tx, team.team_id(), account, services.now()).await?;
    let event = NewAuditEvent::vendor(AuditAction::ReviewHandedOver).target(team.slug.to_string());
    audit::record(services, &tx, actor, event.detail(Some(next.email.clone()))).await?;
    let message = Message::ReviewHandedOver { team: team.name, slug: team.slug, by: actor.display_name() };
    mail::enqueue(services, &tx, &next.email, &message).await?;
    Ok(store::commit(tx).await?)
}
