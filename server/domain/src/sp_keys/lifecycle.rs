//! The life of a key: created, made current, retired, deleted.

use chrono::TimeDelta;
use model::AuditAction;
use model::ids::{SpKeyId, TeamId};
use model::{FieldProblem, SpKeyState, Timestamp};
use saml::sp_key::SpKey;
use store::sp_keys::{self, SpKeyPair};
use store::teams::Team;
use store::{ConnectionTrait, Tx};
use tokio::task::spawn_blocking;

use super::associated_data;
use crate::audit::NewAuditEvent;
use crate::decision_digest::{DecisionSubject, ExpectedDigest, require_unchanged};
use crate::{Action, Actor, Error, Services, audit, vendor_roles};

/// How long a certificate is valid: three years, as Entra's own.
const VALIDITY: TimeDelta = TimeDelta::days(3 * 365);
/// From when, before it is made: for identity providers whose clocks are behind.
const HEAD_START: TimeDelta = TimeDelta::hours(1);

/// Creates a key: the team's first becomes the current one, the second the next one.
#[tracing::instrument(name = "create_sp_key", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn create(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Configure).await?;
    // nobody makes us look for a key that there is no place for
    free_state(db, team.team_id()).await?;
    // a key pair takes a moment to find: not while the store's write lock is held
    let (key, made_at) = generate(services, &team).await?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Configure).await?;
    let state = free_state(&tx, team.team_id()).await?;
    insert(services, &tx, actor, &team, &key, state, made_at).await?;
    Ok(store::commit(tx).await?)
}

/// The team's first key, in somebody's transaction: `false` if it has a current one.
pub(crate) async fn create_first(services: &Services, tx: &Tx, actor: &Actor, team: &Team) -> Result<bool, Error> {
    if sp_keys::in_state(tx, team.team_id(), SpKeyState::Current).await?.is_some() {
        return Ok(false);
    }
    let (key, now) = generate(services, team).await?;
    insert(services, tx, actor, team, &key, SpKeyState::Current, now).await?;
    Ok(true)
}

/// What a new key would be.
async fn free_state(db: &impl ConnectionTrait, team: TeamId) -> Result<SpKeyState, Error> {
    for state in [SpKeyState::Current, SpKeyState::Next] {
        if sp_keys::in_state(db, team, state).await?.is_none() {
            return Ok(state);
        }
    }
    Err(Error::form(FieldProblem::KeyExists))
}

async fn generate(services: &Services, team: &Team) -> Result<(SpKey, Timestamp), Error> {
    let now = services.now();
    let name = team.slug.clone();
    let serial = services.random_bytes();
    let key =
        spawn_blocking(move || SpKey::generate(name.as_str(), serial, now - HEAD_START, now + VALIDITY)).await??;
    Ok((key, now))
}

async fn insert(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    key: &SpKey,
    state: SpKeyState,
    now: Timestamp,
) -> Result<(), Error> {
    let mut row = SpKeyPair {
        id: services.uuid().into(),
        team_id: team.id,
        state,
        certificate: key.certificate_der().to_vec(),
        thumbprint_sha1: key.thumbprint_sha1(),
        thumbprint_sha256: key.thumbprint_sha256(),
        not_before: key.not_before(),
        not_after: key.not_after(),
        private_key: Vec::new(),
        created_at: now,
    };
    row.private_key = services.key_ring.seal(&*services.random, &key.private_key_der()?, &associated_data(&row))?;
    let detail = Some(format!("{} {}", state.as_str(), row.thumbprint_sha1));
    sp_keys::insert(tx, row).await.map_err(already_exists)?;
    audit::record(services, tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::KeyCreated).detail(detail))
        .await
}

/// Somebody else was quicker.
fn already_exists(error: store::Error) -> Error {
    match error {
        store::Error::Exists => Error::form(FieldProblem::KeyExists),
        error => error.into(),
    }
}

/// The team whose keys may be replaced and are as they were shown, locked until the transaction ends.
async fn lock_keys(tx: &Tx, actor: &Actor, slug: &str, expected: ExpectedDigest<'_>) -> Result<Team, Error> {
    let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::ReplaceKeys).await?;
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    require_unchanged(tx, team.team_id(), DecisionSubject::Keys, expected).await?;
    Ok(team)
}

/// Makes the next key the current one; the one before is retired, and still decrypts.
#[tracing::instrument(name = "promote_sp_key", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn promote(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let team = lock_keys(&tx, actor, slug, expected).await?;
    let next = sp_keys::in_state(&tx, team.team_id(), SpKeyState::Next).await?.ok_or(Error::NotFound)?;
    if !sp_keys::promote_next(&tx, team.team_id()).await? {
        return Err(Error::NotFound);
    }
    let detail = Some(next.thumbprint_sha1);
    audit::record(
        services,
        &tx,
        actor,
        NewAuditEvent::team(team.team_id(), AuditAction::KeyMadeCurrent).detail(detail),
    )
    .await?;
    Ok(store::commit(tx).await?)
}

/// Deletes a retired key: what was encrypted to it cannot be read from then on.
#[tracing::instrument(name = "delete_sp_key", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn delete(
    services: &Services,
    actor: &Actor,
    slug: &str,
    key: &str,
    expected: ExpectedDigest<'_>,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let team = lock_keys(&tx, actor, slug, expected).await?;
    let id: SpKeyId = key.parse().map_err(|_| Error::NotFound)?;
    let row = sp_keys::by_id(&tx, team.team_id(), id).await?.ok_or(Error::NotFound)?;
    if !sp_keys::delete(&tx, team.team_id(), id, SpKeyState::Retired).await? {
        return Err(Error::NotFound);
    }
    let detail = Some(row.thumbprint_sha1);
    audit::record(services, &tx, actor, NewAuditEvent::team(team.team_id(), AuditAction::KeyDeleted).detail(detail))
        .await?;
    Ok(store::commit(tx).await?)
}
