//! Changing the password, on the account's own pages.

use model::{AuditAction, EmailAddress, FieldProblem};
use store::one_time_tokens::{TokenPurpose, TokenSubject};
use store::{account_sessions, accounts, one_time_tokens};

use super::credentials::{lock_if_password_unchanged, verify_own_password};
use super::password_strength;
use crate::account_sessions::rotate_session_token;
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Credentials, Message, RequestOrigin};
use crate::{Action, Actor, Error, Services};

/// The address of the signed-in account, if it may change its password and address now.
#[tracing::instrument(name = "accounts.own_email", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn own_email(services: &Services, actor: &Actor) -> Result<EmailAddress, Error> {
    let own = actor.authorize_own(Action::ChangeCredentials)?;
    let account = accounts::by_id(services.db.connection(), own.id).await?.ok_or(Error::SignInNeeded)?;
    account.email.parse().map_err(|_| Error::SignInNeeded)
}

/// Changes the password. Every other session of the account ends, and this one gets another
/// token: the `Set-Cookie` value that this returns.
#[tracing::instrument(name = "accounts.change_password", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn change_password(services: &Services, actor: &Actor, current: &str, new: &str) -> Result<String, Error> {
    let own = actor.authorize_own(Action::ChangeCredentials)?;
    let account = accounts::by_id(services.db.connection(), own.id).await?.ok_or(Error::SignInNeeded)?;
    if !verify_own_password(services, actor, &account, current).await? {
        return Err(Error::field("current", FieldProblem::WrongPassword));
    }
    if let Err(problem) = password_strength::check_new_password(services, new, &account.email).await? {
        return Err(Error::field("password", problem));
    }
    let hash = services.passwords.hash(&*services.random, new).await?;
    let tx = services.db.begin().await?;
    let wrong = || Error::field("current", FieldProblem::WrongPassword);
    let account = lock_if_password_unchanged(&tx, &account).await?.ok_or_else(wrong)?;
    accounts::set_password(&tx, own.id, &hash).await?;
    account_sessions::end_all(&tx, own.id, Some(&own.session_hash)).await?;
    let cookie = rotate_session_token(services, &tx, actor).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::ResetPassword, TokenSubject::Account(own.id), None).await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::PasswordChanged).target(&*account.email))
        .await?;
    let message = Credentials::PasswordChanged { origin: RequestOrigin::of(services, actor) };
    mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    store::commit(tx).await?;
    Ok(cookie)
}
