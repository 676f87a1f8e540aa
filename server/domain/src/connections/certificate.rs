//! The signing certificates of a draft.

use model::AuditAction;
use model::ids::{CertificateId, RevisionId, TeamId};
use model::{CertificateKind, FieldProblem, Timestamp, Unreachable, UploadNote, metadata_url as address};
use saml::certificate::{CertificateError, SigningCertificate};
use store::revisions::{self, Certificate, Revision};
use store::{ConnectionTrait, Tx};

use super::edit::{editable_draft, require_saved};
use super::idp_metadata::{Addresses, fill_addresses};
use super::idp_upload::IdpUpload;
use super::metadata_url::{self, Given};
use crate::audit::Event;
use crate::{Actor, Error, Internal, Services, audit};

/// How many certificates a revision holds: the present one, the next, and some for a
/// roll-over gone wrong. Each costs a signature check in the worst case.
const MAX_CERTIFICATES: usize = 5;

/// One file, what was pasted, or what was fetched.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field it came in.
    pub field: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}

/// What became of uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Of the addresses in them.
    pub addresses: Addresses,
    /// What was left out of them, or is worth a look.
    pub notes: Vec<UploadNote>,
}

/// Adds the certificates of some files, and of the metadata at an address if one was typed,
/// to the draft: all of them or none. One that is there already is no error. Metadata also
/// fills in the addresses, if the draft has none. An address that was emptied is forgotten.
pub async fn add_certificates(
    services: &Services,
    actor: &Actor,
    slug: &str,
    mut uploads: Vec<Upload>,
    metadata_url: Option<&str>,
) -> Result<Added, Error> {
    let given = metadata_url::take(services, actor, slug, metadata_url, !uploads.is_empty()).await?;
    if let Given::Fetched(_, upload) = &given {
        uploads.push(upload.clone());
    }
    if uploads.is_empty() && matches!(given, Given::Nothing) {
        return Err(Error::field("file", FieldProblem::Missing));
    }
    let found = read_all(services, uploads).await?;
    let tx = services.db.begin().await?;
    let (team, draft) = editable_draft(services, &tx, actor, slug).await?;
    let certificates: Vec<_> = found.iter().flat_map(|upload| &upload.certificates).collect();
    let added = insert_new(services, &tx, team.team_id(), &draft, &certificates).await?;
    if !added.is_empty() {
        require_saved(revisions::touch(&tx, team.team_id(), draft.revision_id(), services.now()).await?, &team)?;
        let detail = Some(added.join(", "));
        audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::CertificateAdded).detail(detail))
            .await?;
    }
    metadata_url::save(services, &tx, actor, &team, &draft, &given).await?;
    let (addresses, note) = fill_addresses(services, &tx, actor, &team, &draft, &found).await?;
    store::commit(tx).await?;
    let notes = found.into_iter().flat_map(|upload| upload.notes).chain(note).collect();
    Ok(Added { addresses, notes })
}

/// Every upload, read on a core of its own, or what is wrong with each that holds nothing to use.
async fn read_all(services: &Services, uploads: Vec<Upload>) -> Result<Vec<IdpUpload>, Error> {
    let now = services.now();
    let read = move || {
        let read = |upload: Upload| read(&upload, now).map_err(|problem| (upload.field.to_owned(), problem));
        uploads.into_iter().map(read).partition::<Vec<_>, _>(Result::is_ok)
    };
    let (found, refused) = services.on_a_core(read).await?;
    let problems: Vec<_> = refused.into_iter().filter_map(Result::err).collect();
    if problems.is_empty() { Ok(found.into_iter().flatten().collect()) } else { Err(Error::Invalid(problems)) }
}

/// At an address of metadata there is metadata or nothing to use.
fn read(upload: &Upload, now: Timestamp) -> Result<IdpUpload, FieldProblem> {
    if upload.field == address::FIELD && CertificateKind::of(&upload.content) != CertificateKind::Metadata {
        return Err(FieldProblem::MetadataUnreachable { why: Unreachable::NotMetadata });
    }
    IdpUpload::read(&upload.content, now)
}

/// Thumbprints of what was added.
async fn insert_new(
    services: &Services,
    tx: &Tx,
    team: TeamId,
    draft: &Revision,
    certificates: &[&SigningCertificate],
) -> Result<Vec<String>, Error> {
    let present = revisions::certificates(tx, team, draft.revision_id()).await?;
    let mut rows: Vec<Certificate> = Vec::new();
    for certificate in certificates {
        let row = certificate_row(services, team, draft.revision_id(), certificate);
        let same = |other: &Certificate| other.thumbprint_sha256 == row.thumbprint_sha256;
        if !present.iter().any(same) && !rows.iter().any(same) {
            rows.push(row);
        }
    }
    if present.len() + rows.len() > MAX_CERTIFICATES {
        return Err(Error::field("file", FieldProblem::TooManyCertificates { max: MAX_CERTIFICATES }));
    }
    let mut added = Vec::with_capacity(rows.len());
    for row in rows {
        added.push(row.thumbprint_sha256.clone());
        revisions::insert_certificate(tx, row).await?;
    }
    Ok(added)
}

/// A certificate as the store keeps it.
pub(crate) fn certificate_row(
    services: &Services,
    team: TeamId,
    revision: RevisionId,
    certificate: &SigningCertificate,
) -> Certificate {
    Certificate {
        id: services.uuid(),
        team_id: team.as_uuid(),
        revision_id: revision.as_uuid(),
        der: certificate.der().to_vec(),
        thumbprint_sha256: certificate.thumbprint_sha256(),
        not_after: certificate.not_after(),
        created_at: services.now(),
    }
}

/// Removes a certificate from the draft.
pub async fn remove_certificate(
    services: &Services,
    actor: &Actor,
    slug: &str,
    certificate: &str,
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let before = actor.team(&tx, slug, crate::Action::Configure).await?.0;
    // The first edit of a live revision copies it, with new identifiers: the page shows the
    // live one's, so the certificate is found by its content.
    let shown = super::edit::current(&tx, before.team_id()).await?.ok_or(Error::NotFound)?;
    let id: CertificateId = certificate.parse().map_err(|_| Error::NotFound)?;
    let shown = revisions::certificates(&tx, before.team_id(), shown.revision_id()).await?;
    let wanted = shown.into_iter().find(|row| row.id == id.as_uuid()).ok_or(Error::NotFound)?;
    let (team, draft) = editable_draft(services, &tx, actor, slug).await?;
    let rows = revisions::certificates(&tx, team.team_id(), draft.revision_id()).await?;
    let same = rows.into_iter().find(|row| row.thumbprint_sha256 == wanted.thumbprint_sha256);
    let row = same.ok_or(Error::NotFound)?;
    revisions::delete_certificate(&tx, team.team_id(), draft.revision_id(), row.id.into()).await?;
    require_saved(revisions::touch(&tx, team.team_id(), draft.revision_id(), services.now()).await?, &team)?;
    let detail = Some(row.thumbprint_sha256);
    audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::CertificateRemoved).detail(detail))
        .await?;
    Ok(store::commit(tx).await?)
}

/// A revision's certificates, parsed.
pub(crate) async fn signing_certificates(
    db: &impl ConnectionTrait,
    revision: &Revision,
) -> Result<Vec<SigningCertificate>, Error> {
    let rows = revisions::certificates(db, revision.team_id.into(), revision.revision_id()).await?;
    let parsed: Result<Vec<_>, CertificateError> =
        rows.iter().map(|row| SigningCertificate::from_der(&row.der)).collect();
    parsed.map_err(|error| Error::Internal(Internal::Certificate(error)))
}
