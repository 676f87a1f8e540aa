//! Change of an account's address: asked for by its owner, confirmed from the new address,
//! undone from the old one.

use chrono::TimeDelta;
use model::account::EmailChangeView;
use model::ids::AccountId;
use model::{AuditAction, EmailAddress, FieldProblem};
use serde_json::json;
use store::accounts::Account;
use store::email_changes::EmailChange;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{Tx, accounts, email_changes, one_time_tokens};

use super::session::{Proof, may_begin};
use super::{check_email, evenly, factors, forgotten, is_own_password, look_up};
use crate::audit::{self, Event};
use crate::limits::{self, Purpose, Subject};
use crate::mail::{self, Credentials, Message, Place};
use crate::{AccountActor, Action, Actor, Error, Services, Token, grants, token};

const CONFIRM_LIFETIME: TimeDelta = TimeDelta::minutes(30);
const UNDO_LIFETIME: TimeDelta = TimeDelta::days(7);

/// Mails a link to the new address that makes the change, and tells the old one. An address
/// that has an account gets a mail that says so; the answer here is the same.
pub async fn change_email(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let own = actor.own(Action::ChangeCredentials)?;
    let new = check_email(email).map_err(|problem| Error::field("email", problem))?;
    if new == own.email {
        return Err(Error::field("email", FieldProblem::SameEmail));
    }
    let id = own.id.to_string();
    let subjects = [Subject::Account(&id), Subject::Account(new.as_str()), Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Mail, &subjects).await?;
    evenly(ask(services, actor, own, &new)).await
}

async fn ask(services: &Services, actor: &Actor, own: &AccountActor, new: &EmailAddress) -> Result<(), Error> {
    let place = Place::of(services, actor);
    let tx = services.db.begin().await?;
    accounts::lock(&tx, own.id).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::ConfirmEmailChange, TokenSubject::Account(own.id), None).await?;
    let holder = accounts::by_email(&tx, new.as_str()).await?;
    let to_new = if holder.is_some_and(|holder| holder.email_verified_at.is_some()) {
        Credentials::AddressTaken
    } else {
        let change = Change { account: own.id, old: own.email.as_str(), new: new.as_str() };
        Credentials::ConfirmNewAddress { link: change.confirmation_link(services, &tx).await?, place: place.clone() }
    };
    mail::enqueue(services, &tx, new.as_str(), &Message::Credentials(to_new)).await?;
    let to_old = Credentials::EmailChangeAsked { new: new.to_string(), place };
    mail::enqueue(services, &tx, own.email.as_str(), &Message::Credentials(to_old)).await?;
    let event = Event::vendor(AuditAction::EmailChangeAsked).on(own.email.as_str());
    let event = event.changed(json!({ "email": own.email.as_str() }), json!({ "email": new.as_str() }));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// A change of address about to get a link.
struct Change<'a> {
    account: AccountId,
    old: &'a str,
    new: &'a str,
}

impl Change<'_> {
    /// The link to the new address that makes the change.
    async fn confirmation_link(&self, services: &Services, tx: &Tx) -> Result<String, Error> {
        let token = self.token(services, tx, TokenPurpose::ConfirmEmailChange, CONFIRM_LIFETIME).await?;
        Ok(services.settings.urls.account(&format!("/account/email/confirm?token={}", token.reveal())))
    }

    /// The link to the old address that takes it back.
    async fn undo_link(&self, services: &Services, tx: &Tx) -> Result<String, Error> {
        let token = self.token(services, tx, TokenPurpose::UndoEmailChange, UNDO_LIFETIME).await?;
        Ok(services.settings.urls.account(&format!("/account/email/undo?token={}", token.reveal())))
    }

    async fn token(
        &self,
        services: &Services,
        tx: &Tx,
        purpose: TokenPurpose,
        lifetime: TimeDelta,
    ) -> Result<Token, Error> {
        let token = Token::new(&*services.random);
        let now = services.now();
        let row = OneTimeToken {
            token_hash: token.hash(),
            purpose,
            subject: TokenSubject::Account(self.account),
            created_at: now,
            expires_at: now + lifetime,
        };
        one_time_tokens::insert(tx, row).await?;
        email_changes::insert(tx, token.hash(), self.old.to_owned(), self.new.to_owned()).await?;
        Ok(token)
    }
}

/// The change that a link to the new address makes; `None` if it no longer works.
pub async fn change_behind(services: &Services, actor: &Actor, token: &str) -> Result<Option<EmailChangeView>, Error> {
    behind(services, actor, token, TokenPurpose::ConfirmEmailChange).await
}

/// The change that a link to the old address undoes; `None` if it no longer works.
pub async fn undoing_behind(services: &Services, actor: &Actor, token: &str) -> Result<Option<EmailChangeView>, Error> {
    behind(services, actor, token, TokenPurpose::UndoEmailChange).await
}

async fn behind(
    services: &Services,
    actor: &Actor,
    token: &str,
    purpose: TokenPurpose,
) -> Result<Option<EmailChangeView>, Error> {
    let Some(change) = peek(services, actor, token, purpose).await? else { return Ok(None) };
    let (Ok(old), Ok(new)) = (change.old_email.parse(), change.new_email.parse()) else { return Ok(None) };
    let needs_password = purpose == TokenPurpose::ConfirmEmailChange && !is_signed_in_to(actor, change.account);
    Ok(Some(EmailChangeView { old, new, needs_password }))
}

