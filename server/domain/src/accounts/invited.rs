//! Accounts that come by a mailed invitation: the link proves the address.

use model::EmailAddress;
use store::Tx;
use store::accounts::{self, Account};

use super::check_credentials;
use crate::{Error, Services, Token};

/// An address and a new password, checked; the password's hash.
pub(crate) async fn new_credentials(
    services: &Services,
    email: &str,
    password: &str,
) -> Result<(EmailAddress, String), Error> {
    let email = check_credentials(services, email, password).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    Ok((email, hash))
}

/// The hash of a password that nobody knows: for accounts that sign in another way.
pub(crate) async fn unusable_password(services: &Services) -> Result<String, Error> {
    services.passwords.hash(&*services.random, Token::new(&*services.random).reveal()).await
}

/// The confirmed account of an address that has none. One that was never confirmed becomes
/// this one: whoever signed up then never showed that the address is theirs. `None`: it has
/// a confirmed one.
pub(crate) async fn create_confirmed(
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
            let account = Account {
                id: services.uuid().into(),
                email: email.to_string(),
                password_hash,
                email_verified_at: Some(now),
                support_role: None,
                created_at: now,
                deactivated_at: None,
                person_id: None,
            };
            accounts::insert(tx, account.clone()).await?;
            account
        }
    };
    Ok(Some(account))
}
