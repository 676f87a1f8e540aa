//! The identity provider's addresses, as somebody types them.

use model::attempts::VerifiedIssuer;
use model::idp_settings_check::IdpPolicy;
use model::{AuditAction, IdpSettings, Notice};
use store::revisions;

use super::draft_edit::{DraftEdit, field_problems, require_saved};
use super::login_url_check::with_login_url_check;
use crate::decision_digest::SetupForm;
use crate::{Actor, Error, Services};

/// The identity provider's addresses, as they are typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedAddresses<'a> {
    /// Microsoft Entra Identifier.
    pub entity_id: &'a str,
    /// Login URL.
    pub sso_url: &'a str,
    /// Logout URL; empty for none.
    pub slo_url: &'a str,
}

/// Saves the identity provider's addresses, and looks whether a new Login URL answers. `shown` is the
/// digest of what the form showed.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn save_idp(
    services: &Services,
    actor: &Actor,
    slug: &str,
    addresses: TypedAddresses<'_>,
    shown: &str,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let team = edit.team.team_id();
    let (notice, saved_url) = save(edit, addresses, shown).await?;
    store::commit(tx).await?;
    Ok(with_login_url_check(services, actor, team, &saved_url, notice).await)
}

/// Saves an issuer that came in a signed response, beside the addresses that are there.
///
/// # Errors
/// [`Error::NotFound`] where the connection does not hold the certificate any more that verified it; as
/// [`save_idp`].
pub(crate) async fn save_issuer(
    services: &Services,
    actor: &Actor,
    slug: &str,
    issuer: &VerifiedIssuer<'_>,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let edit = DraftEdit::begin(services, &tx, actor, slug).await?;
    let certificates = edit.certificates().await?;
    if !certificates.iter().any(|known| known.thumbprint_sha1 == issuer.signed_by) {
        return Err(Error::NotFound);
    }
    let known = edit.contents().idp.ok_or(Error::NotFound)?;
    let slo_url = known.slo_url.as_deref().unwrap_or_default();
    let addresses = TypedAddresses { entity_id: issuer.entity_id, sso_url: &known.sso_url, slo_url };
    let (notice, _) = save(edit, addresses, "").await?;
    store::commit(tx).await?;
    Ok(notice)
}

/// What was changed, and the Login URL as it is kept.
async fn save(mut edit: DraftEdit<'_>, addresses: TypedAddresses<'_>, shown: &str) -> Result<(Notice, String), Error> {
    let services = edit.services;
    let endpoints = services.settings.urls.endpoints(&edit.team.slug);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let TypedAddresses { entity_id, sso_url, slo_url } = addresses;
    let mut idp = IdpSettings::check(entity_id, sso_url, slo_url, &policy).map_err(field_problems)?;
    let known = edit.contents().idp;
    if let Some(known) = known.as_ref().filter(|known| known.sso_url == idp.sso_url) {
        idp.sso_binding = known.sso_binding;
    }
    let saved_url = idp.sso_url.clone();
    if known.as_ref() != Some(&idp) {
        edit.require_unchanged(SetupForm::Urls, shown)?;
        let draft = edit.draft().await?;
        let saved = revisions::set_idp(edit.tx, edit.team.team_id(), draft, &idp, services.now()).await?;
        require_saved(saved, &edit.team)?;
        edit.record(AuditAction::UrlsSaved, |event| event.changed(known, idp)).await?;
    }
    Ok((edit.notice().await?, saved_url))
}
