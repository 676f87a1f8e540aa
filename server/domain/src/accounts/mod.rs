//! Accounts of support and of team members: sign-up, sign-in, passwords, addresses, the first
//! support account.

mod change_password;
pub mod confirm;
pub(crate) mod devices;
mod email_change;
pub mod factors;
mod forgotten;
mod guessing;
mod invited;
mod passkey_sign_in;
mod password;
pub mod second_factor;
mod session;
pub mod sessions;
mod sign_up;
mod strength;
mod support;

use model::account::AccountTeam;
use model::{AccountView, AuditAction, EmailAddress, FieldProblem};
use store::accounts::Account;
use store::{Tx, accounts, teams};
use tokio::time::{Duration, sleep};

pub use change_password::{change_password, own_address};
pub use email_change::{change_behind, change_email, confirm_email_change, undo_email_change, undoing_behind};
pub use forgotten::{forgot_password, reset_open, reset_password};
pub(crate) use invited::{create_confirmed, new_credentials, unusable_password};
pub use passkey_sign_in::{sign_in_with_passkey, start_passkey_sign_in};
pub use password::Passwords;
pub(crate) use session::{Proof, begin, if_signed_in};
pub use session::{SignedIn, actor, idle_actor, rotate, sign_out};
pub use sign_up::{resend_verification, sign_up, verify_email};
pub use strength::password_strength;
pub use support::{create_account, create_first_support, first_support_link, first_support_open};

use crate::audit::{self, Event};
use crate::limits::{self, Counted, Purpose, Subject};
use crate::{Actor, Error, Services, Token};

/// How much of a mistyped address the audit trail keeps, in characters.
const MAX_TYPED: usize = 254;
/// Longer than it takes to write a mail into the outbox.
const EVEN: Duration = Duration::from_millis(150);

/// Signs in with e-mail and password. Who is unknown and who mistyped get the same answer
/// after the same time.
pub async fn sign_in(services: &Services, actor: &Actor, email: &str, password: &str) -> Result<SignedIn, Error> {
    let name = spelling(email);
    let account = accounts::by_email(services.db.connection(), &name).await?;
    let id = account.as_ref().map(Account::account_id);
    let counted = Counted::of(services, actor, &*name, id).await?;
    limits::count(services, Purpose::SignIn, &counted.subjects()).await?;
    let hash = account.as_ref().map(|account| account.password_hash.as_str());
    let correct = services.passwords.verify(hash, password).await?;
    let Some(account) = account.as_ref().filter(|account| correct && session::may_begin(account, Proof::Password))
    else {
        record_failure(services, actor, &name, account.as_ref()).await?;
        return Err(Error::form(FieldProblem::WrongCredentials));
    };
    limits::forget(services, Purpose::SignIn, &counted.subjects()).await?;
    if account.email_verified_at.is_none() {
        limits::count(services, Purpose::Mail, &counted.subjects()).await?;
        sign_up::send_verification(services, account).await?;
        return Err(Error::form(FieldProblem::EmailNotVerified));
    }
    let tx = services.db.begin().await?;
    lock_unchanged(&tx, account).await?.ok_or(Error::form(FieldProblem::WrongCredentials))?;
    let signed_in = session::begin(services, &tx, account, &actor.origin, Proof::Password).await?;
    let action = if signed_in.awaiting_factor { AuditAction::FactorAwaited } else { AuditAction::SignedIn };
    audit::record(services, &tx, actor, Event::vendor(action).on(&*account.email)).await?;
    store::commit(tx).await?;
    Ok(signed_in)
}

/// The one spelling of an address that was typed: whoever guesses must not get a fresh count
/// by writing it in capitals.
fn spelling(email: &str) -> String {
    email.parse::<EmailAddress>().map_or_else(|_| email.trim().to_lowercase(), String::from)
}

