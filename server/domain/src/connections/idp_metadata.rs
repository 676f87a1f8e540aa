//! What an identity provider's metadata says beside its certificates: its addresses.

use model::AuditAction;
use model::UploadNote;
use model::connection::IdpPolicy;
use store::revisions;

use super::edit::{Edit, require_saved};
use super::idp_upload::IdpUpload;
use crate::Error;

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
    edit: &mut Edit<'_>,
    uploads: &[IdpUpload],
) -> Result<(Addresses, Option<UploadNote>), Error> {
    let urls = &edit.services.settings.urls;
    let endpoints = urls.endpoints(&edit.team.slug);
    let policy = IdpPolicy { allow_http_loopback: urls.is_local_http(), endpoints: &endpoints };
    let found = uploads.iter().find_map(|upload| upload.addresses.as_ref());
    let (found, note) = found.map(|found| found.check(&policy)).unwrap_or_default();
    let Some(found) = found else { return Ok((Addresses::None, note)) };
    let known = edit.contents().idp;
    if let Some(known) = known {
        let same = known.entity_id == found.entity_id && known.sso_url == found.sso_url;
        return Ok((if same { Addresses::Same } else { Addresses::Differ }, note));
    }
    let (draft, team) = (edit.draft().await?, edit.team.team_id());
    let saved = revisions::set_idp(edit.tx, team, draft, &found, edit.services.now()).await?;
    require_saved(saved, &edit.team)?;
    edit.record(AuditAction::UrlsFromMetadata, |event| event.changed(known, found)).await?;
    Ok((Addresses::Filled, note))
}
