//! What an identity provider's metadata says beside its certificates: its addresses.

use model::AuditAction;
use model::connection::{IdpPolicy, names_no_tenant};
use model::{CertificateKind, IdpSettings, SsoBinding};
use saml::metadata::IdpMetadata;
use store::Tx;
use store::revisions::{self, Revision};
use store::teams::Team;

use super::certificate::Upload;
use super::edit::require_saved;
use crate::audit::Event;
use crate::{Actor, Error, Services, audit};

/// What became of the addresses in an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// The upload has none that can be used.
    None,
    /// The draft had none, and has these now.
    Filled,
    /// The draft has the same.
    Same,
    /// The draft has others, which stay.
    Differ,
}

/// Fills the draft's addresses from uploaded metadata, if it has none yet. They pass the
/// same checks as typed ones; what an admin typed is never overwritten.
pub(super) async fn fill_addresses(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    draft: &Revision,
    uploads: &[Upload],
) -> Result<Addresses, Error> {
    let endpoints = services.settings.urls.endpoints(&team.slug()?);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let Some(found) = uploads.iter().find_map(|upload| addresses(&upload.content, &policy)) else {
        return Ok(Addresses::None);
    };
    if let Some(known) = draft.idp() {
        let same = known.entity_id == found.entity_id && known.sso_url == found.sso_url;
        return Ok(if same { Addresses::Same } else { Addresses::Differ });
    }
    let saved = revisions::set_idp(tx, team.team_id(), draft.revision_id(), &found, services.now()).await?;
    require_saved(saved, team)?;
    let event = Event::team(team.team_id(), AuditAction::UrlsFromMetadata).changed(draft.idp(), found);
    audit::record(services, tx, actor, event).await?;
    Ok(Addresses::Filled)
}

/// Whether this is Entra's metadata for any Microsoft account: it names no tenant, and lists
/// keys that sign for all of them.
pub(super) fn is_for_any_tenant(content: &[u8]) -> bool {
    let Ok(metadata) = IdpMetadata::parse(content) else { return false };
    let values = [Some(metadata.entity_id), metadata.sso_redirect_url, metadata.sso_post_url];
    values.iter().flatten().any(|value| names_no_tenant(value))
}

/// The addresses in a file, if it is metadata and they pass the checks.
fn addresses(content: &[u8], policy: &IdpPolicy<'_>) -> Option<IdpSettings> {
    if CertificateKind::of(content) != CertificateKind::Metadata {
        return None;
    }
    let metadata = IdpMetadata::parse(content).ok()?;
    let (sso_url, sso_binding) = match (metadata.sso_redirect_url, metadata.sso_post_url) {
        (Some(url), _) => (url, SsoBinding::Redirect),
        (None, Some(url)) => (url, SsoBinding::Post),
        (None, None) => return None,
    };
    let slo_url = metadata.slo_redirect_url.unwrap_or_default();
    let idp = IdpSettings::check(&metadata.entity_id, &sso_url, &slo_url, policy).ok()?;
    Some(IdpSettings { sso_binding, ..idp })
}
