//! App Federation Metadata URL: a third way to bring an identity provider's certificates,
//! and where to look whether a certificate that we do not know is its next one.

use model::metadata_url::{self, MetadataUrlPolicy};
use model::{AuditAction, FieldProblem, Unreachable, pasted};
use saml::certificate::SigningCertificate;
use store::revisions::{self, Revision};
use url::Url;

use super::certificate::Upload;
use super::edit::{Edit, current, require_saved};
use super::idp_upload::read_metadata;
use crate::limits::{self, Purpose, Subject};
use crate::{Action, Actor, Error, Services};

/// What a form said of the address.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// Nothing, or what is known already, beside files that were the point.
    Nothing,
    /// It is no longer to be known.
    Emptied,
    /// An address, and what is there.
    Fetched(Url, Upload),
}

/// Checks the address that was typed, if any, and fetches what is there. Outside of any
/// transaction, since it may take seconds.
pub(super) async fn take(
    services: &Services,
    actor: &Actor,
    slug: &str,
    typed: Option<&str>,
    beside_files: bool,
) -> Result<Given, Error> {
    let db = services.db.connection();
    let (team, _) = actor.team(db, slug, Action::Configure).await?;
    let Some(typed) = typed.map(pasted::one_line) else { return Ok(Given::Nothing) };
    let typed = typed.map_err(refused)?;
    if !team.status.is_editable() {
        return Err(Error::form(FieldProblem::UnderReview));
    }
    let known = current(db, team.team_id()).await?.and_then(|revision| revision.metadata_url);
    if typed.is_empty() {
        return Ok(if known.is_some() { Given::Emptied } else { Given::Nothing });
    }
    if beside_files && known.as_deref() == Some(&*typed) {
        return Ok(Given::Nothing);
    }
    let endpoints = services.settings.urls.endpoints(&team.slug);
    let allow_private_addresses = services.settings.allow_private_addresses;
    let policy = MetadataUrlPolicy { allow_private_addresses, endpoints: &endpoints };
    let url = metadata_url::check(&typed, &policy).map_err(refused)?;
    let subjects = [Subject::Team(team.team_id()), Subject::Address(actor.origin.ip)];
    limits::count(services, Purpose::Metadata, &subjects).await.map_err(at_the_field)?;
    let unreachable = |why| refused(FieldProblem::MetadataUnreachable { why });
    let content = services.metadata.fetch(&url).await.map_err(unreachable)?;
    Ok(Given::Fetched(url, Upload { field: metadata_url::FIELD, content }))
}

fn refused(problem: FieldProblem) -> Error {
    Error::field(metadata_url::FIELD, problem)
}

/// Having to wait is said beside the address, so that it is not typed again.
fn at_the_field(error: Error) -> Error {
    match error {
        Error::TooMany { retry_after } => {
            let seconds = u64::try_from(retry_after.num_seconds()).unwrap_or_default().saturating_add(1);
            refused(FieldProblem::TooManyAttempts { seconds })
        }
        other => other,
    }
}

/// Writes what the form said of the address into the draft, if that is new.
pub(super) async fn save(edit: &mut Edit<'_>, given: &Given) -> Result<(), Error> {
    let wanted = match given {
        Given::Nothing => return Ok(()),
        Given::Emptied => None,
        Given::Fetched(url, _) => Some(url.as_str()),
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

/// What an identity provider's metadata says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InMetadata {
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
/// [`Error::TooMany`] if this was done too often for the team.
pub async fn look_in_metadata(services: &Services, revision: &Revision, thumbprint: &str) -> Result<InMetadata, Error> {
    let Some(text) = &revision.metadata_url else { return Ok(InMetadata::NoUrl) };
    let Ok(url) = Url::parse(text) else { return Ok(InMetadata::Unreachable(Unreachable::NotAllowed)) };
    let team = revision.team_id;
    limits::count(services, Purpose::Metadata, &[Subject::Team(team)]).await?;
    let content = match services.metadata.fetch(&url).await {
        Ok(content) => content,
        Err(why) => return Ok(InMetadata::Unreachable(why)),
    };
    let metadata = match read_metadata(&content) {
        Ok(metadata) => metadata,
        Err(why) => return Ok(InMetadata::Unusable(why)),
    };
    let is_it = |certificate: &&SigningCertificate| {
        [certificate.thumbprint_sha1(), certificate.thumbprint_sha256()]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(thumbprint))
    };
    let listed = metadata.certificates.iter().find(is_it).map(SigningCertificate::thumbprint_sha256);
    let Some(listed) = listed else { return Ok(InMetadata::NotListed) };
    let known = revisions::certificates(services.db.connection(), team, revision.revision_id()).await?;
    Ok(InMetadata::Listed { is_known: known.iter().any(|certificate| certificate.thumbprint_sha256 == listed) })
}
