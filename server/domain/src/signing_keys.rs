//! The keys that tokens are signed with. Each is published before it signs and for as long as anything that
//! it signed may be taken. Which one signs follows from the times in its row, so that all replicas agree.

use std::sync::Arc;

use chrono::TimeDelta;
use model::{AuditAction, SigningAlgorithm, Timestamp};
use oidc::jose::{JwkSet, SigningKey};
use serde::Serialize;
use store::sealed_values::SealedColumn;
use store::signing_keys::{self, StoredSigningKey};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::audit::{self, NewAuditEvent};
use crate::published_keys::{CachedKeys, PublishedKey};
use crate::sealed::AssociatedData;
use crate::{Actor, Error, InternalError, Services};

/// How long a key signs before the next one does.
const ROTATION: TimeDelta = TimeDelta::days(90);
/// How long a key is published before it signs: clients and proxies may keep the list for a day.
const PUBLISHED_BEFORE: TimeDelta = TimeDelta::hours(48);
/// How long a key is published after the next one signs. No token is to be taken for longer than a day;
/// the rest is for hints at a sign-out (`id_token_hint`), which may be older.
const PUBLISHED_AFTER: TimeDelta = TimeDelta::days(30);
/// For how long a replica trusts what it read of the list.
const CACHED: TimeDelta = TimeDelta::seconds(60);

/// The key that signs now. The first of an algorithm signs whatever its time: there is no other, and clocks
/// of replicas differ.
pub(crate) async fn active(services: &Services, algorithm: SigningAlgorithm) -> Result<Arc<PublishedKey>, Error> {
    let (keys, now) = (published(services).await?, services.now());
    let may_sign =
        |key: &Arc<PublishedKey>| key.algorithm == algorithm && (key.active_from <= now || key.generation == 1);
    let newest = keys.into_iter().filter(may_sign).max_by_key(|key| (key.active_from <= now, key.generation));
    newest.ok_or(Error::Internal(InternalError::NoSigningKey))
}

/// Signs claims into a JWT, on a blocking thread.
pub(crate) async fn sign(
    services: &Services,
    key: Arc<PublishedKey>,
    typ: &'static str,
    claims: &impl Serialize,
) -> Result<String, Error> {
    let claims = serde_json::to_value(claims)?;
    Ok(services.spawn_blocking_limited(move || key.key.sign(typ, &claims)).await??)
}

/// The public keys (RFC 7517 §5): those that sign, those that will, and those that did lately.
///
/// # Errors
/// If the store fails, or a key cannot be opened.
pub async fn jwk_set(services: &Services) -> Result<JwkSet, Error> {
    let keys = published(services).await?;
    Ok(JwkSet { keys: keys.iter().map(|key| key.jwk.clone()).collect() })
}

async fn published(services: &Services) -> Result<Vec<Arc<PublishedKey>>, Error> {
    let now = services.now();
    if let Some(keys) = fresh(services, now) {
        return Ok(keys);
    }
    let mut rows = signing_keys::list(services.db.connection()).await?;
    if is_one_missing(&rows) {
        // making keys takes a moment: of the requests that find them missing, one makes them
        let _making = services.cache.making_signing_keys.lock().await;
        rows = signing_keys::list(services.db.connection()).await?;
        if is_one_missing(&rows) {
            create_missing(services, &rows).await?;
            rows = signing_keys::list(services.db.connection()).await?;
        }
    }
    let known = services.cache.signing_keys.lock().map(|cached| cached.keys.clone()).unwrap_or_default();
    let mut keys = Vec::new();
    for row in rows.iter().filter(|row| is_published(row, &rows, now)) {
        match known.iter().find(|key| key.kid == row.kid) {
            Some(key) => keys.push(Arc::clone(key)),
            None => keys.push(Arc::new(open(services, row)?)),
        }
    }
    if let Ok(mut cached) = services.cache.signing_keys.lock() {
        *cached = CachedKeys { read_at: Some(now), keys: keys.clone() };
    }
    Ok(keys)
}

/// Whether there is an algorithm without a key.
fn is_one_missing(rows: &[StoredSigningKey]) -> bool {
    SigningAlgorithm::ALL.iter().any(|algorithm| rows.iter().all(|row| row.algorithm != *algorithm))
}

fn fresh(services: &Services, now: Timestamp) -> Option<Vec<Arc<PublishedKey>>> {
    let cached = services.cache.signing_keys.lock().ok()?;
    let age = now - cached.read_at?;
    (TimeDelta::zero() <= age && age < CACHED).then(|| cached.keys.clone())
}

/// A key is published until its successor has signed for long enough.
fn is_published(key: &StoredSigningKey, all: &[StoredSigningKey], now: Timestamp) -> bool {
    let successor = all.iter().find(|next| next.algorithm == key.algorithm && next.generation == key.generation + 1);
    successor.is_none_or(|next| now < next.active_from + PUBLISHED_AFTER)
}

fn associated_data(id: Uuid) -> AssociatedData {
    AssociatedData::of(SealedColumn::SigningKey, id, Uuid::nil())
}

