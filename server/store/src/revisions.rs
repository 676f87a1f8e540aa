//! Connection revisions and their certificates.

use model::ids::{CertificateId, RevisionId, TeamId};
use model::{ClaimMapping, IdpSettings, RevisionState, SignInOptions};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::entities::{certificates, revisions};
pub use crate::revision::Revision;
use crate::row::{FromColumn as _, all, one, row};
use crate::{Result, Timestamp, team_index};

row! {
    /// A signing certificate of a revision.
    Certificate in certificates {
        /// Its identifier.
        id: CertificateId,
        /// The team.
        team_id: TeamId,
        /// The revision.
        revision_id: RevisionId,
        /// The certificate, in DER.
        der: Vec<u8>,
        /// Whom it names.
        subject: String,
        /// SHA-1 of it, in upper-case hexadecimal.
        thumbprint_sha1: String,
        /// SHA-256 of it, in upper-case hexadecimal.
        thumbprint_sha256: String,
        /// Its key's kind and size, in words.
        public_key: String,
        /// From when it is valid.
        not_before: Timestamp,
        /// Until when it is valid.
        not_after: Timestamp,
        /// When it was added.
        created_at: Timestamp,
    }
}

/// A new draft's values.
#[derive(Clone, Debug)]
pub struct NewRevision {
    /// Its identifier.
    pub id: RevisionId,
    /// Its team.
    pub team: TeamId,
    /// The identity provider's addresses.
    pub idp: Option<IdpSettings>,
    /// Where the identity provider publishes its metadata.
    pub metadata_url: Option<String>,
    /// The claim mapping.
    pub claims: ClaimMapping,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
}

/// Adds a draft with the team's next number.
///
/// # Errors
/// [`crate::Error::Exists`] if the team has a draft.
pub async fn insert_draft(db: &impl ConnectionTrait, new: NewRevision, now: Timestamp) -> Result<Revision> {
    let last = revisions::Entity::find()
        .filter(revisions::Column::TeamId.eq(new.team.as_uuid()))
        .order_by_desc(revisions::Column::Number)
        .one(db)
        .await?;
    let revision = Revision {
        id: new.id,
        team_id: new.team,
        number: last.map_or(1, |last| last.number.saturating_add(1)),
        state: RevisionState::Draft,
        idp: new.idp,
        metadata_url: new.metadata_url,
        claims: new.claims,
        options: new.options,
        created_at: now,
        updated_at: now,
        live_at: None,
    };
    let row: revisions::ActiveModel = revision.clone().into();
    revisions::Entity::insert(row).exec_without_returning(db).await?;
    team_index::refresh(db, new.team).await?;
    Ok(revision)
}

/// The team's draft or live revision.
pub async fn in_state(db: &impl ConnectionTrait, team: TeamId, state: RevisionState) -> Result<Option<Revision>> {
    let revision = revisions::Entity::find()
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(state.as_str()));
    one(db, revision).await
}

/// A revision of a team.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, id: RevisionId) -> Result<Option<Revision>> {
    one(db, revisions::Entity::find_by_id(id.as_uuid()).filter(revisions::Column::TeamId.eq(team.as_uuid()))).await
}

/// Saves the identity provider's addresses of a draft. `false`: it is no draft any more.
pub async fn set_idp(
    db: &impl ConnectionTrait,
    team: TeamId,
    draft: RevisionId,
    idp: &IdpSettings,
    now: Timestamp,
) -> Result<bool> {
    let row = revisions::ActiveModel {
        idp_entity_id: Set(Some(idp.entity_id.clone())),
        sso_url: Set(Some(idp.sso_url.clone())),
        slo_url: Set(idp.slo_url.clone()),
        sso_binding: Set(Some(idp.sso_binding.into())),
        ..Default::default()
    };
    update_draft(db, team, draft, row, now).await
}

/// Saves where the identity provider of a draft publishes its metadata. `false`: it is no
/// draft any more.
pub async fn set_metadata_url(
    db: &impl ConnectionTrait,
    team: TeamId,
    draft: RevisionId,
    metadata_url: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let row = revisions::ActiveModel { metadata_url: Set(metadata_url.map(str::to_owned)), ..Default::default() };
    update_draft(db, team, draft, row, now).await
}

/// Saves the claim mapping of a draft. `false`: it is no draft any more.
pub async fn set_claims(
    db: &impl ConnectionTrait,
    team: TeamId,
    draft: RevisionId,
    claims: &ClaimMapping,
    now: Timestamp,
) -> Result<bool> {
    let row = revisions::ActiveModel { claims: Set(claims.clone().into_column()), ..Default::default() };
    update_draft(db, team, draft, row, now).await
}

/// Saves how a draft asks for sign-ins. `false`: it is no draft any more.
pub async fn set_options(
    db: &impl ConnectionTrait,
    team: TeamId,
    draft: RevisionId,
    options: &SignInOptions,
    now: Timestamp,
) -> Result<bool> {
    let row = revisions::ActiveModel { options: Set(options.clone().into_column()), ..Default::default() };
    update_draft(db, team, draft, row, now).await
}

/// Notes that a draft's certificates changed. `false`: it is no draft any more.
pub async fn touch(db: &impl ConnectionTrait, team: TeamId, draft: RevisionId, now: Timestamp) -> Result<bool> {
    update_draft(db, team, draft, revisions::ActiveModel::default(), now).await
}

