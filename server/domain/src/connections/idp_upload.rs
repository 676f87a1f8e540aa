//! What an administrator brings of an identity provider, read once: a file, what was pasted, or
//! what was fetched. One part that cannot be used does not spoil the rest, and is named.

use model::connection::IdpPolicy;
use model::entra::names_no_tenant;
use model::pasted::quotable;
use model::{CertificateKind, FieldProblem, IdpSettings, MetadataProblem, SsoBinding, Timestamp, UploadNote};
use saml::certificate::{CertificateError, SigningCertificate, SkippedCertificate};
use saml::metadata::{IdpMetadata, MetadataError};
use saml::upload::{UploadError, UploadedFile};

/// So many of several identity providers are named.
const NAMED: usize = 3;

/// What can be used of an upload.
#[derive(Clone, Debug)]
pub struct IdpUpload {
    /// Certificates that may sign, at least one.
    pub certificates: Vec<SigningCertificate>,
    /// What was left out, or is worth a look.
    pub notes: Vec<UploadNote>,
    /// What metadata says beside them.
    pub(super) addresses: Option<FoundAddresses>,
}

/// The addresses in metadata, not checked yet.
#[derive(Clone, Debug)]
pub(super) struct FoundAddresses {
    entity_id: String,
    /// Where people sign in, the preferred first.
    sign_in: Vec<(String, SsoBinding)>,
    sign_out: String,
}

impl IdpUpload {
    /// Reads a file. Takes a while for a large one.
    ///
    /// # Errors
    /// What is wrong with it, if nothing in it can be used.
    pub fn read(content: &[u8], now: Timestamp) -> Result<Self, FieldProblem> {
        let kind = CertificateKind::of(content);
        if !kind.is_accepted() {
            return Err(FieldProblem::NotACertificate { kind });
        }
        match UploadedFile::read(content).map_err(|error| upload_problem(&error))? {
            UploadedFile::Certificates { certificates, skipped } => Self::of(certificates, &skipped, now),
            UploadedFile::Metadata(metadata) => Self::of_metadata(*metadata, now),
        }
    }

    fn of_metadata(metadata: IdpMetadata, now: Timestamp) -> Result<Self, FieldProblem> {
        let outdated = metadata.valid_until.filter(|valid_until| *valid_until < now);
        let sign_in: Vec<_> =
            [(metadata.sso_redirect_url, SsoBinding::Redirect), (metadata.sso_post_url, SsoBinding::Post)]
                .into_iter()
                .filter_map(|(url, binding)| Some((url?, binding)))
                .collect();
        // Entra's metadata of no tenant lists keys that sign for all of them
        if names_no_tenant(&metadata.entity_id) || sign_in.iter().any(|(url, _)| names_no_tenant(url)) {
            return Err(FieldProblem::CommonTenant);
        }
        let mut upload = Self::of(metadata.certificates, &metadata.skipped, now)?;
        upload.notes.extend(outdated.map(|valid_until| UploadNote::MetadataOutdated { valid_until }));
        upload.addresses = (!sign_in.is_empty()).then(|| FoundAddresses {
            entity_id: metadata.entity_id,
            sign_in,
            sign_out: metadata.slo_redirect_url.unwrap_or_default(),
        });
        Ok(upload)
    }

    /// An expired certificate beside the present one is left out. Alone it is refused, with its
    /// date.
    fn of(
        found: Vec<SigningCertificate>,
        skipped: &[SkippedCertificate],
        now: Timestamp,
    ) -> Result<Self, FieldProblem> {
        let mut notes: Vec<_> = skipped.iter().map(note).collect();
        let expired = |not_after| FieldProblem::CertificateExpired { not_after };
        let first = found.first().map(|first| expired(first.not_after()));
        let mut certificates = Vec::new();
        for certificate in found {
            if certificate.not_after() > now {
                certificates.push(certificate);
            } else {
                let (subject, why) = (Some(quotable(&certificate.subject())), expired(certificate.not_after()));
                notes.push(UploadNote::CertificateLeftOut { position: None, subject, why });
            }
        }
        match first {
            Some(problem) if certificates.is_empty() => Err(problem),
            _ => Ok(Self { certificates, notes, addresses: None }),
        }
    }
}

