//! The service provider's metadata of a team.

use model::{RevisionState, SpKeyState, paths};
use saml::metadata::{Organization, SpMetadata};
use store::sp_keys::{self, SpKeyPair};
use store::{revisions, teams};

use crate::{Error, Services};

/// Our metadata for a team. Public, as Entra and its admins fetch it: it says no more than
/// the addresses that hold the slug already say, and what a certificate is for.
#[tracing::instrument(skip_all, fields(team = slug))]
pub async fn sp_metadata(services: &Services, slug: &str) -> Result<String, Error> {
    let db = services.db.connection();
    let team = teams::by_slug_text(db, slug).await?.ok_or(Error::NotFound)?;
    let live = revisions::in_state(db, team.team_id(), RevisionState::Live).await?;
    let options = live.map(|live| live.options).unwrap_or_default();
    let keys = sp_keys::list(db, team.team_id()).await?;
    // the next key signs soon; what is encrypted to either is understood already
    let offered = certificates(&keys, &[SpKeyState::Current, SpKeyState::Next]);
    let endpoints = services.settings.urls.endpoints(&team.slug);
    let home = services.settings.urls.account(paths::HOME);
    let brand = &services.settings.brand;
    let metadata = SpMetadata {
        entity_id: &endpoints.identifier,
        acs_url: &endpoints.reply_url,
        slo_url: Some(&endpoints.logout_url),
        signing_certificates: &offered,
        encryption_certificates: &offered,
        authn_requests_signed: options.sign_requests,
        organization: Some(Organization { name: &brand.vendor_name, url: &home }),
        support_email: Some(&brand.support_email),
    };
    Ok(metadata.to_xml())
}

/// The certificates of keys in these states, in their order.
fn certificates<'a>(keys: &'a [SpKeyPair], states: &[SpKeyState]) -> Vec<&'a [u8]> {
    let in_state = |state: &SpKeyState| {
        keys.iter().filter(|key| key.state == *state).map(|key| key.certificate.as_slice()).collect::<Vec<_>>()
    };
    states.iter().flat_map(in_state).collect()
}
