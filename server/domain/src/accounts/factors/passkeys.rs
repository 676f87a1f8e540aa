//! Passkeys (WebAuthn): registered by who is signed in, then a second factor or the whole
//! sign-in. All must verify their user, so one counts as both factors.
//!
//! A challenge waits in the store for its answer, found by a cookie; neither the browser nor
//! anybody else gets to see or choose what the answer is compared with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem};
use serde_json::{Value, json};
use store::Tx;
use store::passkeys::{self, AccountPasskey, CeremonyPurpose};
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn,
};

use super::{Enrolled, enrolled, has_any, removed};
use crate::audit::{self, Event};
use crate::cookies::{self, Cookie};
use crate::mail::FactorNews;
use crate::row_budget::{self, Payer, Row};
use crate::{Action, Actor, Error, Internal, Services, Token, token};

/// How long a challenge waits.
const WAITS: TimeDelta = TimeDelta::minutes(5);
/// In characters.
const MAX_NAME: usize = 60;
/// Of one account.
const MAX_PASSKEYS: usize = 20;

/// A challenge on its way to a passkey.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// What the browser's `navigator.credentials` is called with, as JSON.
    pub options: String,
    /// The cookie that finds the challenge again.
    pub cookie: String,
}

fn webauthn(services: &Services) -> Result<&Webauthn, Error> {
    services.webauthn.as_ref().ok_or(Error::NotFound)
}

/// Keeps a challenge until its answer comes.
async fn keep(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
    options: &Value,
    state: String,
) -> Result<Challenge, Error> {
    let payer = account.map_or_else(Payer::here, Payer::Account);
    row_budget::pay(services, Row::Challenge, 1, &[payer])?;
    let token = Token::new(&*services.random);
    let row = passkeys::Ceremony {
        token_hash: token.hash(),
        purpose: ceremony,
        account_id: account,
        state,
        expires_at: services.now() + WAITS,
    };
    passkeys::insert_ceremony(services.db.connection(), row).await?;
    let cookie = cookies::set(services, Cookie::Passkey, &token, WAITS);
    Ok(Challenge { options: options.to_string(), cookie })
}

/// Takes the challenge out that this browser's passkey answers: once, whatever the answer is
/// worth, and before a transaction begins.
pub(in crate::accounts) async fn take_challenge(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
    cookie: Option<&str>,
) -> Result<String, Error> {
    let refused = || Error::form(FieldProblem::PasskeyRefused);
    let hash = token::hash(cookie.ok_or_else(refused)?);
    let db = services.db.connection();
    let found = passkeys::consume_ceremony(db, &hash, ceremony, account, services.now()).await?;
    Ok(found.ok_or_else(refused)?.state)
}

/// Begins to register a passkey.
pub async fn start_registration(services: &Services, actor: &Actor) -> Result<Challenge, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
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
    keep(services, CeremonyPurpose::Register, Some(account.id), &options, serde_json::to_string(&state)?).await
}

/// Registers the passkey that answered.
pub async fn register(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
    name: &str,
    credential: &str,
) -> Result<Enrolled, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let name = check_name(name)?;
    let state = take_challenge(services, CeremonyPurpose::Register, Some(account.id), cookie).await?;
    let state: PasskeyRegistration = serde_json::from_str(&state)?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(credential).map_err(refused)?;
    let passkey = webauthn(services)?.finish_passkey_registration(&answer, &state).map_err(refused)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    let had_any = has_any(&tx, account.id).await?;
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
    let what = (had_any, AuditAction::PasskeyAdded, FactorNews::PasskeyAdded { name });
    let enrolled = enrolled(services, &tx, actor, account, what).await?;
    store::commit(tx).await?;
    Ok(enrolled)
}

/// What is wrong with a passkey's answer is logged and not told.
fn refused(error: impl std::fmt::Display) -> Error {
    tracing::info!(%error, "passkey refused");
    Error::form(FieldProblem::PasskeyRefused)
}

fn check_name(name: &str) -> Result<String, Error> {
    match name.trim() {
        "" => Ok("Passkey".to_owned()),
        name if name.chars().count() > MAX_NAME => Err(Error::field("name", FieldProblem::TooLong { max: MAX_NAME })),
        name => Ok(name.to_owned()),
    }
}

