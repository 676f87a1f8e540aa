//! Secrets at rest: sealed with XChaCha20-Poly1305 under a key of the configuration, and
//! bound to the row that holds them, so that a value copied to another row does not open.
//!
//! Nonces are 192 random bits: with that many, none repeats by chance, so a key may seal as
//! often as it likes.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use store::sealed_values::SealedColumn;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::clock::Random;

/// The first byte of everything sealed; another way of sealing gets another one.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const KEY: usize = 32;
/// In characters. Its length is written as one byte.
const MAX_KEY_ID: usize = 32;

/// A key with its name, as the configuration writes it: `id:base64 of 32 bytes`.
#[derive(Clone)]
pub struct SecretKey {
    id: String,
    cipher: XChaCha20Poly1305,
}

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is written id:base64, with an id of at most 32 letters, digits, dots and hyphens, and 32 random bytes")]
pub struct InvalidSecretKey;

impl SecretKey {
    /// A new random key in the form that [`FromStr`] reads.
    pub fn generate(id: &str, random: &dyn Random) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; KEY]);
        random.fill(&mut *bytes);
        Zeroizing::new(format!("{id}:{}", STANDARD.encode(*bytes)))
    }

    /// The key's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl FromStr for SecretKey {
    type Err = InvalidSecretKey;

    fn from_str(text: &str) -> Result<Self, InvalidSecretKey> {
        let (id, base64) = text.trim().split_once(':').ok_or(InvalidSecretKey)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !(1..=MAX_KEY_ID).contains(&id.len()) || !id.chars().all(plain) {
            return Err(InvalidSecretKey);
        }
        let bytes = Zeroizing::new(STANDARD.decode(base64).map_err(|_| InvalidSecretKey)?);
        let cipher = XChaCha20Poly1305::new_from_slice(&bytes).map_err(|_| InvalidSecretKey)?;
        Ok(Self { id: id.to_owned(), cipher })
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SecretKey").field(&self.id).finish_non_exhaustive()
    }
}

/// The keys of an installation: the first seals, all of them open.
#[derive(Clone, Debug)]
pub struct KeyRing {
    current: SecretKey,
    older: Arc<[SecretKey]>,
}

/// Why a list of keys makes no key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// There is none.
    #[error("at least one key is needed")]
    Empty,
    /// Two keys have one name, so what names it could not be opened for certain.
    #[error("two keys have the same id")]
    SameId,
}

/// Why a sealed value does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsealError {
    /// Not something that was sealed here.
    #[error("the value was not sealed by this program")]
    Malformed,
    /// The key is not in the configuration.
    #[error("secret_keys lacks the key {0:?}")]
    UnknownKey(String),
    /// Changed, moved from another row, or sealed with another key of the same name.
    #[error("the value was changed or belongs to another row")]
    Forged,
    /// What is to be sealed is longer than the cipher takes.
    #[error("the value cannot be sealed")]
    Unsealable,
}

/// What a sealed value is bound to: it opens together with this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssociatedData {
    /// Table and column.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
    /// Whose it is: a team's, or an account's.
    pub owner: Uuid,
}

impl AssociatedData {
    /// Of a value of a column.
    pub(crate) const fn of(column: SealedColumn, row: Uuid, owner: Uuid) -> Self {
        Self { column: column.name(), row, owner }
    }

    /// Unambiguous: the name ends at the zero byte, and what follows has a fixed length.
    fn to_bytes(self) -> Vec<u8> {
        let mut data = self.column.as_bytes().to_vec();
        data.push(0);
        data.extend_from_slice(self.row.as_bytes());
        data.extend_from_slice(self.owner.as_bytes());
        data
    }
}

impl KeyRing {
    /// A key ring whose first key seals.
    pub fn new(keys: Vec<SecretKey>) -> Result<Self, KeyRingError> {
        let mut keys = keys.into_iter();
        let current = keys.next().ok_or(KeyRingError::Empty)?;
        let older: Vec<_> = keys.collect();
        let mut ids: Vec<_> = older.iter().map(SecretKey::id).chain([current.id()]).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            return Err(KeyRingError::SameId);
        }
        Ok(Self { current, older: older.into() })
    }

    /// The name of the key that seals.
    #[must_use]
    pub fn current_id(&self) -> &str {
        self.current.id()
    }

    /// Seals a secret together with what it is bound to: version, key id with its length, nonce,
    /// ciphertext.
    pub fn seal(
        &self,
        random: &dyn Random,
        secret: &[u8],
        associated: &AssociatedData,
    ) -> Result<Vec<u8>, UnsealError> {
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let payload = Payload { msg: secret, aad: &associated.to_bytes() };
        let ciphertext =
            self.current.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| UnsealError::Unsealable)?;
        let mut sealed = self.current_header();
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens what was sealed together with this.
    pub fn open(&self, sealed: &[u8], associated: &AssociatedData) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
        let (id, nonce, ciphertext) = parts(sealed).ok_or(UnsealError::Malformed)?;
        let key = self.key(id).ok_or_else(|| UnsealError::UnknownKey(id.to_owned()))?;
        let payload = Payload { msg: ciphertext, aad: &associated.to_bytes() };
        let secret = key.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| UnsealError::Forged)?;
        Ok(Zeroizing::new(secret))
    }

    /// What a value begins with that was sealed with the key that seals now: version, key id with its length.
    #[must_use]
    pub fn current_header(&self) -> Vec<u8> {
        let id = self.current.id.as_bytes();
        // an id has at most 32 characters
        let length = u8::try_from(id.len()).unwrap_or(u8::MAX);
        [&[VERSION, length], id].concat()
    }

    /// Whether a value was sealed with the key that seals now.
    #[must_use]
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.starts_with(&self.current_header())
    }

    /// Whether there are keys besides the one that seals.
    #[must_use]
    pub fn has_older_keys(&self) -> bool {
        !self.older.is_empty()
    }

    fn key(&self, id: &str) -> Option<&SecretKey> {
        std::iter::once(&self.current).chain(self.older.iter()).find(|key| key.id == id)
    }
}

