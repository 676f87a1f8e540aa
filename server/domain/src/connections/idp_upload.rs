//! What an administrator uploads of an identity provider: a file, pasted text, or metadata that was
//! fetched. Parsed once, off the async threads and before any transaction, into [`IdpUpload`]. One
//! part that cannot be used does not spoil the rest, and is named.

use model::entra::{names_no_tenant, tenant};
use model::idp_settings_check::IdpPolicy;
use model::pasted_text::quotable;
use model::{
    CertificateKind, Diagnostic, FieldProblem, IdpSettings, MetadataProblem, SsoBinding, Timestamp, Unreachable,
    UploadNote, metadata_url,
};
use saml::ErrorCode;
use saml::certificate::{CertificateError, SigningCertificate, SkippedCertificate};
use saml::metadata::{IdpMetadata, MetadataError};
use saml::upload::{UploadError, UploadedFile};

use crate::diagnostics::diagnostic;
use crate::{Error, Services};

/// So many of several identity providers are named.
const NAMED: usize = 3;

/// Bytes as they came: of one file, of pasted text, or of metadata that was fetched.
#[derive(Clone, Debug)]
pub struct RawUpload {
    /// The field of the form that they came in.
    pub field: &'static str,
    /// The bytes.
    pub content: Vec<u8>,
}

/// What can be used of an upload.
#[derive(Clone, Debug)]
pub struct IdpUpload {
    /// Certificates that may sign, at least one.
    pub certificates: Vec<SigningCertificate>,
    /// The endpoints in metadata.
    pub(super) endpoints: Option<UncheckedEndpoints>,
    /// The Entra tenant that metadata is of.
    pub tenant: Option<String>,
    /// What was skipped, or is worth a look.
    pub skipped: Vec<UploadNote>,
}

/// The endpoints in metadata, not checked yet.
#[derive(Clone, Debug)]
pub(super) struct UncheckedEndpoints {
    entity_id: String,
    /// Where people sign in, the preferred first.
    sso: Vec<(String, SsoBinding)>,
    slo_url: String,
}

impl IdpUpload {
    /// Parses uploads on a blocking thread.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is wrong with each in which nothing can be used.
    pub(super) async fn parse_all(services: &Services, raw: Vec<RawUpload>) -> Result<Vec<Self>, Error> {
        let now = services.now();
        let parse = move || {
            let parse = |raw: RawUpload| Self::parse_raw(&raw, now).map_err(|problem| (raw.field.to_owned(), problem));
            raw.into_iter().map(parse).partition::<Vec<_>, _>(Result::is_ok)
        };
        let (parsed, failed) = services.spawn_blocking_limited(parse).await?;
        let problems: Vec<_> = failed.into_iter().filter_map(Result::err).collect();
        if problems.is_empty() { Ok(parsed.into_iter().flatten().collect()) } else { Err(Error::Invalid(problems)) }
    }

    /// At an address of metadata there is metadata or nothing to use.
    fn parse_raw(raw: &RawUpload, now: Timestamp) -> Result<Self, FieldProblem> {
        if raw.field == metadata_url::FIELD && CertificateKind::of(&raw.content) != CertificateKind::Metadata {
            return Err(FieldProblem::MetadataUnreachable { why: Unreachable::NotMetadata });
        }
        Self::parse(&raw.content, now)
    }

