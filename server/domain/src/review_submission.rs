//! A team's configuration on its way to support, or at once to its people; and back.

use model::team::TeamAction;
use model::{AuditAction, FieldProblem, Notice, NoticeKind, Role, SetupStep, StepState, TeamStatus};
use store::teams::{Team, Transition};
use store::{Tx, support_accounts};

use crate::audit::NewAuditEvent;
use crate::decision_digest::{DecisionSubject, ExpectedDigest, require_unchanged};
use crate::mail::{self, Message};
use crate::review_thread::{self, MAX_WORDS, Side};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::settings::GoLive;
use crate::setup_view::setup_of;
use crate::teams::{change_status, go_live, require_allowed, transition};
use crate::text_fields::optional_text;
use crate::{Action, Actor, Error, Services, audit, vendor_roles};

/// Sends the team's draft to support for review, or, by policy and after a successful test,
/// makes it live at once. The answer, which may be empty, goes to support with it.
#[tracing::instrument(name = "submit_for_review", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn submit(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
    answer: &str,
) -> Result<Notice, Error> {
    let answer = optional_text("answer", answer, MAX_WORDS)?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::GoLive).await?;
    let from = team.status;
    let to = from.after(TeamAction::Submit).map_err(Error::transition)?;
    require_unchanged(&tx, team.team_id(), DecisionSubject::Next, expected).await?;
    let review = services.settings.go_live == GoLive::Review;
    require_complete(services, &tx, &team, !review).await?;
    if review {
        let at = services.now();
        let transition = Transition { from, to, words: None, submitted_at: Some(at), at };
        change_status(&tx, &team, transition).await?;
        if let Some(answer) = answer {
            review_thread::add(services, &tx, actor, &team, Side::Team, answer).await?;
        }
        let answer = answer.map(str::to_owned);
        let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamSubmitted).detail(answer.clone());
        audit::record(services, &tx, actor, event).await?;
        let (name, slug) = (team.name.clone(), team.slug.clone());
        let message = Message::TeamSubmitted { team: name, slug, by: actor.display_name(), answer };
        let reviewers = support_accounts::active(&tx).await?;
        // submitting and taking back in turn must not fill mailboxes; many reviewers are not the team's fault
        let mails = i32::try_from(reviewers.len().min(10)).unwrap_or(10);
        services.charge(RowKind::Mail, mails, &[BudgetOwner::of_actor(actor)])?;
        for reviewer in reviewers {
            mail::enqueue(services, &tx, &reviewer.email, &message).await?;
        }
        store::commit(tx).await?;
        Ok(Notice::of(NoticeKind::Submitted))
    } else {
        vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
        let transition =
            Transition { from, to: TeamStatus::Active, words: None, submitted_at: None, at: services.now() };
        change_status(&tx, &team, transition).await?;
        let (before, after) = go_live(services, &tx, &team).await?;
        let event = NewAuditEvent::team(team.team_id(), AuditAction::TeamActivated).changed(before, after);
        audit::record(services, &tx, actor, event).await?;
        store::commit(tx).await?;
        Ok(Notice::on(NoticeKind::MadeLive, after, before))
    }
}

/// Refuses a draft whose steps are not all done. Steps at the identity provider are only confirmed by the
/// admin and are not required; the test is, where no review follows.
async fn require_complete(services: &Services, tx: &Tx, team: &Team, with_test: bool) -> Result<(), Error> {
    let view = setup_of(services, tx, team, Role::Admin).await?;
    let mut needed = vec![SetupStep::Certificates, SetupStep::Urls];
    if with_test {
        needed.push(SetupStep::Test);
    }
    let missing: Vec<_> = needed.into_iter().filter(|step| view.state(*step) != StepState::Done).collect();
    if missing.is_empty() { Ok(()) } else { Err(Error::form(FieldProblem::StepsMissing { steps: missing })) }
}

/// Takes the team's configuration back from review, to edit it.
#[tracing::instrument(name = "withdraw_from_review", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn withdraw(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Configure).await?;
    let allowed = require_allowed(actor, &team, TeamAction::Withdraw)?;
    require_unchanged(&tx, team.team_id(), DecisionSubject::Next, expected).await?;
    transition(services, &tx, &team, allowed, None).await?;
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::TeamWithdrawn)).await?;
    store::commit(tx).await?;
    Ok(Notice::of(NoticeKind::Withdrawn))
}
