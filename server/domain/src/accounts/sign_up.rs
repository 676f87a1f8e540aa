//! Sign-up with an address: the link that is mailed to it leads on.

use model::{AuditAction, EmailAddress, FieldProblem};
use store::accounts;

use super::account_enumeration::with_minimum_duration;
use super::credentials::check_email;
use super::email_verification::enqueue_verification;
use crate::account_creation::{new_account, unusable_password_hash};
use crate::audit::{self, NewAuditEvent};
use crate::mail::{self, Message};
use crate::settings::SignUp;
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services};

/// Creates an account without a password and mails the link behind which its owner chooses one. An
/// address that has an account gets a mail that says so; the answer here is the same, and takes as long.
#[tracing::instrument(name = "accounts.sign_up", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn sign_up(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    if services.settings.sign_up == SignUp::InviteOnly {
        return Err(Error::form(FieldProblem::InviteOnly));
    }
    throttling::count_attempt(services, ThrottledAction::Mail, &[ThrottleKey::Address(actor.client.ip)]).await?;
    let email = check_email(email).map_err(|problem| Error::field("email", problem))?;
    throttling::count_attempt(services, ThrottledAction::Mail, &[ThrottleKey::Account(email.as_str())]).await?;
    let hash = unusable_password_hash(services).await?;
    with_minimum_duration(create_or_notify(services, actor, &email, hash)).await
}

async fn create_or_notify(services: &Services, actor: &Actor, email: &EmailAddress, hash: String) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    match accounts::by_email(&tx, email.as_str()).await? {
        None => {
            let account = new_account(services, email, hash, None);
            accounts::insert(&tx, account.clone()).await?;
            audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::SignedUp).target(email.as_str()))
                .await?;
            enqueue_verification(services, &tx, &account).await?;
        }
        Some(account) if account.email_verified_at.is_none() => enqueue_verification(services, &tx, &account).await?,
        Some(_) => mail::enqueue(services, &tx, email.as_str(), &Message::AlreadySignedUp).await?,
    }
    Ok(store::commit(tx).await?)
}