    /// Parses a file. Takes a while for a large one.
    ///
    /// # Errors
    /// What is wrong with it, if nothing in it can be used.
    pub fn parse(content: &[u8], now: Timestamp) -> Result<Self, FieldProblem> {
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
        let sso: Vec<_> =
            [(metadata.sso_redirect_url, SsoBinding::Redirect), (metadata.sso_post_url, SsoBinding::Post)]
                .into_iter()
                .filter_map(|(url, binding)| Some((url?, binding)))
                .collect();
        // Entra's metadata of no tenant lists keys that sign for all of them
        if names_no_tenant(&metadata.entity_id) || sso.iter().any(|(url, _)| names_no_tenant(url)) {
            return Err(FieldProblem::CommonTenant);
        }
        let mut upload = Self::of(metadata.certificates, &metadata.skipped, now)?;
        upload.skipped.extend(outdated.map(|valid_until| UploadNote::MetadataOutdated { valid_until }));
        upload.skipped.extend(metadata.want_authn_requests_signed.then_some(UploadNote::SignedRequestsWanted));
        upload.tenant = tenant(&metadata.entity_id);
        upload.endpoints = (!sso.is_empty()).then(|| UncheckedEndpoints {
            entity_id: metadata.entity_id,
            sso,
            slo_url: metadata.slo_redirect_url.unwrap_or_default(),
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
        let mut skipped: Vec<_> = skipped.iter().map(note).collect();
        let expired = |not_after| FieldProblem::CertificateExpired { not_after };
        let first = found.first().map(|first| expired(first.not_after()));
        let mut certificates = Vec::new();
        for certificate in found {
            if certificate.not_after() > now {
                certificates.push(certificate);
            } else {
                let (subject, why) = (Some(quotable(&certificate.subject())), expired(certificate.not_after()));
                skipped.push(UploadNote::CertificateSkipped { position: None, subject, why });
            }
        }
        match first {
            Some(problem) if certificates.is_empty() => Err(problem),
            _ => Ok(Self { certificates, endpoints: None, tenant: None, skipped }),
        }
    }
}

impl UncheckedEndpoints {
    /// Checked as if they were typed: settings that can be used, and what was left out of them.
    pub(super) fn check(&self, policy: &IdpPolicy<'_>) -> (Option<IdpSettings>, Option<UploadNote>) {
        let mut first = None;
        for (url, binding) in &self.sso {
            match IdpSettings::check_found(&self.entity_id, url, &self.slo_url, policy) {
                Ok((idp, why)) => {
                    let note = why.map(|why| UploadNote::LogoutUrlSkipped { why });
                    return (Some(IdpSettings { sso_binding: *binding, ..idp }), note);
                }
                Err(problems) => first = first.or_else(|| problems.into_iter().next()),
            }
        }
        (None, first.map(|(_, why)| UploadNote::AddressesSkipped { why }))
    }
}

fn note(skipped: &SkippedCertificate) -> UploadNote {
    UploadNote::CertificateSkipped {
        position: Some(skipped.position),
        subject: skipped.subject.as_deref().map(quotable),
        why: certificate_problem(&skipped.reason),
    }
}

/// Parses metadata alone, on a blocking thread, to look something up in it.
pub(super) async fn parse_metadata(
    services: &Services,
    content: Vec<u8>,
) -> Result<Result<IdpMetadata, FieldProblem>, Error> {
    let parsed = services.spawn_blocking_limited(move || IdpMetadata::parse(&content)).await?;
    Ok(parsed.map_err(|error| metadata_problem(&error)))
}

/// Why a file is refused, in the words of the form.
fn upload_problem(error: &UploadError) -> FieldProblem {
    match error {
        UploadError::Certificate(error) => certificate_problem(error),
        UploadError::Metadata(error) => metadata_problem(error),
        UploadError::TooLarge => FieldProblem::FileTooLarge,
        UploadError::PrivateKey => FieldProblem::NotACertificate { kind: CertificateKind::PrivateKey },
        _ => FieldProblem::DamagedCertificate,
    }
}

/// Why a certificate is refused, in the words of the form.
fn certificate_problem(error: &CertificateError) -> FieldProblem {
    match error {
        CertificateError::WeakKey { key } => FieldProblem::WeakKey { key: key.clone() },
        CertificateError::NoSigningCertificate => FieldProblem::NoSigningCertificate,
        CertificateError::TooMany { limit } => FieldProblem::TooManyInFile { max: *limit },
        CertificateError::NotACertificate => FieldProblem::NotACertificate { kind: CertificateKind::Unknown },
        CertificateError::Issuer => FieldProblem::CaCertificate,
        CertificateError::Internal => FieldProblem::Failed,
        _ => FieldProblem::DamagedCertificate,
    }
}

fn metadata_problem(error: &MetadataError) -> FieldProblem {
    let why = match error {
        MetadataError::Certificate(error) => return certificate_problem(error),
        MetadataError::TooLarge => return FieldProblem::FileTooLarge,
        MetadataError::Encoding(_) => MetadataProblem::Encoding,
        MetadataError::NotXml { what } => MetadataProblem::NotWellFormed { detail: quoted(what) },
        MetadataError::ForbiddenConstruct { what } => MetadataProblem::Construct { what: quoted(what) },
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

/// What is wrong, with what it quotes cut to be shown.
fn quoted(error: &dyn ErrorCode) -> Diagnostic {
    diagnostic(error).map_texts(|text| quotable(&text))
}
