//! Change of an account's address: requested by its owner, confirmed from the new address,
//! undone from the old one.

use chrono::TimeDelta;
use model::account::EmailChangeView;
use model::ids::AccountId;
use model::{AuditAction, EmailAddress, FieldProblem, paths};
use serde_json::json;
use store::accounts::Account;
use store::email_changes::EmailChange;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{Tx, accounts, email_changes, one_time_tokens};

use super::account_enumeration::with_minimum_duration;
use super::credentials::{check_email, verify_own_password};
use super::mailed_links::find_by_link_token;
use super::{factors, password_reset};
use crate::account_sessions::{AuthenticationMethod, is_sign_in_allowed};
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Credentials, Message, RequestOrigin};
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{AccountActor, Action, Actor, Error, Services, Token, grants, token};

const CONFIRM_LIFETIME: TimeDelta = TimeDelta::minutes(30);
const UNDO_LIFETIME: TimeDelta = TimeDelta::days(7);

/// Mails a link to the new address that makes the change, and tells the old one. An address
/// that has an account gets a mail that says so; the answer here is the same.
#[tracing::instrument(name = "accounts.request_email_change", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn request_email_change(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let own = actor.authorize_own(Action::ChangeCredentials)?;
    let new = check_email(email).map_err(|problem| Error::field("email", problem))?;
    if new == own.email {
        return Err(Error::field("email", FieldProblem::SameEmail));
    }
    let id = own.id.to_string();
    let subjects =
        [ThrottleKey::Account(&id), ThrottleKey::Account(new.as_str()), ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Mail, &subjects).await?;
    with_minimum_duration(enqueue_links(services, actor, own, &new)).await
}

async fn enqueue_links(
    services: &Services,
    actor: &Actor,
    own: &AccountActor,
    new: &EmailAddress,
) -> Result<(), Error> {
    let origin = RequestOrigin::of(services, actor);
    let tx = services.db.begin().await?;
    accounts::lock(&tx, own.id).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::ConfirmEmailChange, TokenSubject::Account(own.id), None).await?;
    let holder = accounts::by_email(&tx, new.as_str()).await?;
    let to_new = if holder.is_some_and(|holder| holder.email_verified_at.is_some()) {
        Credentials::AddressTaken
    } else {
        let change = AddressChange { account: own.id, old: own.email.as_str(), new: new.as_str() };
        Credentials::ConfirmNewAddress {
            link: change.create_confirmation_link(services, &tx).await?,
            origin: origin.clone(),
        }
    };
    mail::enqueue(services, &tx, new.as_str(), &Message::Credentials(to_new)).await?;
    let to_old = Credentials::EmailChangeRequested { new: new.to_string(), origin };
    mail::enqueue(services, &tx, own.email.as_str(), &Message::Credentials(to_old)).await?;
    let event = NewAuditEvent::vendor(AuditAction::EmailChangeRequested).target(own.email.as_str());
    let event = event.changed(json!({ "email": own.email.as_str() }), json!({ "email": new.as_str() }));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// A change of address, to be confirmed or undone by a link.
struct AddressChange<'a> {
    account: AccountId,
    old: &'a str,
    new: &'a str,
}

impl AddressChange<'_> {
    /// The link to the new address that makes the change.
    async fn create_confirmation_link(&self, services: &Services, tx: &Tx) -> Result<String, Error> {
        let token = self.create_token(services, tx, TokenPurpose::ConfirmEmailChange, CONFIRM_LIFETIME).await?;
        Ok(services.settings.urls.account(&paths::confirm_email(token.reveal())))
    }

    /// The link to the old address that undoes it.
    async fn create_undo_link(&self, services: &Services, tx: &Tx) -> Result<String, Error> {
        let token = self.create_token(services, tx, TokenPurpose::UndoEmailChange, UNDO_LIFETIME).await?;
        Ok(services.settings.urls.account(&paths::undo_email(token.reveal())))
    }

    async fn create_token(
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
#[tracing::instrument(name = "accounts.pending_email_change", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn pending_email_change(
    services: &Services,
    actor: &Actor,
    token: &str,
) -> Result<Option<EmailChangeView>, Error> {
    view_change(services, actor, token, TokenPurpose::ConfirmEmailChange).await
}

/// The change that a link to the old address undoes; `None` if it no longer works.
#[tracing::instrument(name = "accounts.undoable_email_change", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn undoable_email_change(
    services: &Services,
    actor: &Actor,
    token: &str,
) -> Result<Option<EmailChangeView>, Error> {
    view_change(services, actor, token, TokenPurpose::UndoEmailChange).await
}

