//! The audit trail: what anybody did, written in the transaction of the act itself, and
//! chained, so that nothing can be changed or taken out unseen.

mod chain;
mod export;
mod verify;
mod view;

pub use verify::{Anchor, ChainProblem, ChainReport, InvalidAnchor, Report, verify};
pub(crate) use view::entry;
pub use view::{Export, Trail, page};

use chrono::SubsecRound as _;
use model::ids::TeamId;
use model::{AuditAction, Timestamp};
use serde::Serialize;
use serde_json::Value;
use store::Tx;
use store::audit::{self, AuditEvent};

use crate::row_budget::{self, Payer, Row};
use crate::{Actor, Error, Services, Who};

/// Something that happened, to be written down.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    team: Option<TeamId>,
    action: AuditAction,
    target: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
    detail: Option<String>,
    /// Whether something else bounds how many there can be.
    is_bounded: bool,
}

impl Event {
    /// Of a team: its members see it.
    pub(crate) const fn team(team: TeamId, action: AuditAction) -> Self {
        Self::of(Some(team), action)
    }

    /// Of the vendor, or of an account: administrators see it.
    pub(crate) const fn vendor(action: AuditAction) -> Self {
        Self::of(None, action)
    }

    /// Of a team if there is one.
    pub(crate) const fn of(team: Option<TeamId>, action: AuditAction) -> Self {
        Self { team, action, target: None, before: None, after: None, detail: None, is_bounded: false }
    }

    /// On what: an address, a thumbprint.
    pub(crate) fn on(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Something else bounds how many there can be, such as the limits on guessing at an
    /// account: it is written whatever strangers wrote before.
    pub(crate) const fn bounded(mut self, is_bounded: bool) -> Self {
        self.is_bounded = is_bounded;
        self
    }

    /// Words that go with it.
    pub(crate) fn detail(mut self, detail: impl Into<Option<String>>) -> Self {
        self.detail = detail.into();
        self
    }

    /// What was changed, without secrets.
    pub(crate) fn changed(mut self, before: impl Serialize, after: impl Serialize) -> Self {
        // view types of ours always serialise
        self.before = serde_json::to_value(before).ok();
        self.after = serde_json::to_value(after).ok();
        self
    }
}

/// Writes an event, in the transaction of the act itself.
///
/// # Errors
/// [`Error::TooMany`] if an account does more than is written down of one: the act must not
/// happen then.
pub(crate) async fn record(services: &Services, tx: &Tx, actor: &Actor, event: Event) -> Result<(), Error> {
    match &actor.who {
        Who::Account(account) if account.support_role.is_none() && !takes_away(event.action) => {
            let changed = [&event.before, &event.after].into_iter().flatten();
            let bytes = changed.map(|value| value.to_string().len()).sum();
            row_budget::pay(services, Row::AuditEvent, row_budget::units(bytes, 4), &[Payer::Account(account.id)])?;
        }
        Who::Anonymous if needs_no_proof(event.action) && !event.is_bounded => {
            if row_budget::pay(services, Row::AuditEvent, 1, &[Payer::of(actor)]).is_err() {
                tracing::warn!(action = event.action.as_str(), ip = ?actor.origin.ip, "too many to be written down");
                return Ok(());
            }
        }
        Who::Anonymous | Who::AwaitingFactor(_) | Who::Account(_) | Who::CommandLine | Who::Portal => {}
    }
    let chain = chain::of(event.team);
    let head = audit::lock_head(tx, chain).await?;
    let mut row = AuditEvent {
        id: services.uuid(),
        team_id: event.team,
        actor: actor.words(),
        action: event.action.as_str().to_owned(),
        detail: event.detail,
        at: services.now().trunc_subsecs(3),
        chain,
        sequence: head.sequence + 1,
        actor_kind: kind(actor).to_owned(),
        target: event.target,
        before_value: event.before.map(|value| value.to_string()),
        after_value: event.after.map(|value| value.to_string()),
        ip: actor.origin.ip.map(|ip| ip.to_canonical().to_string()),
        previous_hash: head.hash,
        hash: Vec::new(),
    };
    row.hash = chain::hash(&row);
    Ok(audit::append(tx, row).await?)
}

/// The vendor's events of these kinds on one target since a moment, newest first.
pub(crate) async fn on_target(
    tx: &Tx,
    actions: &[AuditAction],
    target: &str,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<AuditEvent>, Error> {
    let codes: Vec<_> = actions.iter().map(|action| action.as_str()).collect();
    Ok(audit::on_target(tx, chain::of(None), &codes, target, since, limit).await?)
}

/// What takes a right or a session away, or shuts an intruder out. It is never refused because
/// somebody wrote too much before: whoever stole a session could use that up. Of each there are
/// no more than of what it takes away, or it asks for the password.
const fn takes_away(action: AuditAction) -> bool {
    use AuditAction::{
        EmailChangeUndone, InvitationRevoked, MemberLeft, MemberRemoved, MemberRoleChanged, PasskeyRemoved,
        PasswordChanged, SessionEnded, SessionsEnded, SignedOut, TeamSessionsEnded, TotpRemoved,
    };
    matches!(
        action,
        SignedOut
            | SessionEnded
            | SessionsEnded
            | PasswordChanged
            | EmailChangeUndone
            | TotpRemoved
            | PasskeyRemoved
            | InvitationRevoked
            | MemberRemoved
            | MemberLeft
            | MemberRoleChanged
            | TeamSessionsEnded
    )
}

/// What anybody can make happen without showing anything. All else costs a token or a password
/// that only one person has.
const fn needs_no_proof(action: AuditAction) -> bool {
    matches!(action, AuditAction::SignInFailed | AuditAction::PasswordResetAsked | AuditAction::ConfirmationResent)
}

const fn kind(actor: &Actor) -> &'static str {
    match &actor.who {
        Who::Anonymous => "anonymous",
        Who::AwaitingFactor(_) | Who::Account(_) => "account",
        Who::CommandLine => "command_line",
        Who::Portal => "portal",
    }
}
