//! App Federation Metadata URL: a third way to bring an identity provider's certificates.

use model::ids::TeamId;
use model::metadata_url::{self, MetadataUrlPolicy};
use model::{AuditAction, FieldProblem, pasted_text};
use store::revisions;
use url::Url;

use super::draft_edit::{DraftEdit, require_saved};
use super::idp_upload::RawUpload;
use crate::revisions::shown_revision;
use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Action, Actor, Error, Services};

/// What a form changes of the draft's metadata address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MetadataUrlChange {
    /// Nothing: no address was typed, or the one that is known, beside files that were the point.
    Keep,
    /// It is removed.
    Clear,
    /// It is this one.
    Set(Url),
}

/// Checks the address that was typed, if any, and fetches the metadata there. Outside of any
/// transaction, since it may take seconds.
pub(super) async fn resolve(
    services: &Services,
    actor: &Actor,
    slug: &str,
    typed: Option<&str>,
    beside_files: bool,
) -> Result<(MetadataUrlChange, Option<RawUpload>), Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Configure).await?;
    let Some(typed) = typed.map(pasted_text::single_line) else { return Ok((MetadataUrlChange::Keep, None)) };
    let typed = typed.map_err(field_problem)?;
    if !team.status.is_editable() {
        return Err(Error::form(FieldProblem::UnderReview));
    }
    let known = shown_revision(db, team.team_id()).await?.and_then(|revision| revision.metadata_url);
    if typed.is_empty() {
        let change = if known.is_some() { MetadataUrlChange::Clear } else { MetadataUrlChange::Keep };
        return Ok((change, None));
    }
    if beside_files && known.as_deref() == Some(&*typed) {
        return Ok((MetadataUrlChange::Keep, None));
    }
    let endpoints = services.settings.urls.endpoints(&team.slug);
    let allow_private_addresses = services.settings.allow_private_addresses;
    let policy = MetadataUrlPolicy { allow_private_addresses, endpoints: &endpoints };
    let url = metadata_url::check(&typed, &policy).map_err(field_problem)?;
    count_fetch(services, actor, team.team_id()).await.map_err(|error| as_field_problem(error, metadata_url::FIELD))?;
    let unreachable = |why| field_problem(FieldProblem::MetadataUnreachable { why });
    let content = services.metadata.fetch(&url).await.map_err(unreachable)?;
    Ok((MetadataUrlChange::Set(url), Some(RawUpload { field: metadata_url::FIELD, content })))
}

fn field_problem(problem: FieldProblem) -> Error {
    Error::field(metadata_url::FIELD, problem)
}

/// Counts that somebody makes us fetch something.
pub(super) async fn count_fetch(services: &Services, actor: &Actor, team: TeamId) -> Result<(), Error> {
    let keys = [ThrottleKey::Team(team), ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Metadata, &keys).await
}

/// Having to wait is said beside the address, so that it is not typed again.
pub(super) fn as_field_problem(error: Error, field: &'static str) -> Error {
    match error {
        Error::TooManyRequests { retry_after } => {
            let seconds = u64::try_from(retry_after.num_seconds()).unwrap_or_default().saturating_add(1);
            Error::field(field, FieldProblem::TooManyAttempts { seconds })
        }
        other => other,
    }
}

/// Writes a change of the address into the draft, if it is one.
pub(super) async fn save(edit: &mut DraftEdit<'_>, change: &MetadataUrlChange) -> Result<(), Error> {
    let wanted = match change {
        MetadataUrlChange::Keep => return Ok(()),
        MetadataUrlChange::Clear => None,
        MetadataUrlChange::Set(url) => Some(url.as_str()),
    };
    let known = edit.contents().metadata_url;
    if known.as_deref() == wanted {
        return Ok(());
    }
    let (draft, team) = (edit.draft().await?, edit.team.team_id());
    let saved = revisions::set_metadata_url(edit.tx, team, draft, wanted, edit.services.now()).await?;
    require_saved(saved, &edit.team)?;
    edit.record(AuditAction::MetadataUrlSaved, |event| event.changed(known, wanted)).await
}