fn open(services: &Services, row: &StoredSigningKey) -> Result<PublishedKey, Error> {
    let private_key = services.key_ring.open(&row.private_key, &associated_data(row.id))?;
    let key = SigningKey::from_pkcs8(row.algorithm, &private_key)?;
    Ok(PublishedKey {
        kid: row.kid.clone(),
        algorithm: row.algorithm,
        jwk: key.jwk().clone(),
        active_from: row.active_from,
        generation: row.generation,
        key,
    })
}

/// The first key of each algorithm signs at once: nobody has read a list without it.
async fn create_missing(services: &Services, rows: &[StoredSigningKey]) -> Result<(), Error> {
    for algorithm in SigningAlgorithm::ALL {
        if rows.iter().all(|row| row.algorithm != *algorithm) {
            create(services, &Actor::portal(), *algorithm, 1, services.now()).await?;
        }
    }
    Ok(())
}

/// Creates the key of a generation, unless another replica has.
async fn create(
    services: &Services,
    actor: &Actor,
    algorithm: SigningAlgorithm,
    generation: i32,
    active_from: Timestamp,
) -> Result<Option<String>, Error> {
    let key = spawn_blocking(move || SigningKey::generate(algorithm)).await??;
    let (id, kid) = (services.uuid(), key.kid().to_owned());
    let private_key = services.key_ring.seal(&*services.random, &key.private_key_pkcs8()?, &associated_data(id))?;
    let row = StoredSigningKey {
        id,
        kid: kid.clone(),
        algorithm,
        generation,
        public_key: serde_json::to_value(key.jwk())?,
        private_key,
        created_at: services.now(),
        active_from,
    };
    let tx = services.db.begin().await?;
    match signing_keys::insert(&tx, row).await {
        Err(store::Error::Exists) => return Ok(None),
        inserted => inserted?,
    }
    let event = NewAuditEvent::vendor(AuditAction::SigningKeyCreated).target(kid.clone());
    audit::record(services, &tx, actor, event.detail(algorithm.as_str().to_owned())).await?;
    store::commit(tx).await?;
    forget_cached(services);
    Ok(Some(kid))
}

fn forget_cached(services: &Services) {
    if let Ok(mut cached) = services.cache.signing_keys.lock() {
        cached.read_at = None;
    }
}

/// Creates each algorithm's next key when its time has come: at the worker's pace, on any replica. Says how
/// many were created.
///
/// # Errors
/// If the store fails.
#[tracing::instrument(name = "signing_keys.rotate_due", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn rotate_due(services: &Services) -> Result<usize, Error> {
    let (now, mut created) = (services.now(), 0);
    let rows = signing_keys::list(services.db.connection()).await?;
    for newest in newest_of_each(&rows) {
        if newest.active_from + ROTATION - PUBLISHED_BEFORE <= now {
            let (next, from) = (newest.generation + 1, now + PUBLISHED_BEFORE);
            created += usize::from(create(services, &Actor::portal(), newest.algorithm, next, from).await?.is_some());
        }
    }
    Ok(created)
}

fn newest_of_each(rows: &[StoredSigningKey]) -> impl Iterator<Item = &StoredSigningKey> {
    rows.iter()
        .filter(|row| rows.iter().all(|other| other.algorithm != row.algorithm || other.generation <= row.generation))
}

/// A key, as the command line lists it.
#[derive(Clone, Debug)]
pub struct SigningKeyInfo {
    /// Its name in tokens.
    pub kid: String,
    /// What it signs with.
    pub algorithm: SigningAlgorithm,
    /// From when it signs.
    pub active_from: Timestamp,
    /// Whether clients still find it.
    pub is_published: bool,
}

/// All keys, the newest of each algorithm first.
///
/// # Errors
/// If the store fails.
pub async fn list(services: &Services) -> Result<Vec<SigningKeyInfo>, Error> {
    published(services).await?;
    let (rows, now) = (signing_keys::list(services.db.connection()).await?, services.now());
    let info = |row: &StoredSigningKey| SigningKeyInfo {
        kid: row.kid.clone(),
        algorithm: row.algorithm,
        active_from: row.active_from,
        is_published: is_published(row, &rows, now),
    };
    Ok(rows.iter().map(info).collect())
}

/// Creates the next key of an algorithm by hand: it signs after it was published for long enough, or at
/// once where the one before must not sign any more.
///
/// # Errors
/// If the store fails.
#[tracing::instrument(name = "signing_keys.rotate", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn rotate(
    services: &Services,
    actor: &Actor,
    algorithm: SigningAlgorithm,
    is_immediate: bool,
) -> Result<Option<String>, Error> {
    published(services).await?;
    let rows = signing_keys::list(services.db.connection()).await?;
    let generation = newest_of_each(&rows).find(|row| row.algorithm == algorithm).map_or(1, |row| row.generation + 1);
    let from = if is_immediate { services.now() } else { services.now() + PUBLISHED_BEFORE };
    create(services, actor, algorithm, generation, from).await
}

/// Deletes a key: whatever it signed is refused from then on, on all replicas within a minute.
///
/// # Errors
/// [`Error::NotFound`] if there is no key with this name.
#[tracing::instrument(name = "signing_keys.delete", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn delete(services: &Services, actor: &Actor, kid: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    if !signing_keys::delete(&tx, kid).await? {
        return Err(Error::NotFound);
    }
    audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::SigningKeyDeleted).target(kid)).await?;
    store::commit(tx).await?;
    forget_cached(services);
    Ok(())
}
