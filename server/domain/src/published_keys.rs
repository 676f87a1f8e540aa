//! The keys that tokens are signed with, as a replica has read and opened them.

use std::sync::Arc;

use model::{SigningAlgorithm, Timestamp};
use oidc::jose::{Jwk, SigningKey};

/// The list of keys, as a replica read it, with those that it has opened.
#[derive(Debug, Default)]
pub(crate) struct CachedKeys {
    pub(crate) read_at: Option<Timestamp>,
    pub(crate) keys: Vec<Arc<PublishedKey>>,
}

/// A key that is published.
#[derive(Debug)]
pub(crate) struct PublishedKey {
    pub(crate) kid: String,
    pub(crate) algorithm: SigningAlgorithm,
    pub(crate) jwk: Jwk,
    pub(crate) active_from: Timestamp,
    pub(crate) generation: i32,
    pub(crate) key: SigningKey,
}