/// The only way to write to a revision: while it is a draft.
async fn update_draft(
    db: &impl ConnectionTrait,
    team: TeamId,
    draft: RevisionId,
    mut row: revisions::ActiveModel,
    now: Timestamp,
) -> Result<bool> {
    row.updated_at = Set(now);
    let updated = revisions::Entity::update_many()
        .set(row)
        .filter(revisions::Column::Id.eq(draft.as_uuid()))
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(RevisionState::Draft.as_str()))
        .exec(db)
        .await?;
    team_index::refresh(db, team).await?;
    Ok(updated.rows_affected == 1)
}

/// Retires the live revision, if there is one, and makes the draft live. `false`: there is
/// no draft, and the caller must roll back.
pub async fn make_draft_live(db: &impl ConnectionTrait, team: TeamId, now: Timestamp) -> Result<bool> {
    retire_live(db, team).await?;
    let live = revisions::ActiveModel {
        state: Set(RevisionState::Live.into()),
        live_at: Set(Some(now)),
        ..Default::default()
    };
    let changed = change_state(db, team, RevisionState::Draft, live).await?;
    team_index::refresh(db, team).await?;
    Ok(changed == 1)
}

/// The revision that served before the live one.
pub async fn previous(db: &impl ConnectionTrait, team: TeamId) -> Result<Option<Revision>> {
    let retired = revisions::Entity::find()
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(RevisionState::Retired.as_str()))
        .order_by_desc(revisions::Column::LiveAt)
        .order_by_desc(revisions::Column::Number);
    one(db, retired).await
}

/// Retires the live revision and makes a retired one live again. `false`: it is not retired,
/// and the caller must roll back.
pub async fn restore(db: &impl ConnectionTrait, team: TeamId, revision: RevisionId, now: Timestamp) -> Result<bool> {
    retire_live(db, team).await?;
    let row = revisions::ActiveModel {
        state: Set(RevisionState::Live.into()),
        live_at: Set(Some(now)),
        ..Default::default()
    };
    let restored = revisions::Entity::update_many()
        .set(row)
        .filter(revisions::Column::Id.eq(revision.as_uuid()))
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(RevisionState::Retired.as_str()))
        .exec(db)
        .await?;
    team_index::refresh(db, team).await?;
    Ok(restored.rows_affected == 1)
}

async fn retire_live(db: &impl ConnectionTrait, team: TeamId) -> Result<()> {
    let retired = revisions::ActiveModel { state: Set(RevisionState::Retired.into()), ..Default::default() };
    change_state(db, team, RevisionState::Live, retired).await?;
    Ok(())
}

async fn change_state(
    db: &impl ConnectionTrait,
    team: TeamId,
    from: RevisionState,
    row: revisions::ActiveModel,
) -> Result<u64> {
    let changed = revisions::Entity::update_many()
        .set(row)
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(from.as_str()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected)
}

/// Throws the team's draft away, with its certificates and its test sign-ins.
pub async fn delete_draft(db: &impl ConnectionTrait, team: TeamId) -> Result<bool> {
    let deleted = revisions::Entity::delete_many()
        .filter(revisions::Column::TeamId.eq(team.as_uuid()))
        .filter(revisions::Column::State.eq(RevisionState::Draft.as_str()))
        .exec(db)
        .await?;
    team_index::refresh(db, team).await?;
    Ok(deleted.rows_affected == 1)
}

/// Certificates of a revision, the one that lasts longest first.
pub async fn certificates(db: &impl ConnectionTrait, team: TeamId, revision: RevisionId) -> Result<Vec<Certificate>> {
    let certificates = certificates::Entity::find()
        .filter(certificates::Column::TeamId.eq(team.as_uuid()))
        .filter(certificates::Column::RevisionId.eq(revision.as_uuid()))
        .order_by_desc(certificates::Column::NotAfter)
        .order_by_asc(certificates::Column::Id);
    all(db, certificates).await
}

/// How many certificates a revision has.
pub async fn count_certificates(db: &impl ConnectionTrait, team: TeamId, revision: RevisionId) -> Result<u64> {
    let certificates = certificates::Entity::find()
        .filter(certificates::Column::TeamId.eq(team.as_uuid()))
        .filter(certificates::Column::RevisionId.eq(revision.as_uuid()));
    Ok(certificates.count(db).await?)
}

/// Adds a certificate to a draft ([`touch`] it in the same transaction).
///
/// # Errors
/// [`crate::Error::Exists`] if the revision has it.
pub async fn insert_certificate(db: &impl ConnectionTrait, certificate: Certificate) -> Result<()> {
    let row: certificates::ActiveModel = certificate.into();
    certificates::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Removes a certificate from a draft ([`touch`] it in the same transaction). `false`: the
/// revision has no such certificate.
pub async fn delete_certificate(
    db: &impl ConnectionTrait,
    team: TeamId,
    revision: RevisionId,
    certificate: CertificateId,
) -> Result<bool> {
    let deleted = certificates::Entity::delete_many()
        .filter(certificates::Column::Id.eq(certificate.as_uuid()))
        .filter(certificates::Column::TeamId.eq(team.as_uuid()))
        .filter(certificates::Column::RevisionId.eq(revision.as_uuid()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}
