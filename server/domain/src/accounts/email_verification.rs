//! The mailed link that verifies the address of a new account.

use chrono::TimeDelta;
use model::{AuditAction, FieldProblem};
use store::accounts::Account;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{ConnectionTrait, accounts, one_time_tokens};

use super::account_enumeration::with_minimum_duration;
use super::credentials::{check_email, hash_new_credentials};
use super::mailed_links::find_by_link_token;
use crate::account_creation::create_verified_account;
use crate::account_sessions::{AuthenticationMethod, NewSession, create_session};
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Message};
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services, Token, token};

const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// Mails the link again, if the account of this address waits for it. The answer is the same for
/// every address, and takes as long.
#[tracing::instrument(name = "accounts.resend_verification", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn resend_verification(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    let subjects = [ThrottleKey::Account(email.as_str()), ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Mail, &subjects).await?;
    with_minimum_duration(async {
        let tx = services.db.begin().await?;
        match accounts::by_email(&tx, email.as_str()).await? {
            Some(account) if account.email_verified_at.is_none() => {
                enqueue_verification(services, &tx, &account).await?;
            }
            Some(_) => mail::enqueue(services, &tx, email.as_str(), &Message::AlreadySignedUp).await?,
            None => {}
        }
        let event = NewAuditEvent::vendor(AuditAction::ConfirmationResent).target(email.as_str());
        audit::record(services, &tx, actor, event).await?;
        Ok(store::commit(tx).await?)
    })
    .await
}

/// Mails a new link; those before it stop working.
pub(super) async fn enqueue_verification(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: &Account,
) -> Result<(), Error> {
    one_time_tokens::withdraw(tx, TokenPurpose::VerifyEmail, TokenSubject::Account(account.id), None).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let row = OneTimeToken {
        token_hash: token.hash(),
        purpose: TokenPurpose::VerifyEmail,
        subject: TokenSubject::Account(account.id),
        created_at: now,
        expires_at: now + LINK_LIFETIME,
    };
    one_time_tokens::insert(tx, row).await?;
    let link = services.settings.urls.account(&model::paths::verify_email(token.reveal()));
    mail::enqueue(services, tx, &account.email, &Message::VerifyEmail { link }).await
}

/// The account that a mailed link verifies, as long as it works.
async fn find_unverified(services: &Services, actor: &Actor, token: &str) -> Result<Option<Account>, Error> {
    let (db, hash) = (services.db.connection(), token::hash(token));
    let found = one_time_tokens::peek(db, &hash, TokenPurpose::VerifyEmail, services.now());
    let found = find_by_link_token(services, actor, token, found).await?;
    let Some(id) = found.and_then(|found| found.subject.account()) else { return Ok(None) };
    let account = accounts::by_id(db, id).await?;
    Ok(account.filter(|account| account.email_verified_at.is_none()))
}

/// The address that a mailed link verifies; none if the link does not work. Looking does not use it
/// up: programs that scan mail look.
#[tracing::instrument(name = "accounts.address_to_verify", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn address_to_verify(services: &Services, actor: &Actor, token: &str) -> Result<Option<String>, Error> {
    Ok(find_unverified(services, actor, token).await?.map(|account| account.email))
}

/// Verifies the address that a mailed link was sent to, gives its account the password that was chosen
/// behind the link, and signs it in: whoever signed up may be a stranger, whoever reads the mail is not.
#[tracing::instrument(name = "accounts.verify_email", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn verify_email(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
) -> Result<NewSession, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let account = find_unverified(services, actor, token).await?.ok_or_else(expired)?;
    let (email, password_hash) = hash_new_credentials(services, &account.email, password).await?;
    let tx = services.db.begin().await?;
    // accounts are locked first everywhere: two transactions in different orders would deadlock
    accounts::lock(&tx, account.account_id()).await?.ok_or_else(expired)?;
    let (hash, now) = (token::hash(token), services.now());
    one_time_tokens::consume(&tx, &hash, TokenPurpose::VerifyEmail, now).await?.ok_or_else(expired)?;
    let account = create_verified_account(services, &tx, &email, password_hash).await?.ok_or_else(expired)?;
    let session = create_session(services, &tx, &account, &actor.client, AuthenticationMethod::Password).await?;
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::EmailVerified).target(account.email))
        .await?;
    store::commit(tx).await?;
    Ok(session)
}
