//! Confirming again who one is, before something sensitive: with the password and a code of
//! the authenticator app if there is one, or with a passkey alone. Who has passkeys only
//! confirms with one of them.

use model::{AuditAction, FactorChoice, FieldProblem};
use store::{Tx, accounts};

use super::factors::{self, CeremonyPurpose, Challenge};
use super::guessing;
use super::session::{self, Proved};
use crate::audit::{self, Event};
use crate::limits::{self, Counted, Purpose};
use crate::{AccountActor, Action, Actor, Error, Services};

/// The ways in which the account that asks can confirm.
pub async fn choice(services: &Services, actor: &Actor) -> Result<FactorChoice, Error> {
    factors::choice(services, actor.own(Action::UseAccount)?).await
}

/// Confirms with the password, and a code if the account has an authenticator app. The
/// answer is the session's new cookie.
pub async fn with_password(services: &Services, actor: &Actor, password: &str, code: &str) -> Result<String, Error> {
    let account = counted(services, actor).await?;
    let result = password_and_code(services, actor, account, password, code).await;
    guessing::recorded(services, actor, account, AuditAction::ConfirmFailed, result).await
}

async fn password_and_code(
    services: &Services,
    actor: &Actor,
    account: &AccountActor,
    password: &str,
    code: &str,
) -> Result<String, Error> {
    let row = accounts::by_id(services.db.connection(), account.id).await?.ok_or(Error::SignInNeeded)?;
    if !services.passwords.verify(Some(&row.password_hash), password).await? {
        return Err(Error::field("password", FieldProblem::WrongPassword));
    }
    let ways = factors::choice(services, account).await?;
    if ways.passkey && !ways.totp {
        return Err(Error::form(FieldProblem::PasskeyRefused));
    }
    let tx = services.db.begin().await?;
    if ways.totp {
        factors::check_code(services, &tx, account.id, code).await?;
    }
    finish(services, tx, actor, account, ways.totp).await
}

/// Asks for a passkey of the account.
pub async fn start_passkey(services: &Services, actor: &Actor) -> Result<Challenge, Error> {
    let account = actor.own(Action::UseAccount)?;
    factors::challenge_passkey(services, CeremonyPurpose::Reauthenticate, Some(account.id)).await
}

/// Confirms with the passkey that answered. The answer is the session's new cookie.
pub async fn with_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<String, Error> {
    let account = counted(services, actor).await?;
    let result = async {
        let challenge =
            factors::take_challenge(services, CeremonyPurpose::Reauthenticate, Some(account.id), cookie).await?;
        let tx = services.db.begin().await?;
        factors::answer_passkey(services, &tx, Some(account.id), &challenge, credential).await?;
        finish(services, tx, actor, account, true).await
    };
    guessing::recorded(services, actor, account, AuditAction::ConfirmFailed, result.await).await
}

async fn counted<'a>(services: &Services, actor: &'a Actor) -> Result<&'a AccountActor, Error> {
    let account = actor.own(Action::UseAccount)?;
    let counted = Counted::own(actor, account.id);
    limits::count(services, Purpose::Confirm, &counted.subjects()).await?;
    Ok(account)
}

async fn finish(
    services: &Services,
    tx: Tx,
    actor: &Actor,
    account: &AccountActor,
    with_factor: bool,
) -> Result<String, Error> {
    let proved = Proved { second_factor: with_factor.then_some(true), confirmed: true };
    let cookie = session::prove(services, &tx, actor, proved).await?;
    let event = Event::vendor(AuditAction::Confirmed).on(account.email.as_str());
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    let counted = Counted::own(actor, account.id);
    limits::forget(services, Purpose::Confirm, &counted.subjects()).await?;
    Ok(cookie)
}
