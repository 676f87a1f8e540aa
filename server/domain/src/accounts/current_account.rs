//! The account that is signed in, as the frame of every page shows it.

use model::AccountView;
use model::account::AccountTeam;
use store::teams;

use crate::{Actor, Error, Services, viewed_team};

/// The signed-in account with its teams; `None` if nobody is signed in.
pub async fn current_account(services: &Services, actor: &Actor) -> Result<Option<AccountView>, Error> {
    let Some(account) = actor.signed_in_account() else { return Ok(None) };
    let db = services.db.connection();
    let mut view_teams = Vec::new();
    for (team, role) in teams::of_account(db, account.id).await? {
        view_teams.push(AccountTeam { slug: team.slug.clone(), status: team.status, name: team.name, role });
    }
    Ok(Some(AccountView {
        id: account.id,
        email: account.email.clone(),
        support_role: account.support_role,
        is_federated: account.is_federated,
        teams: view_teams,
        viewed_team: viewed_team::view(db, account).await?,
    }))
}
