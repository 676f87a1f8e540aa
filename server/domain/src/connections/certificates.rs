//! The signing certificates of a draft.

use model::AuditAction;
use model::ids::CertificateId;
use model::{FieldProblem, Notice, NoticeKind, UploadNote};
use saml::certificate::SigningCertificate;
use store::{revisions, sp_keys};

use super::draft_edit::{DraftEdit, require_saved};
use super::idp_endpoints::{EndpointsOutcome, fill_endpoints};
use super::idp_upload::{IdpUpload, RawUpload};
use super::metadata_url::{self, MetadataUrlChange};
use crate::revisions::certificate_row;
use crate::{Actor, Error, Services};

/// How many certificates a revision holds: the present one, the next, and some for a
/// roll-over gone wrong. Each costs a signature check in the worst case.
const MAX_CERTIFICATES: usize = 5;

/// What came of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadResult {
    /// Of the endpoints in it.
    pub endpoints: EndpointsOutcome,
    /// What was skipped, or is worth a look.
    pub notes: Vec<UploadNote>,
    /// What was changed, and in which revision.
    pub notice: Notice,
}

/// Adds the certificates of some files, and of the metadata at an address if one was typed,
/// to the draft: all of them or none. One that is there already is said to be, and makes no
/// draft. Metadata also fills in the endpoints, if there are none. An address that was emptied
/// is forgotten.
///
/// Everything is fetched and parsed before the transaction begins.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn add_certificates(
    services: &Services,
    actor: &Actor,
    slug: &str,
    mut raw: Vec<RawUpload>,
    metadata_url: Option<&str>,
) -> Result<UploadResult, Error> {
    let (url, fetched) = metadata_url::resolve(services, actor, slug, metadata_url, !raw.is_empty()).await?;
    raw.extend(fetched);
    if raw.is_empty() && url == MetadataUrlChange::Keep {
        return Err(Error::field("file", FieldProblem::Missing));
    }
    let uploads = IdpUpload::parse_all(services, raw).await?;
    let result = save_uploads(services, actor, slug, &uploads, &url).await?;
    for upload in &uploads {
        let (certificates, skipped) = (upload.certificates.len(), upload.skipped.len());
        tracing::info!(team = slug, tenant = upload.tenant, certificates, skipped, "uploaded for an identity provider");
    }
    Ok(result)
}

async fn save_uploads(
    services: &Services,
    actor: &Actor,
    slug: &str,
    uploads: &[IdpUpload],
    url: &MetadataUrlChange,
) -> Result<UploadResult, Error> {
    let tx = services.db.begin().await?;
    let mut edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let is_signing = edit.contents().options.sign_requests;
    let certificates: Vec<_> = uploads.iter().flat_map(|upload| &upload.certificates).collect();
    let new = new_certificates(&edit, &certificates).await?;
    if !new.is_empty() {
        insert(&mut edit, new).await?;
    }
    metadata_url::save(&mut edit, url).await?;
    let (endpoints, note) = fill_endpoints(&mut edit, uploads).await?;
    let mut notice = edit.notice().await?;
    if notice.kind == NoticeKind::Unchanged && !certificates.is_empty() {
        notice = Notice::of(NoticeKind::CertificateKnown);
    }
    store::commit(tx).await?;
    let is_met = |note: &UploadNote| is_signing && *note == UploadNote::SignedRequestsWanted;
    let notes = uploads.iter().flat_map(|upload| upload.skipped.clone()).chain(note);
    let notes = notes.filter(|note| !is_met(note)).collect();
    Ok(UploadResult { endpoints, notes, notice })
}

/// The certificates that the connection does not have, each once.
async fn new_certificates<'a>(
    edit: &DraftEdit<'_>,
    found: &[&'a SigningCertificate],
) -> Result<Vec<&'a SigningCertificate>, Error> {
    let present = edit.certificates().await?;
    let mut new: Vec<&SigningCertificate> = Vec::new();
    for &certificate in found {
        let thumbprint = certificate.thumbprint_sha256();
        let is_present = present.iter().any(|row| row.thumbprint_sha256 == thumbprint);
        if !is_present && !new.iter().any(|other| other.thumbprint_sha256() == thumbprint) {
            new.push(certificate);
        }
    }
    reject_own_certificates(edit, &new).await?;
    if !new.is_empty() && present.len() + new.len() > MAX_CERTIFICATES {
        return Err(Error::field("file", FieldProblem::TooManyCertificates { max: MAX_CERTIFICATES }));
    }
    Ok(new)
}

/// The certificates of the team's own keys are meant for the identity provider.
async fn reject_own_certificates(edit: &DraftEdit<'_>, new: &[&SigningCertificate]) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    let keys = sp_keys::list(edit.tx, edit.team.team_id()).await?;
    if new.iter().any(|certificate| keys.iter().any(|key| key.certificate == certificate.der())) {
        return Err(Error::field("file", FieldProblem::OwnCertificate));
    }
    Ok(())
}

async fn insert(edit: &mut DraftEdit<'_>, new: Vec<&SigningCertificate>) -> Result<(), Error> {
    let draft = edit.draft().await?;
    let team = edit.team.team_id();
    for certificate in &new {
        revisions::insert_certificate(edit.tx, certificate_row(edit.services, team, draft, certificate)).await?;
    }
    require_saved(revisions::touch(edit.tx, team, draft, edit.services.now()).await?, &edit.team)?;
    let added: Vec<_> = new.iter().map(|certificate| certificate.thumbprint_sha256()).collect();
    edit.record(AuditAction::CertificateAdded, |event| event.detail(Some(added.join(", ")))).await
}

/// Removes a certificate from the draft.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn remove_certificate(
    services: &Services,
    actor: &Actor,
    slug: &str,
    certificate: &str,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let mut edit = DraftEdit::begin(services, &tx, actor, slug).await?;
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
