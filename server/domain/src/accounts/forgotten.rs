//! Forgotten passwords: a mailed link that leads to a new one.

use chrono::TimeDelta;
use model::{AuditAction, EmailAddress, FieldProblem};
use store::accounts::Account;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{ConnectionTrait, Tx, accounts, one_time_tokens};

use super::session::{self, Proof};
use super::{check_email, devices, evenly, look_up, strength};
use crate::audit::{self, Event};
use crate::limits::{self, Counted, Purpose};
use crate::mail::{self, Credentials, Message, Place};
use crate::{Actor, Error, Services, Token, token};

/// Longer than the longest wait between two mails: whoever makes us send the owner links, to
/// use up the owner's own attempts, leaves the owner a link that works.
const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// Mails a link that leads to a new password, if the address has an account. The answer is
/// the same if it has none, and takes as long.
pub async fn forgot_password(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    let account = accounts::by_email(services.db.connection(), email.as_str()).await?;
    // a password would open nothing
    let account = account.filter(|account| session::may_begin(account, Proof::Password));
    let counted = Counted::of(services, actor, email.as_str(), account.as_ref().map(Account::account_id)).await?;
    limits::count(services, Purpose::Mail, &counted.subjects()).await?;
    evenly(send(services, actor, &email, account)).await
}

async fn send(services: &Services, actor: &Actor, email: &EmailAddress, account: Option<Account>) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    if let Some(account) = account {
        // the account first, everywhere: of two that lock in another order, one would fail
        accounts::lock(&tx, account.account_id()).await?;
        let link = new_link(services, &tx, &account).await?;
        let message = Credentials::ResetPassword { link, place: Place::of(services, actor) };
        mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    }
    let event = Event::vendor(AuditAction::PasswordResetAsked).on(email.as_str());
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// A new link; those before it stop working.
pub(super) async fn new_link(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
) -> Result<String, Error> {
    one_time_tokens::withdraw(tx, TokenPurpose::ResetPassword, TokenSubject::Account(account.id), None).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let row = OneTimeToken {
        token_hash: token.hash(),
        purpose: TokenPurpose::ResetPassword,
        subject: TokenSubject::Account(account.id),
        created_at: now,
        expires_at: now + LINK_LIFETIME,
    };
    one_time_tokens::insert(tx, row).await?;
    Ok(services.settings.urls.account(&format!("/reset?token={}", token.reveal())))
}

/// Whether a link still works. Looking does not use it up: programs that scan mail look.
pub async fn reset_open(services: &Services, actor: &Actor, token: &str) -> Result<bool, Error> {
    let hash = token::hash(token);
    let found = one_time_tokens::peek(services.db.connection(), &hash, TokenPurpose::ResetPassword, services.now());
    Ok(look_up(services, actor, token, found).await?.is_some())
}

/// Sets a new password by a mailed link and ends every session of the account. Nobody is
/// signed in by it: that takes the new password, and the second factor if there is one.
/// Answers the `Set-Cookie` value by which the account knows this browser, so that guesses
/// from elsewhere do not keep its owner from signing in now.
pub async fn reset_password(services: &Services, actor: &Actor, token: &str, password: &str) -> Result<String, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let (db, hash) = (services.db.connection(), token::hash(token));
    let found =
        look_up(services, actor, token, one_time_tokens::peek(db, &hash, TokenPurpose::ResetPassword, services.now()))
            .await?
            .ok_or_else(expired)?;
    let id = found.subject.account().ok_or_else(expired)?;
    let account = accounts::by_id(db, id).await?.ok_or_else(expired)?;
    if let Err(problem) = strength::check(services, password, &account.email).await? {
        return Err(Error::field("password", problem));
    }
    let new_hash = services.passwords.hash(&*services.random, password).await?;
    let tx = services.db.begin().await?;
    // deactivated meanwhile, or the identity provider's: a password would open nothing
    let account = accounts::lock(&tx, id).await?.filter(|account| session::may_begin(account, Proof::Password));
    let account = account.ok_or_else(expired)?;
    one_time_tokens::consume(&tx, &hash, TokenPurpose::ResetPassword, services.now()).await?.ok_or_else(expired)?;
    replace_password(services, &tx, &account, &new_hash).await?;
    let cookie = devices::remember(services, &tx, id, &actor.origin).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::PasswordReset).on(&*account.email)).await?;
    let message = Credentials::PasswordChanged { place: Place::of(services, actor) };
    mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Sets the password and ends whatever somebody else may have begun. The lock on the account
/// comes first: a sign-in with the old password either ended before, and its session goes
/// here, or finds the new password.
pub(super) async fn replace_password(services: &Services, tx: &Tx, account: &Account, hash: &str) -> Result<(), Error> {
    let id = account.account_id();
    accounts::set_password(tx, id, hash).await?;
    if account.email_verified_at.is_none() {
        // the link was mailed to it
        accounts::set_verified(tx, id, services.now()).await?;
    }
    store::account_sessions::end_all(tx, id, None).await?;
    one_time_tokens::withdraw(tx, TokenPurpose::ResetPassword, TokenSubject::Account(id), None).await?;
    one_time_tokens::withdraw(tx, TokenPurpose::ConfirmEmailChange, TokenSubject::Account(id), None).await?;
    Ok(store::known_devices::forget(tx, id).await?)
}