impl FoundAddresses {
    /// Checked as if they were typed: settings that can be used, and what was left out of them.
    pub(super) fn check(&self, policy: &IdpPolicy<'_>) -> (Option<IdpSettings>, Option<UploadNote>) {
        let mut first = None;
        for (url, binding) in &self.sign_in {
            match IdpSettings::check_found(&self.entity_id, url, &self.sign_out, policy) {
                Ok((idp, why)) => {
                    let note = why.map(|why| UploadNote::LogoutLeftOut { why });
                    return (Some(IdpSettings { sso_binding: *binding, ..idp }), note);
                }
                Err(problems) => first = first.or_else(|| problems.into_iter().next()),
            }
        }
        (None, first.map(|(_, why)| UploadNote::AddressesLeftOut { why }))
    }
}

fn note(skipped: &SkippedCertificate) -> UploadNote {
    UploadNote::CertificateLeftOut {
        position: Some(skipped.position),
        subject: skipped.subject.as_deref().map(quotable),
        why: problem(&skipped.reason),
    }
}

/// Reads metadata alone, to look something up in it.
pub(super) fn read_metadata(content: &[u8]) -> Result<IdpMetadata, FieldProblem> {
    IdpMetadata::parse(content).map_err(|error| of_metadata(&error))
}

/// Why a file is refused, in the words of the form.
fn upload_problem(error: &UploadError) -> FieldProblem {
    match error {
        UploadError::Certificate(error) => problem(error),
        UploadError::Metadata(error) => of_metadata(error),
        UploadError::TooLarge => FieldProblem::FileTooLarge,
        UploadError::PrivateKey => FieldProblem::NotACertificate { kind: CertificateKind::PrivateKey },
        _ => FieldProblem::DamagedCertificate,
    }
}

/// Why a certificate is refused, in the words of the form.
fn problem(error: &CertificateError) -> FieldProblem {
    match error {
        CertificateError::WeakKey { key } => FieldProblem::WeakKey { key: key.clone() },
        CertificateError::NoSigningCertificate => FieldProblem::NoSigningCertificate,
        CertificateError::TooMany { limit } => FieldProblem::TooManyInFile { max: *limit },
        CertificateError::NotACertificate => FieldProblem::NotACertificate { kind: CertificateKind::Unknown },
        CertificateError::Issuer => FieldProblem::CertificateOfAuthority,
        CertificateError::Internal => FieldProblem::Failed,
        _ => FieldProblem::DamagedCertificate,
    }
}

fn of_metadata(error: &MetadataError) -> FieldProblem {
    let why = match error {
        MetadataError::Certificate(error) => return problem(error),
        MetadataError::TooLarge => return FieldProblem::FileTooLarge,
        MetadataError::Encoding(_) => MetadataProblem::Encoding,
        MetadataError::NotXml { detail } => MetadataProblem::NotWellFormed { detail: quotable(detail) },
        MetadataError::ForbiddenConstruct { what } => MetadataProblem::Construct { what: what.to_string() },
        MetadataError::NoIdentityProvider => MetadataProblem::NoIdentityProvider,
        MetadataError::OlderProtocol => MetadataProblem::OlderProtocol,
        MetadataError::ServiceProvider { entity_id } => {
            MetadataProblem::ServiceProvider { entity_id: quotable(entity_id) }
        }
        MetadataError::SeveralIdentityProviders { entity_ids } => MetadataProblem::SeveralIdentityProviders {
            entity_ids: entity_ids.iter().take(NAMED).map(|entity_id| quotable(entity_id)).collect(),
        },
        _ => MetadataProblem::NotMetadata,
    };
    FieldProblem::MetadataUnusable { why }
}
