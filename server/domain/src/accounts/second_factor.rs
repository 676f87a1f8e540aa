//! The second factor at sign-in: a code, a passkey or a recovery code, after the password was
//! right.

use model::audit::AuditDetail;
use model::{AuditAction, FactorChoice};
use store::Tx;

use super::factors::{self, CeremonyPurpose, PasskeyChallenge};
use super::failed_login_notice::record_if_refused;
use crate::account_sessions::{NewSession, SessionUpdate, known_devices, update_session};
use crate::audit::{self, NewAuditEvent};
use crate::mail::FactorChange;
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{AccountActor, Actor, Error, Services};

/// The second factors that the account can sign in with.
#[tracing::instrument(name = "second_factor.available_methods", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn available_methods(services: &Services, actor: &Actor) -> Result<FactorChoice, Error> {
    factors::available_methods(services, actor.account_awaiting_second_factor()?).await
}

/// Completes the sign-in with a code of the authenticator app.
#[tracing::instrument(name = "second_factor.verify_code", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn verify_code(services: &Services, actor: &Actor, code: &str) -> Result<NewSession, Error> {
    let account = count_attempt(services, actor).await?;
    let result = async {
        let tx = services.db.begin().await?;
        factors::verify_totp_code(services, &tx, account.id, code).await?;
        complete_sign_in(services, tx, actor, account, &AuditDetail::WithAuthenticatorApp).await
    };
    record_if_refused(services, actor, account, AuditAction::SecondFactorFailed, result.await).await
}

/// Completes the sign-in with a recovery code, and mails the owner.
#[tracing::instrument(name = "second_factor.use_recovery_code", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn use_recovery_code(services: &Services, actor: &Actor, code: &str) -> Result<NewSession, Error> {
    let account = count_attempt(services, actor).await?;
    let result = async {
        let tx = services.db.begin().await?;
        let left = factors::consume_recovery_code(services, &tx, account.id, code).await?;
        let event = NewAuditEvent::vendor(AuditAction::RecoveryCodeUsed).target(account.email.as_str());
        audit::record(services, &tx, actor, event.coded_detail(&AuditDetail::RecoveryCodesLeft { count: left }))
            .await?;
        factors::notify_owner(services, &tx, actor, account, FactorChange::RecoveryCodeUsed { left }).await?;
        complete_sign_in(services, tx, actor, account, &AuditDetail::WithRecoveryCode).await
    };
    record_if_refused(services, actor, account, AuditAction::SecondFactorFailed, result.await).await
}

/// Challenges the passkeys of the account.
#[tracing::instrument(name = "second_factor.start_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn start_passkey(services: &Services, actor: &Actor) -> Result<PasskeyChallenge, Error> {
    let account = actor.account_awaiting_second_factor()?;
    factors::create_challenge(services, CeremonyPurpose::SecondFactor, Some(account.id)).await
}

/// Completes the sign-in with the passkey that answered.
#[tracing::instrument(name = "second_factor.verify_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn verify_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<NewSession, Error> {
    let account = count_attempt(services, actor).await?;
    let result = async {
        let state = factors::take_challenge(services, CeremonyPurpose::SecondFactor, Some(account.id), cookie).await?;
        let tx = services.db.begin().await?;
        let passkey = factors::verify_passkey(services, &tx, Some(account.id), &state, credential).await?;
        complete_sign_in(services, tx, actor, account, &AuditDetail::WithPasskey { name: passkey.name }).await
    };
    record_if_refused(services, actor, account, AuditAction::SecondFactorFailed, result.await).await
}

/// Counts an attempt before it is verified.
async fn count_attempt<'a>(services: &Services, actor: &'a Actor) -> Result<&'a AccountActor, Error> {
    let account = actor.account_awaiting_second_factor()?;
    let counted = AccountThrottle::own(actor, account.id);
    throttling::count_attempt(services, ThrottledAction::SecondFactor, &counted.keys()).await?;
    Ok(account)
}

async fn complete_sign_in(
    services: &Services,
    tx: Tx,
    actor: &Actor,
    account: &AccountActor,
    method: &AuditDetail,
) -> Result<NewSession, Error> {
    let update = SessionUpdate { second_factor: Some(true), is_reauthenticated: true };
    let cookie = update_session(services, &tx, actor, update).await?;
    let device_cookie = Some(known_devices::remember(services, &tx, account.id, &actor.client).await?);
    let event = NewAuditEvent::vendor(AuditAction::SignedIn).target(account.email.as_str()).coded_detail(method);
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    let counted = AccountThrottle::own(actor, account.id);
    throttling::forget_attempts(services, ThrottledAction::SecondFactor, &counted.keys()).await?;
    Ok(NewSession { cookie, device_cookie, home: "/".to_owned(), is_awaiting_second_factor: false })
}
