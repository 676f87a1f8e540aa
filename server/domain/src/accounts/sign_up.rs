//! Sign-up, and the mailed link that proves an address.

use chrono::TimeDelta;
use model::{AuditAction, EmailAddress, FieldProblem};
use store::accounts::Account;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{ConnectionTrait, accounts, one_time_tokens};

use super::session::{self, Proof, SignedIn};
use super::{check_credentials, check_email, evenly, lock_unchanged, look_up};
use crate::audit::{self, Event};
use crate::limits::{self, Purpose, Subject};
use crate::mail::{self, Message};
use crate::settings::SignUp;
use crate::{Actor, Error, Services, Token, token};

const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// Creates an account and mails the link that confirms its address. An address that has an
/// account gets a mail that says so; the answer here is the same, and takes as long.
pub async fn sign_up(services: &Services, actor: &Actor, email: &str, password: &str) -> Result<(), Error> {
    if services.settings.sign_up == SignUp::InviteOnly {
        return Err(Error::form(FieldProblem::InviteOnly));
    }
    limits::count(services, Purpose::Mail, &[Subject::Address(actor.origin.ip)]).await?;
    let email = check_credentials(services, email, password).await?;
    limits::count(services, Purpose::Mail, &[Subject::Account(email.as_str())]).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    evenly(write(services, actor, &email, hash)).await
}

async fn write(services: &Services, actor: &Actor, email: &EmailAddress, hash: String) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    match accounts::by_email(&tx, email.as_str()).await? {
        None => {
            let account = new_account(services, email, hash);
            accounts::insert(&tx, account.clone()).await?;
            audit::record(services, &tx, actor, Event::vendor(AuditAction::SignedUp).on(email.as_str())).await?;
            enqueue_verification(services, &tx, &account).await?;
        }
        // Never confirmed: the newest sign-up counts. That it may be a stranger's is why
        // confirming asks for the password again.
        Some(account) if account.email_verified_at.is_none() => {
            accounts::replace_unconfirmed_password(&tx, account.account_id(), &hash).await?;
            enqueue_verification(services, &tx, &account).await?;
        }
        Some(_) => mail::enqueue(services, &tx, email.as_str(), &Message::AlreadySignedUp).await?,
    }
    Ok(store::commit(tx).await?)
}

fn new_account(services: &Services, email: &EmailAddress, password_hash: String) -> Account {
    Account {
        id: services.uuid().into(),
        email: email.to_string(),
        password_hash,
        email_verified_at: None,
        support_role: None,
        created_at: services.now(),
        deactivated_at: None,
        person_id: None,
    }
}

/// Mails the link that confirms an address again, if that is what its account waits for. The
/// answer is the same for every address, and takes as long.
pub async fn resend_verification(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    let subjects = [Subject::Account(email.as_str()), Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Mail, &subjects).await?;
    evenly(async {
        let tx = services.db.begin().await?;
        match accounts::by_email(&tx, email.as_str()).await? {
            Some(account) if account.email_verified_at.is_none() => {
                enqueue_verification(services, &tx, &account).await?;
            }
            Some(_) => mail::enqueue(services, &tx, email.as_str(), &Message::AlreadySignedUp).await?,
            None => {}
        }
        let event = Event::vendor(AuditAction::ConfirmationResent).on(email.as_str());
        audit::record(services, &tx, actor, event).await?;
        Ok(store::commit(tx).await?)
    })
    .await
}

/// Mails a new link; those before it stop working.
pub(super) async fn send_verification(services: &Services, account: &Account) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    enqueue_verification(services, &tx, account).await?;
    Ok(store::commit(tx).await?)
}

async fn enqueue_verification(services: &Services, tx: &impl ConnectionTrait, account: &Account) -> Result<(), Error> {
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
    let link = services.settings.urls.account(&format!("/verify?token={}", token.reveal()));
    mail::enqueue(services, tx, &account.email, &Message::VerifyEmail { link }).await
}

/// Confirms the address that a mailed link was sent to, and signs its account in.
///
/// The password is asked for: a stranger may have signed up with somebody else's address and
/// a password of their own, and must not get an account confirmed by its owner's click.
pub async fn verify_email(services: &Services, actor: &Actor, token: &str, password: &str) -> Result<SignedIn, Error> {
    let now = services.now();
    let expired = || Error::form(FieldProblem::LinkExpired);
    let hash = token::hash(token);
    let db = services.db.connection();
    let found = look_up(services, actor, token, one_time_tokens::peek(db, &hash, TokenPurpose::VerifyEmail, now))
        .await?
        .ok_or_else(expired)?;
    let id = found.subject.account().ok_or_else(expired)?;
    let account = accounts::by_id(db, id).await?.ok_or_else(expired)?;
    let subjects = [Subject::Account(&account.email), Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Link, &subjects).await?;
    if !services.passwords.verify(Some(&account.password_hash), password).await? {
        return Err(Error::field("password", FieldProblem::NotTheSignUpPassword));
    }
    limits::forget(services, Purpose::Link, &subjects).await?;
    let tx = services.db.begin().await?;
    // a sign-up in between has replaced the password and the link
    lock_unchanged(&tx, &account).await?.ok_or_else(expired)?;
    one_time_tokens::consume(&tx, &hash, TokenPurpose::VerifyEmail, now).await?.ok_or_else(expired)?;
    accounts::set_verified(&tx, id, now).await?;
    let signed_in = session::begin(services, &tx, &account, &actor.origin, Proof::Password).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::EmailVerified).on(account.email)).await?;
    store::commit(tx).await?;
    Ok(signed_in)
}
