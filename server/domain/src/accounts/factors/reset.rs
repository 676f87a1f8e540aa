//! The operator's way out for somebody who has lost every factor.

use model::{AuditAction, EmailAddress, FieldProblem};
use store::{account_sessions, accounts, passkeys, recovery_codes, totp_secrets};

use crate::audit::{self, Event};
use crate::mail::{self, FactorNews, Message, Place};
use crate::{Actor, Error, Services, grants};

/// Removes all factors of an account, ends its sessions and tells its owner: at the command
/// line, after the operator has made sure by other means who asks.
///
/// # Errors
/// [`Error::Invalid`] if no account has this address.
pub async fn reset(services: &Services, email: &str) -> Result<(), Error> {
    let unknown = || Error::field("email", FieldProblem::NoSuchAccount);
    let email: EmailAddress = email.parse().map_err(|_| unknown())?;
    let actor = Actor::command_line();
    let tx = services.db.begin().await?;
    let account = accounts::by_email(&tx, email.as_str()).await?.ok_or_else(unknown)?.account_id();
    totp_secrets::lock_account(&tx, account).await?;
    let app = totp_secrets::delete(&tx, account).await?;
    let keys = passkeys::remove_all(&tx, account).await?;
    recovery_codes::remove(&tx, account).await?;
    let ended = account_sessions::end_all(&tx, account, None).await?;
    grants::withdraw_lost(services, &tx, account).await?;
    let detail = format!("{} authenticator apps, {keys} passkeys, {ended} sessions", u8::from(app));
    let event = Event::vendor(AuditAction::FactorsReset).on(email.as_str()).detail(detail);
    audit::record(services, &tx, &actor, event).await?;
    mail::enqueue(services, &tx, email.as_str(), &Message::Factors(FactorNews::Reset, Place::of(services, &actor)))
        .await?;
    Ok(store::commit(tx).await?)
}
