//! Accounts that are created without a sign-up: by a mailed invitation, by the vendor's identity
//! provider, and at the command line.

use model::{AuditAction, EmailAddress, FieldProblem, Role, SupportRole, Timestamp};
use store::accounts::{self, Account};
use store::{ConnectionTrait, Tx, teams};

use super::credentials::hash_new_credentials;
use crate::audit::{self, NewAuditEvent};
use crate::{Action, Actor, Error, Services, Token};

/// A new account, not yet stored.
pub(super) fn new_account(
    services: &Services,
    email: &EmailAddress,
    password_hash: String,
    email_verified_at: Option<Timestamp>,
) -> Account {
    Account {
        id: services.uuid().into(),
        email: email.to_string(),
        password_hash,
        email_verified_at,
        support_role: None,
        created_at: services.now(),
        deactivated_at: None,
        person_id: None,
    }
}

/// Stores a new account with a verified address.
///
/// # Errors
/// [`Error::Invalid`] if the address has an account.
pub(super) async fn insert_account(
    services: &Services,
    tx: &impl ConnectionTrait,
    email: &EmailAddress,
    password_hash: String,
    role: Option<SupportRole>,
) -> Result<Account, Error> {
    let account = Account { support_role: role, ..new_account(services, email, password_hash, Some(services.now())) };
    match accounts::insert(tx, account.clone()).await {
        Ok(()) => Ok(account),
        Err(store::Error::Exists) => Err(Error::field("email", FieldProblem::AccountExists)),
        Err(error) => Err(error.into()),
    }
}

/// The hash of a password that nobody knows: for accounts that sign in another way.
pub(crate) async fn unusable_password_hash(services: &Services) -> Result<String, Error> {
    services.passwords.hash(&*services.random, Token::new(&*services.random).reveal()).await
}

/// Creates the account of an address that a mail or an identity provider has verified. An
/// unverified account becomes this one: whoever signed up then never showed that the address is
/// theirs. `None` if the address has a verified account.
pub(crate) async fn create_verified_account(
    services: &Services,
    tx: &Tx,
    email: &EmailAddress,
    password_hash: String,
) -> Result<Option<Account>, Error> {
    let now = services.now();
    let account = match accounts::by_email(tx, email.as_str()).await? {
        Some(account) if account.email_verified_at.is_some() => return Ok(None),
        Some(account) => {
            accounts::replace_unconfirmed_password(tx, account.account_id(), &password_hash).await?;
            accounts::set_verified(tx, account.account_id(), now).await?;
            Account { password_hash, email_verified_at: Some(now), ..account }
        }
        None => {
            let account = new_account(services, email, password_hash, Some(now));
            accounts::insert(tx, account.clone()).await?;
            account
        }
    };
    Ok(Some(account))
}

/// Creates an account with a verified address at the command line; with a role, one of support;
/// with a team, one of its owners.
///
/// # Errors
/// [`Error::Invalid`] if the address has an account, or the password is refused.
#[tracing::instrument(name = "accounts.create_account", skip_all, fields(actor.kind = "operator", team = team))]
pub async fn create_account(
    services: &Services,
    email: &str,
    password: &str,
    role: Option<SupportRole>,
    team: Option<&str>,
) -> Result<(), Error> {
    let operator = Actor::operator();
    let (email, hash) = hash_new_credentials(services, email, password).await?;
    let tx = services.db.begin().await?;
    let account = insert_account(services, &tx, &email, hash, role).await?;
    let team = match team {
        Some(slug) => Some(operator.authorize_team(&tx, slug, Action::View).await?.0.team_id()),
        None => None,
    };
    if let Some(team) = team {
        teams::add_member(&tx, team, account.account_id(), Role::Owner, services.now()).await?;
    }
    let event = NewAuditEvent::of(team, AuditAction::AccountCreated).detail(Some(email.to_string()));
    audit::record(services, &tx, &operator, event).await?;
    Ok(store::commit(tx).await?)
}
