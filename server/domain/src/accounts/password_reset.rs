//! Password reset: a mailed link by which the owner of an account that forgot its password sets
//! a new one.

use chrono::TimeDelta;
use model::{AuditAction, EmailAddress, FieldProblem};
use store::accounts::Account;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{ConnectionTrait, Tx, accounts, one_time_tokens};

use super::account_enumeration::with_minimum_duration;
use super::credentials::check_email;
use super::mailed_links::find_by_link_token;
use super::password_strength;
use crate::account_sessions::{AuthenticationMethod, is_sign_in_allowed, known_devices};
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Credentials, Message, RequestOrigin};
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{Actor, Error, Services, Token, token};

/// Longer than the longest wait between two mails: an attacker who requests links for the owner,
/// to use up the owner's own requests, leaves the owner a link that works.
const LINK_LIFETIME: TimeDelta = TimeDelta::minutes(30);

/// Mails a link that leads to a new password, if the address has an account. The answer is
/// the same if it has none, and takes as long.
#[tracing::instrument(name = "accounts.request_password_reset", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn request_password_reset(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    let account = accounts::by_email(services.db.connection(), email.as_str()).await?;
    // for a federated or deactivated account a password is of no use
    let account = account.filter(|account| is_sign_in_allowed(account, AuthenticationMethod::Password));
    let counted =
        AccountThrottle::of(services, actor, email.as_str(), account.as_ref().map(Account::account_id)).await?;
    throttling::count_attempt(services, ThrottledAction::Mail, &counted.keys()).await?;
    with_minimum_duration(enqueue_link(services, actor, &email, account)).await
}

async fn enqueue_link(
    services: &Services,
    actor: &Actor,
    email: &EmailAddress,
    account: Option<Account>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    if let Some(account) = account {
        // accounts are locked first everywhere: two transactions in different orders would deadlock
        accounts::lock(&tx, account.account_id()).await?;
        let link = create_link(services, &tx, &account).await?;
        let message = Credentials::ResetPassword { link, origin: RequestOrigin::of(services, actor) };
        mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    }
    let event = NewAuditEvent::vendor(AuditAction::PasswordResetRequested).target(email.as_str());
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Creates a link; those before it stop working.
pub(super) async fn create_link(
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
    Ok(services.settings.urls.account(&model::paths::reset_password(token.reveal())))
}

/// Whether a link still works. Looking does not use it up: programs that scan mail look.
#[tracing::instrument(name = "accounts.is_password_reset_link_valid", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn is_password_reset_link_valid(services: &Services, actor: &Actor, token: &str) -> Result<bool, Error> {
    let hash = token::hash(token);
    let found = one_time_tokens::peek(services.db.connection(), &hash, TokenPurpose::ResetPassword, services.now());
    Ok(find_by_link_token(services, actor, token, found).await?.is_some())
}

/// Sets a new password by a mailed link and ends every session of the account. Nobody is
/// signed in by it: that takes the new password, and the second factor if there is one.
/// Returns the `Set-Cookie` value by which the account knows this browser, so that guesses
/// from elsewhere do not keep its owner from signing in now.
#[tracing::instrument(name = "accounts.reset_password", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn reset_password(services: &Services, actor: &Actor, token: &str, password: &str) -> Result<String, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let (db, hash) = (services.db.connection(), token::hash(token));
    let found = find_by_link_token(
        services,
        actor,
        token,
        one_time_tokens::peek(db, &hash, TokenPurpose::ResetPassword, services.now()),
    )
    .await?
    .ok_or_else(expired)?;
    let id = found.subject.account().ok_or_else(expired)?;
    let account = accounts::by_id(db, id).await?.ok_or_else(expired)?;
    if let Err(problem) = password_strength::check_new_password(services, password, &account.email).await? {
        return Err(Error::field("password", problem));
    }
    let new_hash = services.passwords.hash(&*services.random, password).await?;
    let tx = services.db.begin().await?;
    // deactivated or federated meanwhile: a password is of no use
    let account =
        accounts::lock(&tx, id).await?.filter(|account| is_sign_in_allowed(account, AuthenticationMethod::Password));
    let account = account.ok_or_else(expired)?;
    one_time_tokens::consume(&tx, &hash, TokenPurpose::ResetPassword, services.now()).await?.ok_or_else(expired)?;
    replace_password(services, &tx, &account, &new_hash).await?;
    let cookie = known_devices::remember(services, &tx, id, &actor.client).await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::PasswordReset).target(&*account.email))
        .await?;
    let message = Credentials::PasswordChanged { origin: RequestOrigin::of(services, actor) };
    mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Sets the password and ends what somebody else may have started. The lock on the account
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