async fn peek(
    services: &Services,
    actor: &Actor,
    token: &str,
    purpose: TokenPurpose,
) -> Result<Option<EmailChange>, Error> {
    let hash = token::hash(token);
    let found = email_changes::peek(services.db.connection(), &hash, purpose, services.now());
    look_up(services, actor, token, found).await
}

fn is_signed_in_to(actor: &Actor, account: AccountId) -> bool {
    actor.signed_in().is_some_and(|signed_in| signed_in.id == account)
}

/// Makes the change, by the link that was mailed to the new address: in a browser that is
/// signed in to the account, or with its password, since a link that went to a mistyped
/// address must not be enough for whoever reads it there.
pub async fn confirm_email_change(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
) -> Result<EmailAddress, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let change = peek(services, actor, token, TokenPurpose::ConfirmEmailChange).await?.ok_or_else(expired)?;
    let id = change.account;
    let account = accounts::by_id(services.db.connection(), id).await?.ok_or_else(expired)?;
    if !is_signed_in_to(actor, id) && !is_own_password(services, actor, &account, password).await? {
        return Err(Error::field("password", FieldProblem::WrongPassword));
    }
    let tx = services.db.begin().await?;
    // deactivated meanwhile, or the identity provider's: its address is not its owner's to change
    let account = accounts::lock(&tx, id).await?.filter(|account| may_begin(account, Proof::Password));
    let account = account.ok_or_else(expired)?;
    let change =
        email_changes::consume(&tx, &token::hash(token), TokenPurpose::ConfirmEmailChange, services.now()).await?;
    let change = change.ok_or_else(expired)?;
    set_email(&tx, &account, &change.new_email).await?;
    let undoable = Change { account: id, old: &account.email, new: &change.new_email };
    let undo = undoable.undo_link(services, &tx).await?;
    let place = Place::of(services, actor);
    let message = Credentials::EmailChanged { new: change.new_email.clone(), undo, place };
    mail::enqueue(services, &tx, &account.email, &Message::Credentials(message)).await?;
    record(services, &tx, actor, AuditAction::EmailChanged, [&account.email, &change.new_email]).await?;
    store::commit(tx).await?;
    change.new_email.parse().map_err(|_| expired())
}

/// Replaces the address, and withdraws what was mailed to the one before.
async fn set_email(tx: &Tx, account: &Account, email: &str) -> Result<(), Error> {
    match accounts::set_email(tx, account.account_id(), email).await {
        Ok(()) => {}
        Err(store::Error::Exists) => return Err(Error::form(FieldProblem::AccountExists)),
        Err(error) => return Err(error.into()),
    }
    one_time_tokens::withdraw(tx, TokenPurpose::ConfirmEmailChange, TokenSubject::Account(account.account_id()), None)
        .await?;
    Ok(one_time_tokens::withdraw(tx, TokenPurpose::ResetPassword, TokenSubject::Account(account.account_id()), None)
        .await?)
}

async fn record(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    [before, after]: [&str; 2],
) -> Result<(), Error> {
    let event = Event::vendor(action).on(after).changed(json!({ "email": before }), json!({ "email": after }));
    audit::record(services, tx, actor, event).await
}

/// Undoes a change, by the link that was mailed to the old address. Whoever made the change
/// knew the password, so it stops working, too, and every session ends: the old address gets
/// a link to choose a new one. Factors that were added in the week before the change, or since,
/// go with it: they may be the intruder's, and a passkey alone signs in. So do invitations that
/// wait to be accepted.
///
/// Links to undo changes made before this one go on working, those made after it do not: an
/// intruder who changes the address twice cannot undo the owner's undoing.
pub async fn undo_email_change(services: &Services, actor: &Actor, token: &str) -> Result<(), Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let change = peek(services, actor, token, TokenPurpose::UndoEmailChange).await?.ok_or_else(expired)?;
    let id = change.account;
    let unknown = Token::new(&*services.random);
    let hash = services.passwords.hash(&*services.random, unknown.reveal()).await?;
    let tx = services.db.begin().await?;
    let account = accounts::lock(&tx, id).await?.filter(|account| account.person_id.is_none());
    let account = account.ok_or_else(expired)?;
    let change =
        email_changes::consume(&tx, &token::hash(token), TokenPurpose::UndoEmailChange, services.now()).await?;
    let change = change.ok_or_else(expired)?;
    set_email(&tx, &account, &change.old_email).await?;
    forgotten::replace_password(services, &tx, &account, &hash).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::UndoEmailChange, TokenSubject::Account(id), Some(change.created_at))
        .await?;
    grants::withdraw_all(&tx, id).await?;
    factors::remove_since(services, &tx, actor, &account, change.created_at - UNDO_LIFETIME).await?;
    let link = forgotten::new_link(services, &tx, &account).await?;
    mail::enqueue(services, &tx, &change.old_email, &Message::Credentials(Credentials::EmailRestored { link })).await?;
    if account.email != change.old_email {
        let place = Place::of(services, actor);
        let told = Credentials::EmailChangeUndone { old: change.old_email.clone(), place };
        mail::enqueue(services, &tx, &account.email, &Message::Credentials(told)).await?;
    }
    record(services, &tx, actor, AuditAction::EmailChangeUndone, [&account.email, &change.old_email]).await?;
    Ok(store::commit(tx).await?)
}
