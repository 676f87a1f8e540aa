//! Tells an account's owner that somebody guesses at it.

use chrono::TimeDelta;
use model::AuditAction;
use store::Tx;
use store::accounts::{self, Account};

use crate::audit::{self, Event};
use crate::limits::MEMORY;
use crate::mail::{self, Credentials, Message, at_and_from};
use crate::{AccountActor, Actor, Error, Services};

/// What counts as a guess.
const GUESSES: [AuditAction; 4] =
    [AuditAction::SignInFailed, AuditAction::PasswordRefused, AuditAction::FactorFailed, AuditAction::ConfirmFailed];
/// How many are a burst: more than the owner mistypes.
const BURST: usize = 10;
/// The owner is told at most this often: an attacker must not fill a mailbox.
const TOLD_EVERY: TimeDelta = TimeDelta::days(1);

/// Tells the owner if the failure that this transaction has just recorded completes a burst.
/// Recording it locked the end of the trail: of failures at the same time, one tells.
pub(super) async fn tell_of_burst(services: &Services, tx: &Tx, account: &Account) -> Result<(), Error> {
    let now = services.now();
    let guesses = audit::on_target(tx, &GUESSES, &account.email, now - MEMORY, 10).await?;
    if guesses.len() < BURST {
        return Ok(());
    }
    let told = [AuditAction::GuessingNoticed];
    if !audit::on_target(tx, &told, &account.email, now - TOLD_EVERY, 1).await?.is_empty() {
        return Ok(());
    }
    audit::record(services, tx, &Actor::portal(), Event::vendor(AuditAction::GuessingNoticed).on(&*account.email))
        .await?;
    let lines = guesses.iter().map(|guess| at_and_from(guess.at, guess.ip.as_deref())).collect();
    mail::enqueue(services, tx, &account.email, &Message::Credentials(Credentials::FailedLogins { lines })).await
}

/// Writes a refusal of what an account proves down, after what was begun has been taken back,
/// and tells the owner of a burst.
pub(super) async fn recorded<T>(
    services: &Services,
    actor: &Actor,
    account: &AccountActor,
    action: AuditAction,
    result: Result<T, Error>,
) -> Result<T, Error> {
    if matches!(result, Err(Error::Invalid(_))) {
        let tx = services.db.begin().await?;
        audit::record(services, &tx, actor, Event::vendor(action).on(account.email.as_str())).await?;
        if let Some(account) = accounts::by_id(&tx, account.id).await? {
            tell_of_burst(services, &tx, &account).await?;
        }
        store::commit(tx).await?;
    }
    result
}
