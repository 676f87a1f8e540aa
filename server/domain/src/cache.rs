//! What every sign-in needs and nobody changes: read and parsed once, kept in this replica's memory.
//!
//! Which revision is live and which keys a team has is asked of the store each time, so no
//! replica ever has to be told of a change: only what hangs on an immutable row is kept,
//! under that row's ID. A draft's certificates change and are parsed each time.

use std::fmt;
use std::sync::{Arc, Mutex};

use model::ids::{RevisionId, SpKeyId, TeamId};
use model::{RevisionState, SignInOptions, SpKeyState};
use quick_cache::sync::Cache as Lru;
use saml::certificate::SigningCertificate;
use saml::sp_key::SpKey;
use store::ConnectionTrait;
use store::revisions::{self, Revision};
use store::sp_keys::{self, SpKeyPair};

use crate::connections::signing_certificates;
use crate::signing_keys::CachedKeys;
use crate::sp_keys::open_key;
use crate::{Error, InternalError, Services};

/// Entries of each kind: teams that sign in at the same time. A certificate is some kilobytes.
const MAX_ENTRIES: usize = 2_000;

/// What is kept.
pub(crate) struct Cache {
    revisions: Lru<RevisionId, Arc<Revision>>,
    certificates: Lru<RevisionId, Arc<[SigningCertificate]>>,
    keys: Lru<SpKeyId, Arc<SpKey>>,
    /// The keys that tokens are signed with, as they were read lately.
    pub(crate) signing_keys: Mutex<CachedKeys>,
    /// Held by whoever makes the first of them.
    pub(crate) making_signing_keys: tokio::sync::Mutex<()>,
}

impl Cache {
    pub(crate) fn new() -> Self {
        Self {
            revisions: Lru::new(MAX_ENTRIES),
            certificates: Lru::new(MAX_ENTRIES),
            keys: Lru::new(MAX_ENTRIES),
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

/// A revision of a team. One that is no draft is never written to again but for its state: whether it is
/// live is asked of the store, not of this.
pub(crate) async fn revision(
    services: &Services,
    team: TeamId,
    id: RevisionId,
) -> Result<Option<Arc<Revision>>, Error> {
    if let Some(known) = services.cache.revisions.get(&id) {
        return Ok(Some(known).filter(|known| known.team_id == team));
    }
    let Some(revision) = revisions::by_id(services.db.connection(), team, id).await? else { return Ok(None) };
    let revision = Arc::new(revision);
    if revision.state != RevisionState::Draft {
        services.cache.revisions.insert(id, Arc::clone(&revision));
    }
    Ok(Some(revision))
}

/// A revision's certificates, parsed.
pub(crate) async fn certificates(
    services: &Services,
    db: &impl ConnectionTrait,
    revision: &Revision,
) -> Result<Arc<[SigningCertificate]>, Error> {
    if revision.state == RevisionState::Draft {
        return Ok(signing_certificates(services, db, revision).await?.into());
    }
    let parse = async { Ok::<_, Error>(Arc::from(signing_certificates(services, db, revision).await?)) };
    services.cache.certificates.get_or_insert_async(&revision.id, parse).await
}

/// The keys that a team decrypts with: all of them, the current one first.
pub(crate) async fn keys(services: &Services, team: TeamId) -> Result<Vec<SpKey>, Error> {
    let mut rows = sp_keys::list(services.db.connection(), team).await?;
    rows.sort_by_key(|row| row.state != SpKeyState::Current);
    rows.iter().map(|row| Ok(SpKey::clone(&*key(services, row)?))).collect()
}

/// The team's current key, if its options say that it signs what it sends.
pub(crate) async fn signer(
    services: &Services,
    team: TeamId,
    options: &SignInOptions,
) -> Result<Option<Arc<SpKey>>, Error> {
    if !options.sign_requests {
        return Ok(None);
    }
    // options that ask for a signature are saved only where there is a key, and it stays
    let row = sp_keys::in_state(services.db.connection(), team, SpKeyState::Current).await?;
    let row = row.ok_or(Error::Internal(InternalError::NoKey))?;
    Ok(Some(key(services, &row)?))
}

/// A team's key, opened and parsed. The caller has just read its row, so that a deleted key
/// is not used any more.
fn key(services: &Services, row: &SpKeyPair) -> Result<Arc<SpKey>, Error> {
    services.cache.keys.get_or_insert_with(&row.id, || Ok(Arc::new(open_key(services, row)?)))
}
