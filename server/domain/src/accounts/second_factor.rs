//! The second step of signing in: a code, a passkey or a recovery code, after the password
//! was right.

use model::{AuditAction, FactorChoice};
use store::Tx;

use super::factors::{self, CeremonyPurpose, Challenge};
use super::session::{self, Proved, SignedIn};
use super::{devices, guessing};
use crate::audit::{self, Event};
use crate::limits::{self, Counted, Purpose};
use crate::mail::FactorNews;
use crate::{AccountActor, Actor, Error, Services};

/// The ways in which the account whose second factor is awaited can go on.
pub async fn choice(services: &Services, actor: &Actor) -> Result<FactorChoice, Error> {
    factors::choice(services, actor.awaiting_factor()?).await
}

/// Goes on with a code of the authenticator app.
pub async fn enter_code(services: &Services, actor: &Actor, code: &str) -> Result<SignedIn, Error> {
    let account = counted(services, actor).await?;
    let result = async {
        let tx = services.db.begin().await?;
        factors::check_code(services, &tx, account.id, code).await?;
        finish(services, tx, actor, account, "authenticator app").await
    };
    guessing::recorded(services, actor, account, AuditAction::FactorFailed, result.await).await
}

/// Goes on with a recovery code, and tells the owner.
pub async fn use_recovery_code(services: &Services, actor: &Actor, code: &str) -> Result<SignedIn, Error> {
    let account = counted(services, actor).await?;
    let result = async {
        let tx = services.db.begin().await?;
        let left = factors::consume_recovery_code(services, &tx, account.id, code).await?;
        let event = Event::vendor(AuditAction::RecoveryCodeUsed).on(account.email.as_str());
        audit::record(services, &tx, actor, event.detail(format!("{left} left"))).await?;
        factors::tell(services, &tx, actor, account, FactorNews::RecoveryCodeUsed { left }).await?;
        finish(services, tx, actor, account, "recovery code").await
    };
    guessing::recorded(services, actor, account, AuditAction::FactorFailed, result.await).await
}

/// Asks for a passkey of the account.
pub async fn start_passkey(services: &Services, actor: &Actor) -> Result<Challenge, Error> {
    let account = actor.awaiting_factor()?;
    factors::challenge_passkey(services, CeremonyPurpose::SecondFactor, Some(account.id)).await
}

/// Goes on with the passkey that answered.
pub async fn answer_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<SignedIn, Error> {
    let account = counted(services, actor).await?;
    let result = async {
        let state = factors::take_challenge(services, CeremonyPurpose::SecondFactor, Some(account.id), cookie).await?;
        let tx = services.db.begin().await?;
        let answered = factors::answer_passkey(services, &tx, Some(account.id), &state, credential).await?;
        finish(services, tx, actor, account, &format!("passkey {}", answered.name)).await
    };
    guessing::recorded(services, actor, account, AuditAction::FactorFailed, result.await).await
}

/// Counts an attempt before it is looked at.
async fn counted<'a>(services: &Services, actor: &'a Actor) -> Result<&'a AccountActor, Error> {
    let account = actor.awaiting_factor()?;
    let counted = Counted::own(actor, account.id);
    limits::count(services, Purpose::SecondFactor, &counted.subjects()).await?;
    Ok(account)
}

async fn finish(
    services: &Services,
    tx: Tx,
    actor: &Actor,
    account: &AccountActor,
    with: &str,
) -> Result<SignedIn, Error> {
    let proved = Proved { second_factor: Some(true), confirmed: true };
    let cookie = session::prove(services, &tx, actor, proved).await?;
    let device = devices::remember(services, &tx, account.id, &actor.origin).await?;
    let event = Event::vendor(AuditAction::SignedIn).on(account.email.as_str()).detail(with.to_owned());
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    let counted = Counted::own(actor, account.id);
    limits::forget(services, Purpose::SecondFactor, &counted.subjects()).await?;
    Ok(SignedIn { cookie, device: Some(device), home: "/".to_owned(), awaiting_factor: false })
}
