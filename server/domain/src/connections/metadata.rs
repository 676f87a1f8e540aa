//! The service provider's metadata of a team.

use model::TeamSlug;
use saml::metadata::{Organization, SpMetadata};
use store::teams;

use crate::{Error, Services};

/// Our metadata for a team. Public, as Entra and its admins fetch it: it says no more than
/// the addresses that hold the slug already say.
pub async fn sp_metadata(services: &Services, slug: &str) -> Result<String, Error> {
    let slug: TeamSlug = slug.parse().map_err(|_| Error::NotFound)?;
    teams::by_slug(services.db.connection(), &slug).await?.ok_or(Error::NotFound)?;
    let endpoints = services.settings.urls.endpoints(&slug);
    let home = services.settings.urls.account("/");
    let organization = Organization { name: &services.settings.brand.vendor_name, url: &home };
    let metadata = SpMetadata {
        entity_id: &endpoints.identifier,
        acs_url: &endpoints.reply_url,
        organization: Some(organization),
    };
    Ok(metadata.to_xml())
}
