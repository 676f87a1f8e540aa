//! Failed sign-ins: each is recorded, and a burst of them is reported to the account's owner.
//! How they are slowed down is in `crate::limits`.

use chrono::TimeDelta;
use model::AuditAction;
use store::Tx;
use store::accounts::{self, Account};

use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Credentials, Message, at_and_from};
use crate::throttle_counts::MEMORY;
use crate::{AccountActor, Actor, Error, Services};

/// How much of a mistyped address the audit trail keeps, in characters.
const MAX_ADDRESS: usize = 254;
/// What counts as a failed sign-in.
const FAILED_LOGINS: [AuditAction; 4] = [
    AuditAction::SignInFailed,
    AuditAction::PasswordRejected,
    AuditAction::SecondFactorFailed,
    AuditAction::ReauthenticationFailed,
];
/// How many are a burst: more than the owner mistypes.
const BURST: usize = 10;
/// The owner is told at most this often: an attacker must not fill a mailbox.
const NOTICE_INTERVAL: TimeDelta = TimeDelta::days(1);

/// Records a failed sign-in, under the address that was typed.
pub(super) async fn record_failed_sign_in(
    services: &Services,
    actor: &Actor,
    address: &str,
    account: Option<&Account>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let address: String = address.chars().take(MAX_ADDRESS).collect();
    // failures at an account are recorded however much strangers write: its owner must hear of them
    let event = NewAuditEvent::vendor(AuditAction::SignInFailed).target(address).limited_elsewhere(account.is_some());
    audit::record(services, &tx, actor, event).await?;
    if let Some(account) = account.filter(|account| account.email_verified_at.is_some()) {
        notify_of_failed_login_burst(services, &tx, account).await?;
    }
    Ok(store::commit(tx).await?)
}

/// Mails the owner if the failure that this transaction has just recorded completes a burst.
/// Recording it locked the end of the audit trail: of failures at the same time, one mails.
pub(super) async fn notify_of_failed_login_burst(services: &Services, tx: &Tx, account: &Account) -> Result<(), Error> {
    let now = services.now();
    let failures = audit::recent_events_about(tx, &FAILED_LOGINS, &account.email, now - MEMORY, 10).await?;
    if failures.len() < BURST {
        return Ok(());
    }
    let notices = [AuditAction::FailedLoginNoticeSent];
    if !audit::recent_events_about(tx, &notices, &account.email, now - NOTICE_INTERVAL, 1).await?.is_empty() {
        return Ok(());
    }
    let event = NewAuditEvent::vendor(AuditAction::FailedLoginNoticeSent).target(&*account.email);
    audit::record(services, tx, &Actor::portal(), event).await?;
    let lines = failures.iter().map(|failure| at_and_from(failure.at, failure.ip.as_deref())).collect();
    mail::enqueue(services, tx, &account.email, &Message::Credentials(Credentials::FailedLogins { lines })).await
}

/// Passes a result on. If the account's proof was wrong, records that first, after the failed
/// transaction has ended, and mails the owner of a burst.
pub(super) async fn record_if_refused<T>(
    services: &Services,
    actor: &Actor,
    account: &AccountActor,
    action: AuditAction,
    result: Result<T, Error>,
) -> Result<T, Error> {
    if matches!(result, Err(Error::Invalid(_))) {
        let tx = services.db.begin().await?;
        audit::record(services, &tx, actor, NewAuditEvent::vendor(action).target(account.email.as_str())).await?;
        if let Some(account) = accounts::by_id(&tx, account.id).await? {
            notify_of_failed_login_burst(services, &tx, &account).await?;
        }
        store::commit(tx).await?;
    }
    result
}
