//! Signing in with a passkey and nothing else.

use model::{AuditAction, FieldProblem};
use store::accounts;

use super::factors::{self, CeremonyPurpose, Challenge};
use super::session::{self, Proof, SignedIn};
use super::{record_failure, sign_up};
use crate::audit::{self, Event};
use crate::limits::{self, Purpose, Subject};
use crate::{Actor, Error, Services};

/// Asks for any passkey of ours that the browser has.
pub async fn start_passkey_sign_in(services: &Services, actor: &Actor) -> Result<Challenge, Error> {
    limits::count(services, Purpose::Challenge, &[Subject::Address(actor.origin.ip)]).await?;
    factors::challenge_passkey(services, CeremonyPurpose::SignIn, None).await
}

/// Signs in whose passkey answered.
pub async fn sign_in_with_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<SignedIn, Error> {
    let subjects = [Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::SignIn, &subjects).await?;
    let result = signed_in(services, actor, cookie, credential).await;
    match &result {
        Ok(_) => limits::forget(services, Purpose::SignIn, &subjects).await?,
        Err(Error::Invalid(_)) => record_failure(services, actor, "passkey", None).await?,
        Err(_) => {}
    }
    result
}

async fn signed_in(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<SignedIn, Error> {
    let challenge = factors::take_challenge(services, CeremonyPurpose::SignIn, None, cookie).await?;
    let tx = services.db.begin().await?;
    let answered = factors::answer_passkey(services, &tx, None, &challenge, credential).await?;
    let account = accounts::by_id(&tx, answered.account).await?.ok_or(Error::NotFound)?;
    if !session::may_begin(&account, Proof::Passkey) {
        return Err(Error::form(FieldProblem::PasskeyRefused));
    }
    if account.email_verified_at.is_none() {
        drop(tx);
        sign_up::send_verification(services, &account).await?;
        return Err(Error::form(FieldProblem::EmailNotVerified));
    }
    let signed_in = session::begin(services, &tx, &account, &actor.origin, Proof::Passkey).await?;
    let event = Event::vendor(AuditAction::SignedIn).on(account.email).detail(format!("passkey {}", answered.name));
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    Ok(signed_in)
}
