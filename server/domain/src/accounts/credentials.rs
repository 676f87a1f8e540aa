//! Checks of an address and a password: those that are chosen, and those that are typed again.

use model::{AuditAction, EmailAddress, FieldProblem};
use store::Tx;
use store::accounts::{self, Account};

use super::failed_login_notice::notify_of_failed_login_burst;
use super::password_strength;
use crate::audit::{self, NewAuditEvent};
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{Actor, Error, Services};

/// An e-mail address as it was typed.
pub(crate) fn check_email(email: &str) -> Result<EmailAddress, FieldProblem> {
    if email.trim().is_empty() {
        return Err(FieldProblem::Missing);
    }
    email.parse().map_err(|_| FieldProblem::NotAnEmail)
}

/// Checks an address and a new password, and reports every problem of both.
async fn check_new_credentials(services: &Services, email: &str, password: &str) -> Result<EmailAddress, Error> {
    let mut problems = Vec::new();
    let parsed = check_email(email);
    if let Err(problem) = &parsed {
        problems.push(("email".to_owned(), problem.clone()));
    }
    if let Err(problem) = password_strength::check_new_password(services, password, email).await? {
        problems.push(("password".to_owned(), problem));
    }
    match parsed {
        Ok(email) if problems.is_empty() => Ok(email),
        _ => Err(Error::Invalid(problems)),
    }
}

/// Checks an address and a new password, and hashes the password.
pub(crate) async fn hash_new_credentials(
    services: &Services,
    email: &str,
    password: &str,
) -> Result<(EmailAddress, String), Error> {
    let email = check_new_credentials(services, email, password).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    Ok((email, hash))
}

/// Locks the account, if its password is still the one that was verified before the transaction:
/// a reset in between ends every session, also one that is about to be created.
pub(super) async fn lock_if_password_unchanged(tx: &Tx, verified: &Account) -> Result<Option<Account>, Error> {
    let now = accounts::lock(tx, verified.account_id()).await?;
    Ok(now.filter(|account| account.password_hash == verified.password_hash))
}

/// Whether this is the account's password, typed again before a change: counted first, and
/// recorded if it is not.
pub(super) async fn verify_own_password(
    services: &Services,
    actor: &Actor,
    account: &Account,
    password: &str,
) -> Result<bool, Error> {
    let counted = AccountThrottle::own(actor, account.account_id());
    throttling::count_attempt(services, ThrottledAction::Reauthenticate, &counted.keys()).await?;
    if services.passwords.verify(Some(&account.password_hash), password).await? {
        throttling::forget_attempts(services, ThrottledAction::Reauthenticate, &counted.keys()).await?;
        return Ok(true);
    }
    let tx = services.db.begin().await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::PasswordRejected).target(&*account.email))
        .await?;
    notify_of_failed_login_burst(services, &tx, account).await?;
    store::commit(tx).await?;
    Ok(false)
}
