//! Recovery codes: ten, each good for one sign-in, kept only as hashes.
//!
//! All ten are made from one random secret, which goes into a cookie of the browser that
//! asked for them and is kept nowhere else. For ten minutes, or until their owner says that
//! they are kept, the page can show them by it; after that nobody can.

use base32::Alphabet;
use chrono::TimeDelta;
use model::ids::AccountId;
use model::{AuditAction, FieldProblem};
use sha2::{Digest as _, Sha256};
use store::{Tx, recovery_codes};

use super::{has_any, tell};
use crate::audit::{self, Event};
use crate::cookies::{self, Cookie};
use crate::mail::FactorNews;
use crate::{Action, Actor, Error, Services, Token};

/// How many.
const CODES: u8 = 10;
/// 120 bits each: a plain hash of one cannot be guessed back (ASVS 6.5.2 asks for 112).
const BYTES: usize = 15;
/// How long new codes can be shown.
const SHOWN: TimeDelta = TimeDelta::minutes(10);

/// The codes that a secret makes.
fn codes(secret: &Token) -> impl Iterator<Item = [u8; BYTES]> {
    (0..CODES).map(|number| {
        let digest = Sha256::new().chain_update(secret.reveal()).chain_update([0, number]).finalize();
        let mut code = [0; BYTES];
        code.iter_mut().zip(digest).for_each(|(byte, random)| *byte = random);
        code
    })
}

/// In groups of four, of letters and digits that are not mistaken for one another.
fn words(code: [u8; BYTES]) -> String {
    let text: Vec<_> = base32::encode(Alphabet::Crockford, &code).to_lowercase().chars().collect();
    text.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

fn hash(code: &[u8]) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

/// Makes new codes in the place of those before. The answer is the cookie they are shown by.
pub(super) async fn create(services: &Services, tx: &Tx, account: AccountId) -> Result<String, Error> {
    let secret = Token::new(&*services.random);
    let hashes: Vec<_> = codes(&secret).map(|code| hash(&code)).collect();
    recovery_codes::replace(tx, account, &hashes, services.now()).await?;
    Ok(cookies::set(services, Cookie::RecoveryCodes, &secret, SHOWN))
}

/// The codes that were just made in this browser and are not used; none if they were kept,
/// replaced, or too long ago.
pub async fn shown(services: &Services, actor: &Actor, cookie: Option<&str>) -> Result<Vec<String>, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let Some(secret) = cookie.and_then(Token::from_browser) else { return Ok(Vec::new()) };
    let since = services.now() - SHOWN;
    let mut left = Vec::new();
    for code in codes(&secret) {
        if recovery_codes::is_unused(services.db.connection(), account.id, &hash(&code), since).await? {
            left.push(words(code));
        }
    }
    Ok(left)
}

/// Makes new codes. The answer is the cookie they are shown by.
pub async fn regenerate(services: &Services, actor: &Actor) -> Result<String, Error> {
    let account = actor.own(Action::ChangeCredentials)?;
    let tx = services.db.begin().await?;
    store::totp_secrets::lock_account(&tx, account.id).await?;
    if !has_any(&tx, account.id).await? {
        return Err(Error::form(FieldProblem::FactorMissing));
    }
    let cookie = create(services, &tx, account.id).await?;
    let event = Event::vendor(AuditAction::RecoveryCodesCreated).on(account.email.as_str());
    audit::record(services, &tx, actor, event).await?;
    tell(services, &tx, actor, account, FactorNews::RecoveryCodesReplaced).await?;
    store::commit(tx).await?;
    Ok(cookie)
}

/// Uses a code up, and says how many are left. Limits are the caller's.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong with the field `recovery_code`.
pub(in crate::accounts) async fn consume(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    typed: &str,
) -> Result<u64, Error> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    let code = base32::decode(Alphabet::Crockford, &typed).filter(|code| code.len() == BYTES);
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
        let all: BTreeSet<_> = codes(&secret).map(words).collect();
        assert_eq!(all.len(), 10);
        for (code, text) in codes(&secret).map(|code| (code, words(code))) {
            assert_eq!(text.len(), 29, "{text}");
            let typed = text.replace('-', "").to_uppercase();
            assert_eq!(base32::decode(Alphabet::Crockford, &typed), Some(code.to_vec()));
            let misread = text.replace('-', "").replace('0', "o").replace('1', "l");
            assert_eq!(base32::decode(Alphabet::Crockford, &misread), Some(code.to_vec()), "{misread}");
        }
    }
}
