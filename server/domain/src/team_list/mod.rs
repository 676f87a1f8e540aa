//! Support's list of all teams: searched, filtered, sorted, page by page, and as a file; and what keeps
//! it up to date with the sign-ins.

mod export;
mod filter;
mod saved_views;
mod upkeep;

use std::collections::{BTreeMap, BTreeSet};

use model::ids::TeamId;
use model::support::{TeamCount, TeamListEntry, TeamListFilter, TeamListPage, TeamSearchResult};
use model::{Reference, TeamStatus};
use store::team_list::{self, FoundByWords, TeamListing, TeamPageStart, TeamQuery};
use store::teams::Team;
use store::{Code, ConnectionTrait, team_index, team_reviewers, teams};

use crate::{Action, Actor, Error, Services};

pub use export::TeamExport;
pub(crate) use filter::ENDS_SOON;
pub use saved_views::{delete_view, save_view};
pub(crate) use upkeep::list_missing;
pub use upkeep::{note_activity, repair};

/// Teams on a page.
pub(crate) const PAGE_SIZE: u64 = 50;
/// Teams are counted as far as this.
const MAX_COUNTED: u64 = 1_000;

/// A page of the list, or the sign-in whose whole reference was looked for.
#[tracing::instrument(name = "team_list.find", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn find(services: &Services, actor: &Actor, filter: TeamListFilter) -> Result<TeamSearchResult, Error> {
    actor.authorize_support(Action::Review)?;
    let db = services.db.connection();
    if let Ok(reference) = filter.q.parse::<Reference>()
        && store::attempt_list::by_reference(db, None, reference.as_str()).await?.is_some()
    {
        return Ok(TeamSearchResult::SignIn(reference));
    }
    let now = services.now();
    let query = filter::query(&filter, now);
    let words = team_list::find_words(db, &team_index::search_words(&filter.q)).await?;
    let mut found = team_list::find(db, &query, &words, PAGE_SIZE + 1).await?;
    let is_more = u64::try_from(found.len()).is_ok_and(|found| found > PAGE_SIZE);
    let count = count(db, &query, &words, found.len(), is_more).await?;
    if is_more {
        // the one that only says that there is another page
        match query.start {
            TeamPageStart::Before(_) => drop(found.remove(0)),
            TeamPageStart::First | TeamPageStart::After(_) => drop(found.pop()),
        }
    }
    let (has_previous, has_next) = match query.start {
        TeamPageStart::First => (false, is_more),
        TeamPageStart::After(_) => (true, is_more),
        TeamPageStart::Before(_) => (is_more, true),
    };
    let cursor = |team: Option<&TeamListing>| team.map(|team| filter::cursor(&query.sort.position(team)));
    let previous = cursor(found.first()).filter(|_| has_previous);
    let next = cursor(found.last()).filter(|_| has_next);
    let teams = entries(services, found).await?;
    let views = saved_views::of_actor(services, actor).await?;
    Ok(TeamSearchResult::Teams(Box::new(TeamListPage { teams, count, previous, next, filter, views, now })))
}

/// How many teams there are, where the page does not show it.
async fn count(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &FoundByWords,
    shown: usize,
    is_more: bool,
) -> Result<TeamCount, Error> {
    if query.start == TeamPageStart::First && !is_more {
        return Ok(TeamCount::Exactly(u64::try_from(shown).unwrap_or(PAGE_SIZE)));
    }
    let counted = team_list::count(db, query, words, MAX_COUNTED + 1).await?;
    Ok(if counted > MAX_COUNTED { TeamCount::MoreThan(MAX_COUNTED) } else { TeamCount::Exactly(counted) })
}

/// What a page says of teams, in their order.
pub(crate) async fn entries(services: &Services, found: Vec<TeamListing>) -> Result<Vec<TeamListEntry>, Error> {
    let db = services.db.connection();
    let in_review = found.iter().filter(|team| team.status == TeamStatus::InReview).map(|team| team.team_id);
    let reviewers = team_reviewers::of_teams(db, &in_review.collect::<Vec<_>>()).await?;
    let should_wait_since = services.now() - services.settings.review_target;
    let ids: BTreeSet<TeamId> = found.iter().map(|team| team.team_id).collect();
    let teams: BTreeMap<TeamId, Team> = teams::by_ids(db, ids).await?.into_iter().map(|team| (team.id, team)).collect();
    let entry = |listing: TeamListing| {
        let team = teams.get(&listing.team_id)?;
        Some(TeamListEntry {
            slug: team.slug.clone(),
            name: team.name.clone(),
            status: team.status,
            status_since: listing.status_since,
            reviewer: reviewers.get(&team.id).map(|reviewer| reviewer.account.email.clone()),
            is_overdue: team.status == TeamStatus::InReview && listing.status_since < should_wait_since,
            identity_provider: listing.identity_provider.and_then(Code::known),
            certificate_ends_at: listing.certificate_ends_at,
            last_sign_in_at: Some(listing.last_sign_in_at).filter(|at| at.timestamp() > 0),
            failed_at: listing.failed_at,
        })
    };
    Ok(found.into_iter().filter_map(entry).collect())
}
