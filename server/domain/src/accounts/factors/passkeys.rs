//! Passkeys (Web Authentication) of a signed-in account: registered, renamed and removed.

use model::{AuditAction, FieldProblem};
use serde_json::{Value, json};
use store::passkeys::{self, AccountPasskey, CeremonyPurpose};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, PasskeyRegistration, RegisterPublicKeyCredential};

use super::enrolment::{AddedFactor, FactorEnrolment, complete_enrolment, complete_removal};
use super::passkey_challenge::{PasskeyChallenge, refused, store_challenge, take_challenge, webauthn};
use crate::account_sessions::has_second_factor;
use crate::audit::{self, NewAuditEvent};
use crate::mail::FactorChange;
use crate::{Action, Actor, Error, Services};

/// In characters.
const MAX_NAME: usize = 60;
/// Of one account.
const MAX_PASSKEYS: usize = 20;

/// Starts to register a passkey.
#[tracing::instrument(name = "factors.start_passkey_registration", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn start_passkey_registration(services: &Services, actor: &Actor) -> Result<PasskeyChallenge, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let known = passkeys::list(services.db.connection(), account.id).await?;
    let known = known.into_iter().map(|row| CredentialID::from(row.credential_id)).collect();
    let email = account.email.as_str();
    let (options, state) =
        webauthn(services)?.start_passkey_registration(account.id.as_uuid(), email, email, Some(known))?;
    let mut options = serde_json::to_value(options)?;
    // kept on the device where it can be, so that it signs in without an address typed
    if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut) {
        selection.insert("residentKey".to_owned(), Value::from("preferred"));
    }
    store_challenge(services, CeremonyPurpose::Register, Some(account.id), &options, serde_json::to_string(&state)?)
        .await
}

/// Registers the passkey that answered.
#[tracing::instrument(name = "factors.register_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn register_passkey(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    name: &str,
    credential: &str,
) -> Result<FactorEnrolment, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let name = check_name(name)?;
    let state = take_challenge(services, CeremonyPurpose::Register, Some(account.id), cookie).await?;
    let state: PasskeyRegistration = serde_json::from_str(&state)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(credential).map_err(refused)?;
    let passkey = webauthn(services)?.finish_passkey_registration(&answer, &state).map_err(refused)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    let had_any = has_second_factor(&tx, account.id).await?;
    if passkeys::list(&tx, account.id).await?.len() >= MAX_PASSKEYS {
        return Err(Error::form(FieldProblem::TooManyPasskeys { max: MAX_PASSKEYS }));
    }
    let row = AccountPasskey {
        id: services.uuid(),
        account_id: account.id,
        name: name.clone(),
        credential_id: passkey.cred_id().to_vec(),
        credential: serde_json::to_string(&passkey)?,
        created_at: services.now(),
        last_used_at: None,
    };
    passkeys::insert(&tx, row).await.map_err(|error| match error {
        store::Error::Exists => Error::form(FieldProblem::PasskeyExists),
        error => error.into(),
    })?;
    let news = FactorChange::PasskeyAdded { name };
    let added = AddedFactor { had_any, action: AuditAction::PasskeyAdded, news };
    let enrolment = complete_enrolment(services, &tx, actor, account, added).await?;
    store::commit(tx).await?;
    Ok(enrolment)
}

/// Renames a passkey.
#[tracing::instrument(name = "factors.rename_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn rename_passkey(services: &Services, actor: &Actor, id: &str, name: &str) -> Result<(), Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let name = check_name(name)?;
    let tx = services.db.begin().await?;
    let before = passkeys::rename(&tx, account.id, id, &name).await?.ok_or(Error::NotFound)?;
    let event = NewAuditEvent::vendor(AuditAction::PasskeyRenamed).target(account.email.as_str());
    let event = event.changed(json!({ "name": before }), json!({ "name": name }));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Removes a passkey. Returns the session's new cookie.
#[tracing::instrument(name = "factors.remove_passkey", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn remove_passkey(services: &Services, actor: &Actor, id: &str) -> Result<String, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    let row = passkeys::remove(&tx, account.id, id).await?.ok_or(Error::NotFound)?;
    let news = FactorChange::PasskeyRemoved { name: row.name };
    let cookie = complete_removal(services, &tx, actor, account, AuditAction::PasskeyRemoved, news).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

fn check_name(name: &str) -> Result<String, Error> {
    match name.trim() {
        "" => Ok("Passkey".to_owned()),
        name if name.chars().count() > MAX_NAME => Err(Error::field("name", FieldProblem::TooLong { max: MAX_NAME })),
        name => Ok(name.to_owned()),
    }
}
