//! Filters of the list that somebody of support keeps for themselves, under a name.

use model::FieldProblem;
use model::support::{SavedView, TeamListFilter};
use store::saved_team_views::{self, SavedTeamView};

use crate::actor::AccountActor;
use crate::{Action, Actor, Error, Services};

/// Of one account.
const MAX_VIEWS: usize = 20;
/// In characters.
const MAX_NAME: usize = 60;

/// What the actor keeps, by name. The operator, who has no account, keeps nothing.
pub(super) async fn of_actor(services: &Services, actor: &Actor) -> Result<Vec<SavedView>, Error> {
    let Some(account) = actor.signed_in_account() else { return Ok(Vec::new()) };
    let views = saved_team_views::of_account(services.db.connection(), account.id).await?;
    Ok(views.into_iter().map(|view| SavedView { name: view.name, filter: view.filter }).collect())
}

/// Keeps a filter under a name, in place of the one that has it.
///
/// # Errors
/// [`Error::Invalid`] for a name that is none, or one too many.
#[tracing::instrument(name = "team_list.save_view", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn save_view(services: &Services, actor: &Actor, name: &str, filter: &TeamListFilter) -> Result<(), Error> {
    let account = authorize(actor)?;
    let name = check_name(name)?;
    let tx = services.db.begin().await?;
    let kept = saved_team_views::of_account(&tx, account.id).await?;
    if kept.len() >= MAX_VIEWS && kept.iter().all(|view| view.name != name) {
        return Err(Error::field("name", FieldProblem::TooManyViews { most: MAX_VIEWS }));
    }
    let filter = filter.first_page();
    saved_team_views::save(&tx, SavedTeamView { account_id: account.id, name, filter, created_at: services.now() })
        .await?;
    Ok(store::commit(tx).await?)
}

/// Lets a filter go.
#[tracing::instrument(name = "team_list.delete_view", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn delete_view(services: &Services, actor: &Actor, name: &str) -> Result<(), Error> {
    let account = authorize(actor)?;
    Ok(saved_team_views::delete(&services.db.autocommit(), account.id, name).await?)
}

fn authorize(actor: &Actor) -> Result<&AccountActor, Error> {
    actor.authorize_support(Action::Review)?;
    actor.signed_in_account().ok_or(Error::NotFound)
}

fn check_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let problem = match name.chars().count() {
        0 => FieldProblem::Missing,
        length if length > MAX_NAME => FieldProblem::TooLong { max: MAX_NAME },
        _ if name.contains(char::is_control) => FieldProblem::Missing,
        _ => return Ok(name.to_owned()),
    };
    Err(Error::field("name", problem))
}
