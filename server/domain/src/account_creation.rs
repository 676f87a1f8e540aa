//! New accounts, whichever way they come: by a sign-up, a mailed invitation, the vendor's identity
//! provider, or at the command line.

use model::{EmailAddress, FieldProblem, SupportRole, Timestamp};
use store::accounts::{self, Account};
use store::{ConnectionTrait, Tx};

use crate::{Error, Services, Token};

/// A new account, not yet stored.
pub(crate) fn new_account(
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
pub(crate) async fn insert_account(
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
