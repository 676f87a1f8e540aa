//! How the latest test sign-in stands, for the page that waits for it.

use store::attempts;

use super::edit;
use crate::{Action, Actor, Error, Services};

/// The latest test's reference, and whether it is over; `None` if there was none.
pub async fn test_state(services: &Services, actor: &Actor, slug: &str) -> Result<Option<(String, bool)>, Error> {
    let db = services.db.connection();
    let (team, _) = actor.team(db, slug, Action::View).await?;
    let Some(revision) = edit::current(db, team.team_id()).await? else { return Ok(None) };
    let test = attempts::latest_test(db, team.team_id(), revision.revision_id()).await?;
    Ok(test.map(|test| (test.reference, test.status != attempts::status::OPEN)))
}
