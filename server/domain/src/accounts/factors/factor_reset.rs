//! Taking second factors away from an account: by the operator, for an owner who has lost every
//! one, and with an undone change of address, for an owner who had an intruder.

use model::audit::AuditDetail;
use model::{AuditAction, EmailAddress, FieldProblem, Timestamp};
use store::accounts::Account;
use store::{Tx, account_sessions, accounts, passkeys, recovery_codes, totp_secrets};

use crate::account_sessions::has_second_factor;
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, FactorChange, Message, RequestOrigin};
use crate::{Actor, Error, Services, grants};

/// Removes all factors of an account, ends its sessions and mails its owner: at the command
/// line, after the operator has made sure by other means who asks for it.
///
/// # Errors
/// [`Error::Invalid`] if no account has this address.
#[tracing::instrument(name = "factors.reset_factors", skip_all, fields(actor.kind = "operator"))]
pub async fn reset_factors(services: &Services, email: &str) -> Result<(), Error> {
    let unknown = || Error::field("email", FieldProblem::NoSuchAccount);
    let email: EmailAddress = email.parse().map_err(|_| unknown())?;
    let operator = Actor::operator();
    let tx = services.db.begin().await?;
    let account = accounts::by_email(&tx, email.as_str()).await?.ok_or_else(unknown)?.account_id();
    totp_secrets::lock_account(&tx, account).await?;
    let app = totp_secrets::delete(&tx, account).await?;
    let keys = passkeys::remove_all(&tx, account).await?;
    recovery_codes::remove(&tx, account).await?;
    let ended = account_sessions::end_all(&tx, account, None).await?;
    grants::withdraw_invalid(services, &tx, account).await?;
    let detail = AuditDetail::FactorsRemoved { authenticator_apps: app.into(), passkeys: keys, sessions: ended };
    let event = NewAuditEvent::vendor(AuditAction::FactorsReset).target(email.as_str()).coded_detail(&detail);
    audit::record(services, &tx, &operator, event).await?;
    let message = Message::Factors(FactorChange::Reset, RequestOrigin::of(services, &operator));
    mail::enqueue(services, &tx, email.as_str(), &message).await?;
    Ok(store::commit(tx).await?)
}

/// Removes the factors that an account got since a moment, and the recovery codes if no factor
/// is left: when its owner takes it back from an intruder.
pub(in crate::accounts) async fn remove_factors_since(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: &Account,
    since: Timestamp,
) -> Result<(), Error> {
    let id = account.account_id();
    totp_secrets::lock_account(tx, id).await?;
    let keys = passkeys::remove_since(tx, id, since).await?;
    let app = totp_secrets::confirmed(tx, id).await?;
    let app = app.is_some_and(|app| app.confirmed_at.is_some_and(|at| at >= since));
    if app {
        totp_secrets::delete(tx, id).await?;
    }
    if keys == 0 && !app {
        return Ok(());
    }
    if !has_second_factor(tx, id).await? {
        recovery_codes::remove(tx, id).await?;
    }
    let detail = AuditDetail::NewFactorsRemoved { authenticator_apps: app.into(), passkeys: keys };
    let event = NewAuditEvent::vendor(AuditAction::FactorsReset).target(&*account.email).coded_detail(&detail);
    audit::record(services, tx, actor, event).await
}
