//! Signing in with an address and a password.

use model::{AuditAction, FieldProblem};
use store::accounts::{self, Account};

use super::account_enumeration::canonical_email;
use super::credentials::lock_if_password_unchanged;
use super::failed_login_notice::record_failed_sign_in;
use crate::account_sessions::{AuthenticationMethod, NewSession, create_session, may_have_session};
use crate::audit::{self, NewAuditEvent};
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{Actor, Error, Services};

/// Signs in with address and password. An unknown address and a wrong password get the same
/// answer after the same time.
#[tracing::instrument(name = "accounts.sign_in", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn sign_in(services: &Services, actor: &Actor, email: &str, password: &str) -> Result<NewSession, Error> {
    if email.trim().is_empty() {
        return Err(Error::field("email", FieldProblem::Missing));
    }
    let name = canonical_email(email);
    let account = accounts::by_email(services.db.connection(), &name).await?;
    let id = account.as_ref().map(Account::account_id);
    let counted = AccountThrottle::of(services, actor, &*name, id).await?;
    throttling::count_attempt(services, ThrottledAction::SignIn, &counted.keys()).await?;
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    let is_correct = services.passwords.verify(hash, password).await?;
    let is_accepted = |account: &&Account| is_correct && may_have_session(account, AuthenticationMethod::Password);
    let Some(account) = account.as_ref().filter(is_accepted) else {
        record_failed_sign_in(services, actor, &name, account.as_ref()).await?;
        return Err(Error::form(FieldProblem::WrongCredentials));
    };
    throttling::forget_attempts(services, ThrottledAction::SignIn, &counted.keys()).await?;
    let tx = services.db.begin().await?;
    let wrong = || Error::form(FieldProblem::WrongCredentials);
    lock_if_password_unchanged(&tx, account).await?.ok_or_else(wrong)?;
    let session = create_session(services, &tx, account, &actor.client, AuthenticationMethod::Password).await?;
    let action =
        if session.is_awaiting_second_factor { AuditAction::SecondFactorPending } else { AuditAction::SignedIn };
    audit::record(services, &tx, actor, NewAuditEvent::vendor(action).target(&*account.email)).await?;
    store::commit(tx).await?;
    Ok(session)
}
