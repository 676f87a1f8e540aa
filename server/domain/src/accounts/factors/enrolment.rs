//! What follows when a second factor is added or removed: sessions, recovery codes, the audit
//! trail and the mail to the owner.

use model::{AuditAction, FieldProblem};
use store::{Tx, account_sessions, recovery_codes};

use super::owner_notice::notify_owner;
use super::recovery_codes::create_recovery_codes;
use super::security_settings::required_by;
use crate::account_sessions::{SessionUpdate, has_second_factor, update_session};
use crate::audit::{self, NewAuditEvent};
use crate::mail::FactorChange;
use crate::{AccountActor, Actor, Error, Services};

/// What a browser gets after a factor was added.
#[derive(Clone, Debug)]
pub struct FactorEnrolment {
    /// The `Set-Cookie` values: the session's new token, and what new recovery codes are
    /// shown by.
    pub cookies: Vec<String>,
    /// Whether there are new recovery codes to show.
    pub has_new_codes: bool,
}

/// A factor that was added.
pub(super) struct AddedFactor {
    /// Whether the account had a second factor before.
    pub(super) had_any: bool,
    /// What the audit trail says.
    pub(super) action: AuditAction,
    /// What the owner is told.
    pub(super) news: FactorChange,
}

/// What follows when a factor was added: the first one ends sessions that have none verified,
/// and comes with recovery codes; the session of this request has verified it.
pub(super) async fn complete_enrolment(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    added: AddedFactor,
) -> Result<FactorEnrolment, Error> {
    let AddedFactor { had_any, action, news } = added;
    if !had_any {
        account_sessions::end_all(tx, account.id, Some(&account.session_hash)).await?;
    }
    let update = SessionUpdate { second_factor: Some(true), is_reauthenticated: false };
    let mut cookies = vec![update_session(services, tx, actor, update).await?];
    record(services, tx, actor, account, action, &news).await?;
    notify_owner(services, tx, actor, account, news).await?;
    let has_new_codes = !had_any || recovery_codes::count_unused(tx, account.id).await? == 0;
    if has_new_codes {
        cookies.push(create_recovery_codes(services, tx, account.id).await?);
        let event = NewAuditEvent::vendor(AuditAction::RecoveryCodesCreated).target(account.email.as_str());
        audit::record(services, tx, actor, event).await?;
    }
    Ok(FactorEnrolment { cookies, has_new_codes })
}

/// What follows when a factor was removed. Returns the session's new cookie.
///
/// # Errors
/// [`FieldProblem::LastFactor`] if it was the last one and one is required: the caller rolls
/// back.
pub(super) async fn complete_removal(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    action: AuditAction,
    news: FactorChange,
) -> Result<String, Error> {
    let has_one_left = has_second_factor(tx, account.id).await?;
    if !has_one_left {
        if required_by(services, tx, account).await?.is_some() {
            return Err(Error::form(FieldProblem::LastFactor));
        }
        recovery_codes::remove(tx, account.id).await?;
    }
    // a lost device may hold a session, too
    account_sessions::end_all(tx, account.id, Some(&account.session_hash)).await?;
    record(services, tx, actor, account, action, &news).await?;
    notify_owner(services, tx, actor, account, news).await?;
    let update = SessionUpdate { second_factor: (!has_one_left).then_some(false), is_reauthenticated: false };
    update_session(services, tx, actor, update).await
}

async fn record(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &AccountActor,
    action: AuditAction,
    news: &FactorChange,
) -> Result<(), Error> {
    let name = match news {
        FactorChange::PasskeyAdded { name } | FactorChange::PasskeyRemoved { name } => Some(name.clone()),
        _ => None,
    };
    audit::record(services, tx, actor, NewAuditEvent::vendor(action).target(account.email.as_str()).detail(name)).await
}