async fn view_change(
    services: &Services,
    actor: &Actor,
    token: &str,
    purpose: TokenPurpose,
) -> Result<Option<EmailChangeView>, Error> {
    let Some(change) = find_change(services, actor, token, purpose).await? else { return Ok(None) };
    let (Ok(old), Ok(new)) = (change.old_email.parse(), change.new_email.parse()) else { return Ok(None) };
    let needs_password = purpose == TokenPurpose::ConfirmEmailChange && !is_signed_in_to(actor, change.account);
    Ok(Some(EmailChangeView { old, new, needs_password }))
}

async fn find_change(
    services: &Services,
    actor: &Actor,
    token: &str,
    purpose: TokenPurpose,
) -> Result<Option<EmailChange>, Error> {
    let hash = token::hash(token);
    let found = email_changes::peek(services.db.connection(), &hash, purpose, services.now());
    find_by_link_token(services, actor, token, found).await
}

fn is_signed_in_to(actor: &Actor, account: AccountId) -> bool {
    actor.signed_in_account().is_some_and(|signed_in| signed_in.id == account)
}

/// Makes the change, by the link that was mailed to the new address: in a browser that is
/// signed in to the account, or with its password, since a link that went to a mistyped
/// address must not be enough for its reader.
#[tracing::instrument(name = "accounts.confirm_email_change", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn confirm_email_change(
    services: &Services,
    actor: &Actor,
    token: &str,
    password: &str,
) -> Result<EmailAddress, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let change = find_change(services, actor, token, TokenPurpose::ConfirmEmailChange).await?.ok_or_else(expired)?;
    let id = change.account;
    let account = accounts::by_id(services.db.connection(), id).await?.ok_or_else(expired)?;
    if !is_signed_in_to(actor, id) && !verify_own_password(services, actor, &account, password).await? {
        return Err(Error::field("password", FieldProblem::WrongPassword));
    }
    let tx = services.db.begin().await?;
    // an account that was deactivated or became federated meanwhile does not change its address
    let account =
        accounts::lock(&tx, id).await?.filter(|account| is_sign_in_allowed(account, AuthenticationMethod::Password));
    let account = account.ok_or_else(expired)?;
    let change =
        email_changes::consume(&tx, &token::hash(token), TokenPurpose::ConfirmEmailChange, services.now()).await?;
    let change = change.ok_or_else(expired)?;
    set_email(&tx, &account, &change.new_email).await?;
    let undoable = AddressChange { account: id, old: &account.email, new: &change.new_email };
    let undo = undoable.create_undo_link(services, &tx).await?;
    let origin = RequestOrigin::of(services, actor);
    let message = Credentials::EmailChanged { new: change.new_email.clone(), undo, origin };
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
    let subject = TokenSubject::Account(account.account_id());
    one_time_tokens::withdraw(tx, TokenPurpose::ConfirmEmailChange, subject, None).await?;
    Ok(one_time_tokens::withdraw(tx, TokenPurpose::ResetPassword, subject, None).await?)
}

async fn record(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    action: AuditAction,
    [before, after]: [&str; 2],
) -> Result<(), Error> {
    let event =
        NewAuditEvent::vendor(action).target(after).changed(json!({ "email": before }), json!({ "email": after }));
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
#[tracing::instrument(name = "accounts.undo_email_change", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn undo_email_change(services: &Services, actor: &Actor, token: &str) -> Result<(), Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let change = find_change(services, actor, token, TokenPurpose::UndoEmailChange).await?.ok_or_else(expired)?;
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
    password_reset::replace_password(services, &tx, &account, &hash).await?;
    one_time_tokens::withdraw(&tx, TokenPurpose::UndoEmailChange, TokenSubject::Account(id), Some(change.created_at))
        .await?;
    grants::withdraw_all(&tx, id).await?;
    factors::remove_factors_since(services, &tx, actor, &account, change.created_at - UNDO_LIFETIME).await?;
    let link = password_reset::create_link(services, &tx, &account).await?;
    mail::enqueue(services, &tx, &change.old_email, &Message::Credentials(Credentials::EmailRestored { link })).await?;
    if account.email != change.old_email {
        let origin = RequestOrigin::of(services, actor);
        let told = Credentials::EmailChangeUndone { old: change.old_email.clone(), origin };
        mail::enqueue(services, &tx, &account.email, &Message::Credentials(told)).await?;
    }
    record(services, &tx, actor, AuditAction::EmailChangeUndone, [&account.email, &change.old_email]).await?;
    Ok(store::commit(tx).await?)
}
