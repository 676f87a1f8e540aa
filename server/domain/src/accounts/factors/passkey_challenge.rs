//! A passkey's challenge and the verification of its answer (Web Authentication). A passkey is a second
//! factor or the whole sign-in: all must verify their user, so one counts as both factors.
//!
//! A challenge waits in the store for its answer, found by a cookie; neither the browser nor
//! anybody else gets to see or choose what the answer is compared with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use model::FieldProblem;
use model::ids::AccountId;
use serde_json::{Value, json};
use store::Tx;
use store::passkeys::{self, CeremonyPurpose};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential, Webauthn};

use crate::cookies::{self, Cookie};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Error, InternalError, Services, Token, token};

/// How long a challenge waits for its answer.
const CHALLENGE_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// A challenge on its way to a passkey.
#[derive(Clone, Debug)]
pub struct PasskeyChallenge {
    /// What the browser's `navigator.credentials` is called with, as JSON.
    pub options: String,
    /// The cookie that finds the challenge again.
    pub cookie: String,
}

/// The library for Web Authentication; [`Error::NotFound`] where passkeys do not work.
pub(super) fn webauthn(services: &Services) -> Result<&Webauthn, Error> {
    services.webauthn.as_ref().ok_or(Error::NotFound)
}

/// Stores the state of a challenge until its answer comes.
pub(super) async fn store_challenge(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
    options: &Value,
    state: String,
) -> Result<PasskeyChallenge, Error> {
    let payer = account.map_or_else(BudgetOwner::of_request, BudgetOwner::Account);
    services.charge(RowKind::PasskeyChallenge, 1, &[payer])?;
    let token = Token::new(&*services.random);
    let row = passkeys::Ceremony {
        token_hash: token.hash(),
        purpose: ceremony,
        account_id: account,
        state,
        expires_at: services.now() + CHALLENGE_LIFETIME,
    };
    passkeys::insert_ceremony(&services.db.autocommit(), row).await?;
    let cookie = cookies::set(services, Cookie::PasskeyChallenge, &token, CHALLENGE_LIFETIME);
    Ok(PasskeyChallenge { options: options.to_string(), cookie })
}

/// Takes the challenge that this browser's passkey answers: once, whether or not the answer is
/// good, and before a transaction begins.
pub(in crate::accounts) async fn take_challenge(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
    cookie: Option<&str>,
) -> Result<String, Error> {
    let refused = || Error::form(FieldProblem::PasskeyRefused);
    let hash = token::hash(cookie.ok_or_else(refused)?);
    let db = services.db.autocommit();
    let found = passkeys::consume_ceremony(&db, &hash, ceremony, account, services.now()).await?;
    Ok(found.ok_or_else(refused)?.state)
}

/// Challenges a passkey: one of the account's, or, at sign-in without an account, any.
pub(in crate::accounts) async fn create_challenge(
    services: &Services,
    ceremony: CeremonyPurpose,
    account: Option<AccountId>,
) -> Result<PasskeyChallenge, Error> {
    let (options, state) = webauthn(services)?.start_discoverable_authentication()?;
    let mut options = serde_json::to_value(options)?;
    // the user presses a button: the browser must not wait for a passkey in the background
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
    store_challenge(services, ceremony, account, &options, serde_json::to_string(&state)?).await
}

/// A passkey's answer that was accepted.
pub(in crate::accounts) struct VerifiedPasskey {
    /// The account it belongs to.
    pub(in crate::accounts) account: AccountId,
    /// What its owner calls it.
    pub(in crate::accounts) name: String,
}

/// Verifies a passkey's answer by the stored key and counter. A counter that did not go up
/// belongs to a copy of the key and is refused.
pub(in crate::accounts) async fn verify_passkey(
    services: &Services,
    tx: &Tx,
    account: Option<AccountId>,
    challenge: &str,
    credential: &str,
) -> Result<VerifiedPasskey, Error> {
    let state: DiscoverableAuthentication = serde_json::from_str(challenge)?;
    let answer: PublicKeyCredential = serde_json::from_str(credential).map_err(refused)?;
    let row = passkeys::lock(tx, answer.get_credential_id()).await?;
    let row = row.ok_or_else(|| refused("no such credential"))?;
    let handle = answer.get_user_unique_id().map(|bytes| Uuid::from_slice(bytes).map_err(refused)).transpose()?;
    let handle = handle.map(AccountId::from);
    // a known account must own it; otherwise the passkey itself names its account
    let expected = account.or(handle);
    if expected != Some(row.account_id) || handle.is_some_and(|handle| handle != row.account_id) {
        return Err(refused("the credential is another account's"));
    }
    let mut passkey: Passkey = serde_json::from_str(&row.credential)?;
    let webauthn = webauthn(services)?;
    let result = webauthn.finish_discoverable_authentication(&answer, state, &[(&passkey).into()]).map_err(refused)?;
    passkey.update_credential(&result);
    passkeys::mark_used(tx, row.id, serde_json::to_string(&passkey)?, services.now()).await?;
    Ok(VerifiedPasskey { account: row.account_id, name: row.name })
}

/// Refuses a passkey's answer: the reason is logged and not shown.
pub(super) fn refused(error: impl std::fmt::Display) -> Error {
    tracing::info!(%error, "passkey refused");
    Error::form(FieldProblem::PasskeyRefused)
}

impl From<webauthn_rs::prelude::WebauthnError> for InternalError {
    fn from(error: webauthn_rs::prelude::WebauthnError) -> Self {
        Self::Passkey(Box::new(error))
    }
}
