//! The certificates of a revision: as rows, and parsed.

use model::ids::{RevisionId, TeamId};
use saml::certificate::{CertificateError, SigningCertificate};
use store::ConnectionTrait;
use store::revisions::{self, Certificate, Revision};

use crate::{Error, InternalError, Services};

/// A certificate as the store keeps it, with what pages show of it.
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
        subject: certificate.subject(),
        thumbprint_sha1: certificate.thumbprint_sha1(),
        thumbprint_sha256: certificate.thumbprint_sha256(),
        public_key: certificate.key_description(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        created_at: services.now(),
    }
}

/// A revision's certificates, parsed off the async threads.
pub(crate) async fn signing_certificates(
    services: &Services,
    db: &impl ConnectionTrait,
    revision: &Revision,
) -> Result<Vec<SigningCertificate>, Error> {
    let rows = revisions::certificates(db, revision.team_id, revision.revision_id()).await?;
    let parse = move || rows.iter().map(|row| SigningCertificate::from_der(&row.der)).collect::<Result<Vec<_>, _>>();
    let parsed = services.spawn_blocking_limited(parse).await?;
    parsed.map_err(|error: CertificateError| Error::Internal(InternalError::Certificate(error)))
}
