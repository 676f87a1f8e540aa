//! A new password, from the account's own pages.

use model::{AuditAction, EmailAddress, FieldProblem};
use store::one_time_tokens::{TokenPurpose, TokenSubject};
use store::{account_sessions, accounts, one_time_tokens};

use super::{is_own_password, lock_unchanged, session, strength};
use crate::audit::{self, Event};
use crate::mail::{self, Credentials, Message, Place};
use crate::{Action, Actor, Error, Services};

/// The address of the signed-in account, if it may change its password and address now.
pub async fn own_address(services: &Services, actor: &Actor) -> Result<EmailAddress, Error> {
    let own = actor.own(Action::ChangeCredentials)?;
    let account = accounts::by_id(services.db.connection(), own.id).await?.ok_or(Error::SignInNeeded)?;
    account.email.parse().map_err(|_| Error::SignInNeeded)
}

/// Changes the password. Every other session of the account ends, and this one gets another
/// token: the `Set-Cookie` value that this answers.
pub async fn change_password(services: &Services, actor: &Actor, current: &str, new: &str) -> Result<String, Error> {
    let own = actor.own(Action::ChangeCredentials)?;
    let account = accounts::by_id(services.db.connection(), own.id).await?.ok_or(Error::SignInNeeded)?;
    if !is_own_password(services, actor, &account, current).await? {
        return Err(Error::field("current", FieldProblem::WrongPassword));
    }
    if let Err(problem) = strength::check(services, new, &account.email).await? {
        return Err(Error::field("password", problem));
    }
    let hash = services.passwords.hash(&*services.random, new).await?;
    let tx = services.db.begin().await?;
    let wrong = || Error::field("current", FieldProblem::WrongPassword);
    let account = lock_unchanged(&tx, &account).await?.ok_or_else(wrong)?;
    accounts::set_password(&tx, own.id, &hash).await?;
    account_sessions::end_all(&tx, own.id, Some(&own.session_hash)).await?;
    let cookie = session::rotate(services, &tx, actor).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::ResetPassword, TokenSubject::Account(own.id), None).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::PasswordChanged).on(&*account.email)).await?;
    let message = Credentials::PasswordChanged { place: Place::of(services, actor) };
    mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    store::commit(tx).await?;
    Ok(cookie)
}
