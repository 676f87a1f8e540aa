//! Recovery codes: ten, each good for one sign-in, kept only as hashes.
//!
//! All ten are derived from one random secret, which goes into a cookie of the browser that
//! requested them and is kept nowhere else. For ten minutes, or until their owner says that
//! they are saved, the page can show them by it; after that nobody can.

use base32::Alphabet;
use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem};
use sha2::{Digest as _, Sha256};
use store::{Tx, recovery_codes};

use super::owner_notice::notify_owner;
use crate::account_sessions::has_second_factor;
use crate::audit::{self, NewAuditEvent};
use crate::cookies::{self, Cookie};
use crate::mail::FactorChange;
use crate::{Action, Actor, Error, Services, Token};

/// How many codes an account gets.
const CODE_COUNT: u8 = 10;
/// 120 bits each: a plain hash of one cannot be guessed back (ASVS 6.5.2 asks for 112).
const CODE_BYTES: usize = 15;
/// How long new codes can be shown.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(10);

/// The codes that are derived from a secret.
fn derive_codes(secret: &Token) -> impl Iterator<Item = [u8; CODE_BYTES]> {
    (0..CODE_COUNT).map(|number| {
        let digest = Sha256::new().chain_update(secret.reveal()).chain_update([0, number]).finalize();
        let mut code = [0; CODE_BYTES];
        code.iter_mut().zip(digest).for_each(|(byte, random)| *byte = random);
        code
    })
}

/// A code as it is shown: in groups of four, of letters and digits that are not mistaken for one
/// another.
fn format_code(code: [u8; CODE_BYTES]) -> String {
    let text: Vec<_> = base32::encode(Alphabet::Crockford, &code).to_lowercase().chars().collect();
    text.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

fn hash(code: &[u8]) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

/// Creates codes in the place of those before. Returns the cookie they are shown by.
pub(super) async fn create_recovery_codes(services: &Services, tx: &Tx, account: AccountId) -> Result<String, Error> {
    let secret = Token::new(&*services.random);
    let hashes: Vec<_> = derive_codes(&secret).map(|code| hash(&code)).collect();
    recovery_codes::replace(tx, account, &hashes, services.now()).await?;
    Ok(cookies::set(services, Cookie::RecoveryCodes, &secret, SHOWN_FOR))
}

/// The codes that were just created in this browser and are not used; none if they were saved,
/// replaced, or created too long ago.
#[tracing::instrument(name = "factors.new_recovery_codes", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn new_recovery_codes(
    services: &Services,
    actor: &Actor,
    cookie: Option<&str>,
) -> Result<Vec<String>, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let Some(secret) = cookie.and_then(Token::from_browser) else { return Ok(Vec::new()) };
    let since = services.now() - SHOWN_FOR;
    let mut left = Vec::new();
    for code in derive_codes(&secret) {
        if recovery_codes::is_unused(services.db.connection(), account.id, &hash(&code), since).await? {
            left.push(format_code(code));
        }
    }
    Ok(left)
}

/// Creates new codes. Returns the cookie they are shown by.
#[tracing::instrument(name = "factors.regenerate_recovery_codes", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn regenerate_recovery_codes(services: &Services, actor: &Actor) -> Result<String, Error> {
    let account = actor.authorize_own(Action::ChangeCredentials)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    if !has_second_factor(&tx, account.id).await? {
        return Err(Error::form(FieldProblem::FactorMissing));
    }
    let cookie = create_recovery_codes(services, &tx, account.id).await?;
    let event = NewAuditEvent::vendor(AuditAction::RecoveryCodesCreated).target(account.email.as_str());
    audit::record(services, &tx, actor, event).await?;
    notify_owner(services, &tx, actor, account, FactorChange::RecoveryCodesReplaced).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Uses a code up, and returns how many are left. The caller counts attempts.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the field `recovery_code`.
pub(in crate::accounts) async fn consume_recovery_code(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    typed: &str,
) -> Result<u64, Error> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    let code = base32::decode(Alphabet::Crockford, &typed).filter(|code| code.len() == CODE_BYTES);
    let used = match code {
        Some(code) => recovery_codes::consume(tx, account, &hash(&code), services.now()).await?,
        None => false,
    };
    if !used {
        return Err(Error::field("recovery_code", FieldProblem::WrongRecoveryCode));
    }
    Ok(recovery_codes::count_unused(tx, account).await?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::clock::OsRandom;

    #[test]
    fn ten_different_codes_read_back_however_they_are_typed() {
        let secret = Token::new(&OsRandom);
        let all: BTreeSet<_> = derive_codes(&secret).map(format_code).collect();
        assert_eq!(all.len(), 10);
        for (code, text) in derive_codes(&secret).map(|code| (code, format_code(code))) {
            assert_eq!(text.len(), 29, "{text}");
            let typed = text.replace('-', "").to_uppercase();
            assert_eq!(base32::decode(Alphabet::Crockford, &typed), Some(code.to_vec()));
            let misread = text.replace('-', "").replace('0', "o").replace('1', "l");
            assert_eq!(base32::decode(Alphabet::Crockford, &misread), Some(code.to_vec()), "{misread}");
        }
    }
}
