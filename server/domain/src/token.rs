//! Secrets that are handed out once and kept only as hashes.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::clock::Random;

/// A random secret of 256 bits, in URL-safe text. Debug output does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new secret.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A secret that a browser brought back, if it has the form of one of ours.
    #[must_use]
    pub fn from_browser(text: &str) -> Option<Self> {
        let ours = URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
        ours.then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the cookie or link that carries it, and nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        hash(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// SHA-256 of a presented secret. With 256 random bits in it, a plain hash cannot be
/// guessed back, and looking it up in an index leaks nothing that helps to.
#[must_use]
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The ID of a session on pages, by the hash of its token: nothing can be looked up by it.
#[must_use]
pub(crate) fn public_session_id(token_hash: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token_hash))
}
