//! The signed-in person.

use model::PersonView;
use store::{people, teams};

use crate::{Error, Services, token};

/// The person whose session the cookie carries, unless the session has ended.
pub async fn signed_in_person(services: &Services, cookie: Option<&str>) -> Result<Option<PersonView>, Error> {
    let Some(cookie) = cookie else { return Ok(None) };
    let db = services.db.connection();
    let Some(person) = people::by_session(db, &token::hash(cookie), services.now()).await? else { return Ok(None) };
    let Some(team) = teams::by_id(db, person.team_id).await? else { return Ok(None) };
    Ok(Some(PersonView {
        profile: person.profile,
        name_id: person.name_id,
        team_slug: team.slug.clone(),
        team_name: team.name,
        claims: person.claims,
        created_at: person.created_at,
        last_sign_in_at: person.last_sign_in_at,
    }))
}
