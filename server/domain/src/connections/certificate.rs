//! The signing certificates of a draft.

use model::AuditAction;
use model::ids::{CertificateId, RevisionId, TeamId};
use model::{
    CertificateKind, FieldProblem, Notice, NoticeKind, Timestamp, Unreachable, UploadNote, metadata_url as address,
};
use saml::certificate::{CertificateError, SigningCertificate};
use store::ConnectionTrait;
use store::revisions::{self, Certificate, Revision};

use super::edit::{Edit, require_saved};
use super::idp_metadata::{Addresses, fill_addresses};
use super::idp_upload::IdpUpload;
use super::metadata_url::{self, Given};
use crate::{Actor, Error, Internal, Services};

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
    /// What was changed, and in which revision.
    pub notice: Notice,
}

/// Adds the certificates of some files, and of the metadata at an address if one was typed,
/// to the draft: all of them or none. One that is there already is said to be, and makes no
/// draft. Metadata also fills in the addresses, if there are none. An address that was emptied
/// is forgotten.
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
    let mut edit = Edit::begin(services, &tx, actor, slug).await?;
    let certificates: Vec<_> = found.iter().flat_map(|upload| &upload.certificates).collect();
    let new = new_ones(&edit, &certificates).await?;
    if !new.is_empty() {
        insert(&mut edit, new).await?;
    }
    metadata_url::save(&mut edit, &given).await?;
    let (addresses, note) = fill_addresses(&mut edit, &found).await?;
    let mut notice = edit.notice().await?;
    if notice.kind == NoticeKind::Unchanged && !certificates.is_empty() {
        notice = Notice::of(NoticeKind::CertificateKnown);
    }
    store::commit(tx).await?;
    let notes = found.into_iter().flat_map(|upload| upload.notes).chain(note).collect();
    Ok(Added { addresses, notes, notice })
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

/// Those that the connection does not have, each once.
async fn new_ones<'a>(edit: &Edit<'_>, found: &[&'a SigningCertificate]) -> Result<Vec<&'a SigningCertificate>, Error> {
    let present = edit.certificates().await?;
    let mut new: Vec<&SigningCertificate> = Vec::new();
    for &certificate in found {
        let thumbprint = certificate.thumbprint_sha256();
        let is_present = present.iter().any(|row| row.thumbprint_sha256 == thumbprint);
        if !is_present && !new.iter().any(|other| other.thumbprint_sha256() == thumbprint) {
            new.push(certificate);
        }
    }
    if !new.is_empty() && present.len() + new.len() > MAX_CERTIFICATES {
        return Err(Error::field("file", FieldProblem::TooManyCertificates { max: MAX_CERTIFICATES }));
    }
    Ok(new)
}

async fn insert(edit: &mut Edit<'_>, new: Vec<&SigningCertificate>) -> Result<(), Error> {
    let draft = edit.draft().await?;
    let team = edit.team.team_id();
    for certificate in &new {
        revisions::insert_certificate(edit.tx, certificate_row(edit.services, team, draft, certificate)).await?;
    }
    require_saved(revisions::touch(edit.tx, team, draft, edit.services.now()).await?, &edit.team)?;
    let added: Vec<_> = new.iter().map(|certificate| certificate.thumbprint_sha256()).collect();
    edit.record(AuditAction::CertificateAdded, |event| event.detail(Some(added.join(", ")))).await
}

/// A certificate as the store keeps it.
pub(crate) fn certificate_row(
    services: &Services,
    team: TeamId,
    revision: RevisionId,
    certificate: &SigningCertificate,
) -> Certificate {
    Certificate {
        id: services.uuid().into(),
        team_id: team,
        revision_id: revision,
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
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let mut edit = Edit::begin(services, &tx, actor, slug).await?;
    let id: CertificateId = certificate.parse().map_err(|_| Error::NotFound)?;
    let shown = edit.certificates().await?;
    let wanted = shown.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?;
    // The first edit of a live revision copies it, with new identifiers: the page shows the
    // live one's, so the certificate is found by its content.
    let draft = edit.draft().await?;
    let rows = edit.certificates().await?;
    let same = rows.into_iter().find(|row| row.thumbprint_sha256 == wanted.thumbprint_sha256);
    let row = same.ok_or(Error::NotFound)?;
    let team = edit.team.team_id();
    revisions::delete_certificate(&tx, team, draft, row.id).await?;
    require_saved(revisions::touch(&tx, team, draft, services.now()).await?, &edit.team)?;
    edit.record(AuditAction::CertificateRemoved, |event| event.detail(Some(row.thumbprint_sha256))).await?;
    let notice = edit.notice().await?;
    store::commit(tx).await?;
    Ok(notice)
}

/// A revision's certificates, parsed.
pub(crate) async fn signing_certificates(
    db: &impl ConnectionTrait,
    revision: &Revision,
) -> Result<Vec<SigningCertificate>, Error> {
    let rows = revisions::certificates(db, revision.team_id, revision.revision_id()).await?;
    let parsed: Result<Vec<_>, CertificateError> =
        rows.iter().map(|row| SigningCertificate::from_der(&row.der)).collect();
    parsed.map_err(|error| Error::Internal(Internal::Certificate(error)))
}
