//! Re-authentication before a sensitive action: with the password, and a code of the
//! authenticator app if there is one, or with a passkey alone. An account whose only second
//! factors are passkeys uses one of them.

use model::{AuditAction, FactorChoice, FieldProblem};
use store::{Tx, accounts};

use super::factors::{self, CeremonyPurpose, PasskeyChallenge};
use super::failed_login_notice::record_if_refused;
use crate::account_sessions::{SessionUpdate, update_session};
use crate::audit::{self, NewAuditEvent};
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{AccountActor, Action, Actor, Error, Services};

/// The methods that the account can authenticate again with.
#[tracing::instrument(name = "reauthentication.available_methods", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn available_methods(services: &Services, actor: &Actor) -> Result<FactorChoice, Error> {
    factors::available_methods(services, actor.authorize_own(Action::UseAccount)?).await
}

/// Authenticates again with the password, and a code if the account has an authenticator app.
/// Returns the session's new cookie.
#[tracing::instrument(name = "reauthentication.with_password", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn with_password(services: &Services, actor: &Actor, password: &str, code: &str) -> Result<String, Error> {
    let account = count_attempt(services, actor).await?;
    let result = verify_password_and_code(services, actor, account, password, code).await;
    record_if_refused(services, actor, account, AuditAction::ReauthenticationFailed, result).await
}

async fn verify_password_and_code(
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
    let methods = factors::available_methods(services, account).await?;
    if methods.passkey && !methods.totp {
        return Err(Error::form(FieldProblem::PasskeyRefused));
    }
    let tx = services.db.begin().await?;
    if methods.totp {
        factors::verify_totp_code(services, &tx, account.id, code).await?;
    }
    complete(services, tx, actor, account, methods.totp).await
}

/// Challenges the passkeys of the account.
#[tracing::instrument(name = "reauthentication.start_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn start_passkey(services: &Services, actor: &Actor) -> Result<PasskeyChallenge, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    factors::create_challenge(services, CeremonyPurpose::Reauthenticate, Some(account.id)).await
}

/// Authenticates again with the passkey that answered. Returns the session's new cookie.
#[tracing::instrument(name = "reauthentication.with_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn with_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<String, Error> {
    let account = count_attempt(services, actor).await?;
    let result = async {
        let challenge =
            factors::take_challenge(services, CeremonyPurpose::Reauthenticate, Some(account.id), cookie).await?;
        let tx = services.db.begin().await?;
        factors::verify_passkey(services, &tx, Some(account.id), &challenge, credential).await?;
        complete(services, tx, actor, account, true).await
    };
    record_if_refused(services, actor, account, AuditAction::ReauthenticationFailed, result.await).await
}

/// Counts an attempt before it is verified.
async fn count_attempt<'a>(services: &Services, actor: &'a Actor) -> Result<&'a AccountActor, Error> {
    let account = actor.authorize_own(Action::UseAccount)?;
    let counted = AccountThrottle::own(actor, account.id);
    throttling::count_attempt(services, ThrottledAction::Reauthenticate, &counted.keys()).await?;
    Ok(account)
}

async fn complete(
    services: &Services,
    tx: Tx,
    actor: &Actor,
    account: &AccountActor,
    is_second_factor_verified: bool,
) -> Result<String, Error> {
    let second_factor = is_second_factor_verified.then_some(true);
    let update = SessionUpdate { second_factor, is_reauthenticated: true };
    let cookie = update_session(services, &tx, actor, update).await?;
    let event = NewAuditEvent::vendor(AuditAction::Reauthenticated).target(account.email.as_str());
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    let counted = AccountThrottle::own(actor, account.id);
    throttling::forget_attempts(services, ThrottledAction::Reauthenticate, &counted.keys()).await?;
    Ok(cookie)
}