fn parts(sealed: &[u8]) -> Option<(&str, [u8; NONCE], &[u8])> {
    let [VERSION, length, rest @ ..] = sealed else { return None };
    let (id, rest) = rest.split_at_checked(usize::from(*length))?;
    let (nonce, ciphertext) = rest.split_first_chunk()?;
    Some((std::str::from_utf8(id).ok()?, *nonce, ciphertext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::OsRandom;

    fn key_ring(ids: &[&str]) -> (Vec<String>, KeyRing) {
        let texts: Vec<_> = ids.iter().map(|id| SecretKey::generate(id, &OsRandom).to_string()).collect();
        let ring = of(&texts);
        (texts, ring)
    }

    fn of(texts: &[String]) -> KeyRing {
        KeyRing::new(texts.iter().map(|text| text.parse().unwrap()).collect()).unwrap()
    }

    fn bound_to(column: &'static str, row: u128, owner: u128) -> AssociatedData {
        AssociatedData { column, row: Uuid::from_u128(row), owner: Uuid::from_u128(owner) }
    }

    #[test]
    fn a_sealed_value_opens_with_its_associated_data_only() {
        let (_, ring) = key_ring(&["a"]);
        let here = bound_to("sp_keys.private_key", 1, 2);
        let sealed = ring.seal(&OsRandom, b"a private key", &here).unwrap();
        assert!(!sealed.windows(7).any(|window| window == b"private"));
        assert_eq!(*ring.open(&sealed, &here).unwrap(), b"a private key");
        for elsewhere in [
            bound_to("sp_keys.private_key", 9, 2),
            bound_to("sp_keys.private_key", 1, 9),
            bound_to("sp_keys.other", 1, 2),
        ] {
            assert_eq!(ring.open(&sealed, &elsewhere).unwrap_err(), UnsealError::Forged);
        }
        assert_ne!(sealed, ring.seal(&OsRandom, b"a private key", &here).unwrap(), "a nonce serves once");
    }

    #[test]
    fn no_byte_of_it_can_be_changed() {
        let (_, ring) = key_ring(&["a"]);
        let here = bound_to("t.c", 1, 2);
        let sealed = ring.seal(&OsRandom, b"secret", &here).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ring.open(&changed, &here).is_err(), "byte {at}");
            assert!(ring.open(&sealed[..at], &here).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn after_a_rotation_the_old_key_opens_and_the_new_one_seals() {
        let (old, old_ring) = key_ring(&["2026"]);
        let here = bound_to("t.c", 1, 2);
        let sealed = old_ring.seal(&OsRandom, b"secret", &here).unwrap();
        let (new, alone) = key_ring(&["2027"]);
        let both = of(&[new, old].concat());
        assert_eq!(*both.open(&sealed, &here).unwrap(), b"secret");
        assert!(!both.is_current(&sealed) && both.is_current(&both.seal(&OsRandom, b"x", &here).unwrap()));
        assert_eq!(alone.open(&sealed, &here).unwrap_err(), UnsealError::UnknownKey("2026".into()));
    }

    #[test]
    fn what_is_no_key_is_refused_and_none_is_shown() {
        for text in ["", "a", "a:", ":AAAA", "a:AAAA", "ä:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            assert_eq!(text.parse::<SecretKey>().unwrap_err(), InvalidSecretKey, "{text}");
        }
        let key = SecretKey::generate("a", &OsRandom);
        let parsed: SecretKey = key.parse().unwrap();
        assert_eq!(format!("{parsed:?}"), "SecretKey(\"a\", ..)");
        assert_eq!(KeyRing::new(vec![parsed.clone(), parsed]).unwrap_err(), KeyRingError::SameId);
        assert_eq!(KeyRing::new(Vec::new()).unwrap_err(), KeyRingError::Empty);
    }
}
