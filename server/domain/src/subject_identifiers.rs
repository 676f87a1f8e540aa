//! How applications know people (`sub`, OpenID Connect Core §8): by an identifier that never changes and
//! says nothing, the same for all applications, or another one for each sector where an application asks
//! for that.

use model::ids::PersonId;
use oidc::id_token::pairwise_subject;
use store::applications::{self, Application};

use crate::{Error, Services};

/// The subject of a person for an application.
pub(crate) async fn subject_for(
    services: &Services,
    application: &Application,
    person: PersonId,
) -> Result<String, Error> {
    let Some(sector) = &application.settings.pairwise_sector else { return Ok(person.to_string()) };
    let new_salt = services.random_bytes::<32>().to_vec();
    let salt = applications::sector_salt(&services.db.autocommit(), sector, new_salt).await?;
    Ok(pairwise_subject(&salt, sector, &person.to_string()))
}
