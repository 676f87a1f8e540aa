//! Immutable data that every sign-in needs: read and parsed once, kept in this replica's memory.
//!
//! Which revision is live and which keys a team has is asked of the store each time, so no
//! replica ever has to be told of a change: only what hangs on an immutable row is kept,
//! under that row's ID. A draft's certificates change and are parsed each time.
//!
//! The teams of [`Cache::live_teams`] are a guess: a sign-in is made ready with it, and the statement that
//! writes it asks whether the team is still so.

use std::fmt;
use std::sync::{Arc, Mutex};

use model::TeamSlug;
use model::ids::{RevisionId, SpKeyId};
use quick_cache::sync::Cache as Lru;
use saml::certificate::SigningCertificate;
use saml::sp_key::SpKey;
use store::revisions::Revision;
use store::sign_in_steps::TeamAtSlug;

use crate::published_keys::CachedKeys;

/// Entries of each kind: teams that sign in at the same time. A certificate is some kilobytes.
const MAX_ENTRIES: usize = 2_000;

/// What is kept.
pub(crate) struct Cache {
    pub(crate) revisions: Lru<RevisionId, Arc<Revision>>,
    pub(crate) certificates: Lru<RevisionId, Arc<[SigningCertificate]>>,
    pub(crate) keys: Lru<SpKeyId, Arc<SpKey>>,
    /// Active teams with a live revision, as the latest sign-in here found them.
    pub(crate) live_teams: Lru<TeamSlug, Arc<TeamAtSlug>>,
    /// The keys that tokens are signed with, as they were read lately.
    pub(crate) signing_keys: Mutex<CachedKeys>,
    /// Held while the first signing keys are created.
    pub(crate) making_signing_keys: tokio::sync::Mutex<()>,
}

impl Cache {
    pub(crate) fn new() -> Self {
        Self {
            revisions: Lru::new(MAX_ENTRIES),
            certificates: Lru::new(MAX_ENTRIES),
            keys: Lru::new(MAX_ENTRIES),
            live_teams: Lru::new(MAX_ENTRIES),
            signing_keys: Mutex::default(),
            making_signing_keys: tokio::sync::Mutex::default(),
        }
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}
