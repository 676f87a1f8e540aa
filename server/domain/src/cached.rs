//! Revisions, certificates and keys of teams, from the [cache](crate::cache::Cache) where it has them.

use std::sync::Arc;

use model::ids::{RevisionId, TeamId};
use model::{RevisionState, SignInOptions, SpKeyState};
use saml::certificate::SigningCertificate;
use saml::sp_key::SpKey;
use store::ConnectionTrait;
use store::revisions::{self, Revision};
use store::sp_keys::{self, SpKeyPair};

use crate::revisions::signing_certificates;
use crate::sp_keys::open_key;
use crate::{Error, InternalError, Services};

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
