//! The audit trail: what anybody did, written in the transaction of the act itself, and
//! chained by hashes, so that nothing can be changed or taken out unnoticed.

mod chain;
mod detail;
mod ocsf;
mod pages;
mod verification;

pub(crate) use pages::audit_entry;
pub use pages::{AuditExport, AuditTrail, connection_history, page};
pub use verification::{Anchor, ChainProblem, ChainReport, InvalidAnchor, VerificationReport, verify};

use chrono::SubsecRound as _;
use model::audit::{ActorKind, AuditDetail};
use model::ids::TeamId;
use model::{AuditAction, Timestamp};
use serde::Serialize;
use serde_json::Value;
use store::audit::{self, AuditEvent, AuditQuery};
use store::{ConnectionTrait, Tx};
use tracing::Instrument as _;

use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Actor, Error, Identity, Services};

/// An audit event to be written.
#[derive(Clone, Debug)]
pub(crate) struct NewAuditEvent {
    team: Option<TeamId>,
    action: AuditAction,
    target: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
    detail: Option<String>,
    /// Whether something else limits how many there can be.
    is_limited_elsewhere: bool,
}

impl NewAuditEvent {
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
        Self { team, action, target: None, before: None, after: None, detail: None, is_limited_elsewhere: false }
    }

    /// What was acted on: an address, a thumbprint.
    pub(crate) fn target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Something else limits how many there can be, such as the throttling of guesses at an
    /// account: it is written whatever strangers wrote before.
    pub(crate) const fn limited_elsewhere(mut self, is_limited_elsewhere: bool) -> Self {
        self.is_limited_elsewhere = is_limited_elsewhere;
        self
    }

    /// Words or a name that go with it.
    pub(crate) fn detail(mut self, detail: impl Into<Option<String>>) -> Self {
        self.detail = detail.into().map(detail::stored_text);
        self
    }

    /// A detail that pages tell in words.
    pub(crate) fn coded_detail(mut self, detail: &AuditDetail) -> Self {
        self.detail = Some(detail::stored(detail));
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

/// What kind of actor it was, where that says who it was: there is no account that has a name.
fn kind_without_account(event: &AuditEvent) -> Option<ActorKind> {
    event.actor_kind.clone().known().filter(|kind| !kind.has_account())
}

/// Writes an event, in the transaction of the act itself.
///
/// # Errors
/// [`Error::TooManyRequests`] if an account does more than is written down of one: the act must not
/// happen then.
pub(crate) async fn record(services: &Services, tx: &Tx, actor: &Actor, event: NewAuditEvent) -> Result<(), Error> {
    match &actor.identity {
        Identity::Account(account) if account.support_role.is_none() && !is_revocation(event.action) => {
            let changed = [&event.before, &event.after].into_iter().flatten();
            let words = event.detail.as_ref().map_or(0, String::len);
            let bytes = changed.map(|value| value.to_string().len()).sum::<usize>() + words;
            services.charge(RowKind::AuditEvent, row_budget::units(bytes, 4), &[BudgetOwner::Account(account.id)])?;
        }
        Identity::Anonymous if is_unauthenticated_action(event.action) && !event.is_limited_elsewhere => {
            if services.charge(RowKind::AuditEvent, 1, &[BudgetOwner::of_actor(actor)]).is_err() {
                tracing::warn!(action = event.action.as_str(), ip = ?actor.client.ip, "too many to be written down");
                return Ok(());
            }
        }
        Identity::Anonymous
        | Identity::AwaitingSecondFactor(_)
        | Identity::Account(_)
        | Identity::Operator
        | Identity::Portal => {}
    }
    let chain = chain::id(event.team);
    let head = audit::lock_head(tx, chain).instrument(tracing::debug_span!("lock_audit_chain")).await?;
    let mut row = AuditEvent {
        id: services.uuid(),
        team_id: event.team,
        actor: actor.audit_name(),
        action: event.action.into(),
        detail: event.detail,
        at: services.now().trunc_subsecs(3),
        chain,
        sequence: head.sequence + 1,
        actor_kind: actor.kind().into(),
        target: event.target,
        before_value: event.before.map(|value| value.to_string()),
        after_value: event.after.map(|value| value.to_string()),
        ip: actor.client.ip.map(|ip| ip.to_canonical().to_string()),
        previous_hash: head.hash,
        hash: Vec::new(),
    };
    row.hash = chain::hash(&row);
    Ok(audit::append(tx, row).await?)
}

/// The vendor's events of these kinds about one target since a moment, newest first.
pub(crate) async fn recent_events_about(
    tx: &Tx,
    actions: &[AuditAction],
    target: &str,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<AuditEvent>, Error> {
    Ok(audit::on_target(tx, chain::id(None), actions, target, since, limit).await?)
}

/// The latest event of a kind in a team's trail.
pub(crate) async fn latest_of_team(
    db: &impl ConnectionTrait,
    team: TeamId,
    action: AuditAction,
) -> Result<Option<AuditEvent>, Error> {
    let actions = vec![action.as_str().to_owned()];
    let query = AuditQuery { chain: Some(chain::id(Some(team))), actions, ..AuditQuery::default() };
    Ok(audit::find(db, &query, 1).await?.pop())
}

/// Whether an action takes a right or a session away, or shuts an intruder out. Such an event is
/// never over budget, since whoever stole a session could use the budget up. Of each there are
/// no more than of what it takes away, or it asks for the password.
const fn is_revocation(action: AuditAction) -> bool {
    use AuditAction::{
        EmailChangeUndone, InvitationRevoked, MemberLeft, MemberRemoved, MemberRoleChanged, OtherSessionsEnded,
        PasskeyRemoved, PasswordChanged, PersonDeactivated, PersonErased, PersonSessionsEnded, SessionEnded, SignedOut,
        TeamSessionsEnded, TotpRemoved,
    };
    matches!(
        action,
        SignedOut
            | SessionEnded
            | OtherSessionsEnded
            | PasswordChanged
            | EmailChangeUndone
            | TotpRemoved
            | PasskeyRemoved
            | InvitationRevoked
            | MemberRemoved
            | MemberLeft
            | MemberRoleChanged
            | TeamSessionsEnded
            | PersonDeactivated
            | PersonErased
            | PersonSessionsEnded
    )
}

/// Whether anybody can cause the event without any proof. All others take a token or a password
/// that only one person has.
const fn is_unauthenticated_action(action: AuditAction) -> bool {
    matches!(action, AuditAction::SignInFailed | AuditAction::PasswordResetRequested | AuditAction::ConfirmationResent)
}
