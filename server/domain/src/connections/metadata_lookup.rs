//! Looks up in an identity provider's published metadata whether a certificate that we do not know
//! is its next one.

use model::{FieldProblem, Unreachable};
use saml::certificate::SigningCertificate;
use store::revisions::{self, Revision};
use url::Url;

use super::idp_upload::parse_metadata;
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Error, Services};

/// What the metadata of an identity provider says about a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetadataLookup {
    /// Nobody said where its metadata is.
    NoUrl,
    /// It may sign.
    Listed {
        /// Whether the revision has it, too.
        is_known: bool,
    },
    /// It is not in there.
    NotListed,
    /// The metadata could not be had.
    Unreachable(Unreachable),
    /// What came could not be read.
    Unusable(FieldProblem),
}

/// Fetches the metadata of a revision's identity provider anew and looks for a certificate in
/// it, by its thumbprint, SHA-1 as Entra shows it or SHA-256. For pages only: a sign-in never
/// waits for it and never trusts what it says.
///
/// # Errors
/// [`Error::TooManyRequests`] if this was done too often for the team.
#[tracing::instrument(skip_all, fields(team = %revision.team_id))]
pub async fn find_certificate_in_metadata(
    services: &Services,
    revision: &Revision,
    thumbprint: &str,
) -> Result<MetadataLookup, Error> {
    let Some(text) = &revision.metadata_url else { return Ok(MetadataLookup::NoUrl) };
    let Ok(url) = Url::parse(text) else { return Ok(MetadataLookup::Unreachable(Unreachable::NotAllowed)) };
    let team = revision.team_id;
    throttling::count_attempt(services, ThrottledAction::Metadata, &[ThrottleKey::Team(team)]).await?;
    let content = match services.metadata.fetch(&url).await {
        Ok(content) => content,
        Err(why) => return Ok(MetadataLookup::Unreachable(why)),
    };
    let metadata = match parse_metadata(services, content).await? {
        Ok(metadata) => metadata,
        Err(why) => return Ok(MetadataLookup::Unusable(why)),
    };
    let is_it = |certificate: &&SigningCertificate| {
        [certificate.thumbprint_sha1(), certificate.thumbprint_sha256()]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(thumbprint))
    };
    let listed = metadata.certificates.iter().find(is_it).map(SigningCertificate::thumbprint_sha256);
    let Some(listed) = listed else { return Ok(MetadataLookup::NotListed) };
    let known = revisions::certificates(services.db.connection(), team, revision.revision_id()).await?;
    Ok(MetadataLookup::Listed { is_known: known.iter().any(|certificate| certificate.thumbprint_sha256 == listed) })
}