/// Asks for a passkey: one of the account's, or, when nobody is known yet, any.
pub(in crate::accounts) async fn challenge(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
) -> Result<Challenge, Error> {
    let (options, state) = webauthn(services)?.start_discoverable_authentication()?;
    let mut options = serde_json::to_value(options)?;
    // a button is pressed for it: nothing to wait for in the background
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    if let Some(account) = account {
        let keys = passkeys::list(services.db.connection(), account).await?;
        let allowed = keys.iter().map(|row| {
            let id = URL_SAFE_NO_PAD.encode(&row.credential_id);
            json!({ "type": "public-key", "id": id })
        });
        if let Some(list) = options.pointer_mut("/publicKey/allowCredentials") {
            *list = allowed.collect();
        }
    }
    keep(services, ceremony, account, &options, serde_json::to_string(&state)?).await
}

/// A passkey's answer that was accepted.
pub(in crate::accounts) struct Answered {
    /// Whose it is.
    pub(in crate::accounts) account: AccountId,
    /// What its owner calls it.
    pub(in crate::accounts) name: String,
}

/// Checks a passkey's answer against the key and counter in the store. A counter that did not
/// go up is a copy's, and refused.
pub(in crate::accounts) async fn answer(
    services: &Services,
    tx: &Tx,
    account: Option<AccountId>,
    challenge: &str,
    credential: &str,
) -> Result<Answered, Error> {
    let state: DiscoverableAuthentication = serde_json::from_str(challenge)?;
    let answer: PublicKeyCredential = serde_json::from_str(credential).map_err(refused)?;
    let row = passkeys::lock(tx, answer.get_credential_id()).await?;
    let row = row.ok_or_else(|| refused("no such credential"))?;
    let handle = answer.get_user_unique_id().map(|bytes| Uuid::from_slice(bytes).map_err(refused)).transpose()?;
    let handle = handle.map(AccountId::from);
    // who is known must own it; who is not must be named by the passkey itself
    let expected = account.or(handle);
    if expected != Some(row.account_id) || handle.is_some_and(|handle| handle != row.account_id) {
        return Err(refused("the credential is another account's"));
    }
    let mut passkey: Passkey = serde_json::from_str(&row.credential)?;
    let webauthn = webauthn(services)?;
    let result = webauthn.finish_discoverable_authentication(&answer, state, &[(&passkey).into()]).map_err(refused)?;
    passkey.update_credential(&result);
    passkeys::mark_used(tx, row.id, serde_json::to_string(&passkey)?, services.now()).await?;
    Ok(Answered { account: row.account_id, name: row.name })
}

/// Renames a passkey.
pub async fn rename(services: &Services, actor: &Actor, id: &str, name: &str) -> Result<(), Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let name = check_name(name)?;
    let tx = services.db.begin().await?;
    let before = passkeys::rename(&tx, account.id, id, &name).await?.ok_or(Error::NotFound)?;
    let event = Event::vendor(AuditAction::PasskeyRenamed).on(account.email.as_str());
    let event = event.changed(json!({ "name": before }), json!({ "name": name }));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Removes a passkey. The answer is the session's new cookie.
pub async fn remove(services: &Services, actor: &Actor, id: &str) -> Result<String, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    let row = passkeys::remove(&tx, account.id, id).await?.ok_or(Error::NotFound)?;
    let what = (AuditAction::PasskeyRemoved, FactorNews::PasskeyRemoved { name: row.name });
    let cookie = removed(services, &tx, actor, account, what).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Passkeys for the account host; none where browsers have none: on an IP address.
pub(crate) fn relying_party(settings: &crate::Settings) -> Option<Webauthn> {
    let origin = settings.urls.account_url();
    let built = webauthn_rs::WebauthnBuilder::new(origin.domain()?, origin)
        .and_then(|builder| builder.rp_name(&settings.brand.product_name).build());
    built.inspect_err(|error| tracing::warn!(%error, "passkeys cannot be used at this address")).ok()
}

impl From<webauthn_rs::prelude::WebauthnError> for Internal {
    fn from(error: webauthn_rs::prelude::WebauthnError) -> Self {
        Self::Passkey(Box::new(error))
    }
}