/// The account, locked, if its password is still the one that was checked before the
/// transaction began: a reset in between ends every session, also the one about to begin.
async fn lock_unchanged(tx: &Tx, checked: &Account) -> Result<Option<Account>, Error> {
    let now = accounts::lock(tx, checked.account_id()).await?;
    Ok(now.filter(|account| account.password_hash == checked.password_hash))
}

async fn record_failure(
    services: &Services,
    actor: &Actor,
    name: &str,
    account: Option<&Account>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let typed: String = name.chars().take(MAX_TYPED).collect();
    // an account's owner hears of guesses, however much strangers write
    let event = Event::vendor(AuditAction::SignInFailed).on(typed).bounded(account.is_some());
    audit::record(services, &tx, actor, event).await?;
    if let Some(account) = account.filter(|account| account.email_verified_at.is_some()) {
        guessing::tell_of_burst(services, &tx, account).await?;
    }
    Ok(store::commit(tx).await?)
}

/// Whether this is the account's password, typed to confirm something: counted first, and
/// written down if it is not.
async fn is_own_password(services: &Services, actor: &Actor, account: &Account, password: &str) -> Result<bool, Error> {
    let counted = Counted::own(actor, account.account_id());
    limits::count(services, Purpose::Confirm, &counted.subjects()).await?;
    if services.passwords.verify(Some(&account.password_hash), password).await? {
        limits::forget(services, Purpose::Confirm, &counted.subjects()).await?;
        return Ok(true);
    }
    let tx = services.db.begin().await?;
    audit::record(services, &tx, actor, Event::vendor(AuditAction::PasswordRefused).on(&*account.email)).await?;
    guessing::tell_of_burst(services, &tx, account).await?;
    store::commit(tx).await?;
    Ok(false)
}

/// Looks a mailed link up by its token. Looks that find nothing are counted by address, but
/// for what is no token at all: that guesses at nothing.
async fn look_up<T>(
    services: &Services,
    actor: &Actor,
    token: &str,
    find: impl Future<Output = Result<Option<T>, store::Error>>,
) -> Result<Option<T>, Error> {
    if Token::from_browser(token).is_none() {
        return Ok(None);
    }
    let counted = [Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Link, &counted).await?;
    let found = find.await?;
    if found.is_some() {
        limits::forget(services, Purpose::Link, &counted).await?;
    }
    Ok(found)
}

/// Takes as long whether or not a mail was written: how long an answer takes must not tell
/// who has an account.
async fn evenly<T>(work: impl Future<Output = T>) -> T {
    let (answer, ()) = tokio::join!(work, sleep(EVEN));
    answer
}

/// The signed-in account with its teams.
pub async fn current(services: &Services, actor: &Actor) -> Result<Option<AccountView>, Error> {
    let Some(account) = actor.signed_in() else { return Ok(None) };
    let mut view_teams = Vec::new();
    for team in teams::of_account(services.db.connection(), account.id).await? {
        view_teams.push(AccountTeam { slug: team.slug.clone(), status: team.status, name: team.name });
    }
    Ok(Some(AccountView {
        id: account.id,
        email: account.email.clone(),
        support_role: account.support_role,
        managed: account.managed,
        teams: view_teams,
    }))
}

/// Collects the problems of an e-mail address and a new password.
async fn check_credentials(services: &Services, email: &str, password: &str) -> Result<EmailAddress, Error> {
    let mut problems = Vec::new();
    let parsed = check_email(email);
    if let Err(problem) = &parsed {
        problems.push(("email".to_owned(), problem.clone()));
    }
    if let Err(problem) = strength::check(services, password, email).await? {
        problems.push(("password".to_owned(), problem));
    }
    match parsed {
        Ok(email) if problems.is_empty() => Ok(email),
        _ => Err(Error::Invalid(problems)),
    }
}

fn check_email(email: &str) -> Result<EmailAddress, FieldProblem> {
    if email.trim().is_empty() {
        return Err(FieldProblem::Missing);
    }
    email.parse().map_err(|_| FieldProblem::NotAnEmail)
}
