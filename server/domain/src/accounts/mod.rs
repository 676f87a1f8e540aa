//! Accounts of support and of team members: sign-up, sign-in, the first support account.

mod invited;
mod password;
mod session;
mod sign_up;
mod support;

use model::account::AccountTeam;
use model::{AccountView, AuditAction, EmailAddress, FieldProblem};
use store::accounts::Account;
use store::{accounts, teams};

pub(crate) use invited::{create_confirmed, new_credentials, unusable_password};
pub use password::Passwords;
pub(crate) use session::{Proof, begin};
pub use session::{SignedIn, actor, sign_out};
pub use sign_up::{sign_up, verify_email};
pub use support::{create_account, create_first_support, first_support_link, first_support_open};

use crate::audit::{self, Event};
use crate::limits::{self, Purpose, Subject};
use crate::{Actor, Error, Services};

/// How much of a mistyped address the audit trail keeps, in characters.
const MAX_TYPED: usize = 254;

/// Signs in with e-mail and password. Who is unknown and who mistyped get the same answer
/// after the same time.
pub async fn sign_in(services: &Services, actor: &Actor, email: &str, password: &str) -> Result<SignedIn, Error> {
    let subjects = [Subject::Account(email), Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::SignIn, &subjects).await?;
    let db = services.db.connection();
    let account = match email.parse::<EmailAddress>() {
        Ok(email) => accounts::by_email(db, email.as_str()).await?,
        Err(_) => None,
    };
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    let correct = services.passwords.verify(hash, password).await?;
    let Some(account) = account.filter(|account| correct && may_use_password(account)) else {
        record_failure(services, actor, email).await?;
        return Err(Error::form(FieldProblem::WrongCredentials));
    };
    limits::forget(services, Purpose::SignIn, &subjects).await?;
    if account.email_verified_at.is_none() {
        sign_up::send_verification(services, &account).await?;
        return Err(Error::form(FieldProblem::EmailNotVerified));
    }
    let tx = services.db.begin().await?;
    let signed_in = session::begin(services, &tx, &account, &actor.origin, Proof::Password).await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::SignedIn).on(account.email)).await?;
    store::commit(tx).await?;
    Ok(signed_in)
}

/// A deactivated account cannot sign in, nor can one whose person signs in through the
/// vendor's identity provider do so by a password; both look like a wrong one.
const fn may_use_password(account: &Account) -> bool {
    account.deactivated_at.is_none() && account.person_id.is_none()
}

async fn record_failure(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let typed: String = email.chars().take(MAX_TYPED).collect();
    audit::record(services, &tx, actor, Event::vendor(AuditAction::SignInFailed).on(typed)).await?;
    Ok(store::commit(tx).await?)
}

/// The signed-in account with its teams.
pub async fn current(services: &Services, actor: &Actor) -> Result<Option<AccountView>, Error> {
    let Some(account) = actor.signed_in() else { return Ok(None) };
    let mut view_teams = Vec::new();
    for team in teams::of_account(services.db.connection(), account.id).await? {
        view_teams.push(AccountTeam { slug: team.slug()?, status: team.status()?, name: team.name });
    }
    Ok(Some(AccountView {
        id: account.id,
        email: account.email.clone(),
        support_role: account.support_role,
        teams: view_teams,
    }))
}

/// Collects the problems of an e-mail address and a new password.
fn check_credentials(email: &str, password: &str) -> Result<EmailAddress, Error> {
    let mut problems = Vec::new();
    let parsed = email.parse::<EmailAddress>();
    if email.trim().is_empty() {
        problems.push(("email".to_owned(), FieldProblem::Missing));
    } else if parsed.is_err() {
        problems.push(("email".to_owned(), FieldProblem::NotAnEmail));
    }
    if let Err(problem) = password::check(password) {
        problems.push(("password".to_owned(), problem));
    }
    match parsed {
        Ok(email) if problems.is_empty() => Ok(email),
        _ => Err(Error::Invalid(problems)),
    }
}
