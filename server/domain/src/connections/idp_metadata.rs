//! What an identity provider's metadata says beside its certificates: its addresses.

use model::AuditAction;
use model::UploadNote;
use model::connection::IdpPolicy;
use store::Tx;
use store::revisions::{self, Revision};
use store::teams::Team;

use super::edit::require_saved;
use super::idp_upload::IdpUpload;
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
    uploads: &[IdpUpload],
) -> Result<(Addresses, Option<UploadNote>), Error> {
    let endpoints = services.settings.urls.endpoints(&team.slug()?);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let found = uploads.iter().find_map(|upload| upload.addresses.as_ref());
    let (found, note) = found.map(|found| found.check(&policy)).unwrap_or_default();
    let Some(found) = found else { return Ok((Addresses::None, note)) };
    if let Some(known) = draft.idp() {
        let same = known.entity_id == found.entity_id && known.sso_url == found.sso_url;
        return Ok((if same { Addresses::Same } else { Addresses::Differ }, note));
    }
    let saved = revisions::set_idp(tx, team.team_id(), draft.revision_id(), &found, services.now()).await?;
    require_saved(saved, team)?;
    let event = Event::team(team.team_id(), AuditAction::UrlsFromMetadata).changed(draft.idp(), found);
    audit::record(services, tx, actor, event).await?;
    Ok((Addresses::Filled, note))
}
