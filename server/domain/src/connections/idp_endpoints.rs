//! The identity provider's endpoints in uploaded metadata.

use model::AuditAction;
use model::UploadNote;
use model::idp_settings_check::IdpPolicy;
use store::revisions;

use super::draft_edit::{DraftEdit, require_saved};
use super::idp_upload::IdpUpload;
use crate::Error;

/// What came of the endpoints in an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointsOutcome {
    /// The upload has none that can be used.
    None,
    /// The draft had none, and has these now.
    Filled,
    /// The draft has the same.
    Same,
    /// The draft has others, which stay.
    Differ,
}

/// Fills the draft's endpoints from uploaded metadata, if it has none yet. They pass the
/// same checks as typed ones; what an admin typed is never overwritten.
pub(super) async fn fill_endpoints(
    edit: &mut DraftEdit<'_>,
    uploads: &[IdpUpload],
) -> Result<(EndpointsOutcome, Option<UploadNote>), Error> {
    let urls = &edit.services.settings.urls;
    let endpoints = urls.endpoints(&edit.team.slug);
    let policy = IdpPolicy { allow_http_loopback: urls.is_local_http(), endpoints: &endpoints };
    let found = uploads.iter().find_map(|upload| upload.endpoints.as_ref());
    let (found, note) = found.map(|found| found.check(&policy)).unwrap_or_default();
    let Some(found) = found else { return Ok((EndpointsOutcome::None, note)) };
    let known = edit.contents().idp;
    if let Some(known) = known {
        let same = known.entity_id == found.entity_id && known.sso_url == found.sso_url;
        return Ok((if same { EndpointsOutcome::Same } else { EndpointsOutcome::Differ }, note));
    }
    let (draft, team) = (edit.draft().await?, edit.team.team_id());
    let saved = revisions::set_idp(edit.tx, team, draft, &found, edit.services.now()).await?;
    require_saved(saved, &edit.team)?;
    edit.record(AuditAction::UrlsFromMetadata, |event| event.changed(known, found)).await?;
    Ok((EndpointsOutcome::Filled, note))
}
