//! Signing in with a passkey and nothing else.

use model::audit::AuditDetail;
use model::{AuditAction, FieldProblem};
use store::accounts;

use super::factors::{self, CeremonyPurpose, PasskeyChallenge};
use super::failed_login_notice::record_failed_sign_in;
use crate::account_sessions::{AuthenticationMethod, NewSession, create_session, may_have_session};
use crate::audit::{self, NewAuditEvent};
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services};

/// Challenges any passkey of ours that the browser has.
#[tracing::instrument(name = "accounts.start_passkey_sign_in", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn start_passkey_sign_in(services: &Services, actor: &Actor) -> Result<PasskeyChallenge, Error> {
    throttling::count_attempt(services, ThrottledAction::Challenge, &[ThrottleKey::Address(actor.client.ip)]).await?;
    factors::create_challenge(services, CeremonyPurpose::SignIn, None).await
}

/// Signs in with the passkey that answered.
#[tracing::instrument(name = "accounts.sign_in_with_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn sign_in_with_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<NewSession, Error> {
    let subjects = [ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::SignIn, &subjects).await?;
    let result = verify_and_sign_in(services, actor, cookie, credential).await;
    match &result {
        Ok(_) => throttling::forget_attempts(services, ThrottledAction::SignIn, &subjects).await?,
        Err(Error::Invalid(_)) => record_failed_sign_in(services, actor, "passkey", None).await?,
        Err(_) => {}
    }
    result
}

async fn verify_and_sign_in(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    credential: &str,
) -> Result<NewSession, Error> {
    let challenge = factors::take_challenge(services, CeremonyPurpose::SignIn, None, cookie).await?;
    let tx = services.db.begin().await?;
    let passkey = factors::verify_passkey(services, &tx, None, &challenge, credential).await?;
    let account = accounts::by_id(&tx, passkey.account).await?.ok_or(Error::NotFound)?;
    if !may_have_session(&account, AuthenticationMethod::Passkey) {
        return Err(Error::form(FieldProblem::PasskeyRefused));
    }
    let session = create_session(services, &tx, &account, &actor.client, AuthenticationMethod::Passkey).await?;
    let with = AuditDetail::WithPasskey { name: passkey.name };
    let event = NewAuditEvent::vendor(AuditAction::SignedIn).target(account.email).coded_detail(&with);
    audit::record(services, &tx, actor, event).await?;
    store::commit(tx).await?;
    Ok(session)
}
