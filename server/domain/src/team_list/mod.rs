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
use store::team_list::{
    self, CountedTeams, FoundTeams, SearchMatches, TeamListing, TeamPageStart, TeamQuery, WordLimits,
};
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
const MAX_COUNTED: u64 = 500;

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
    let words = team_list::find_words(db, &team_index::search_words(&filter.q), WordLimits::default()).await?;
    let (mut found, count) = find_and_count(db, &query, &words).await?;
    let is_more = u64::try_from(found.len()).is_ok_and(|found| found > PAGE_SIZE);
    if is_more {
        // what only says that there is another page
        match query.start {
            TeamPageStart::Before(_) => drop(found.remove(0)),
            TeamPageStart::First | TeamPageStart::After(_) => {
                found.truncate(PAGE_SIZE.try_into().unwrap_or(usize::MAX));
            }
        }
    }
    let (has_previous, has_next) = match query.start {
        TeamPageStart::First => (false, is_more),
        TeamPageStart::After(_) => (true, is_more),
        TeamPageStart::Before(_) => (is_more, true),
    };
    let cursor = |team: Option<&TeamListing>| team.map(|team| filter::cursor(&team.position(query.sort)));
    let previous = cursor(found.first()).filter(|_| has_previous);
    let next = cursor(found.last()).filter(|_| has_next);
    let teams = entries(services, found).await?;
    let views = saved_views::of_actor(services, actor).await?;
    Ok(TeamSearchResult::Teams(Box::new(TeamListPage { teams, count, previous, next, filter, views, now })))
}

/// The teams of a page and at least one more, if there is one; and how many there are on all pages.
async fn find_and_count(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
) -> Result<(Vec<TeamListing>, TeamCount), Error> {
    let (enough, most) = (PAGE_SIZE + 1, MAX_COUNTED + 1);
    if query.start == TeamPageStart::First {
        let page = usize::try_from(enough).unwrap_or(usize::MAX);
        let (teams, counted) = team_list::first_page(db, query, words, page, most).await?;
        return Ok((teams, team_count(counted)));
    }
    let FoundTeams { teams, .. } = team_list::find(db, query, words, enough, enough).await?;
    let counted = team_list::count(db, query, words, most).await?;
    let shown = u64::try_from(teams.len()).unwrap_or(most).max(PAGE_SIZE + 1);
    Ok((teams, team_count(at_least(shown, counted))))
}

/// A count that was cut short may be of fewer teams than are shown.
fn at_least(shown: u64, counted: CountedTeams) -> CountedTeams {
    if counted.is_cut_short { CountedTeams { teams: counted.teams.max(shown), ..counted } } else { counted }
}

/// What is said of a count: a round number where there are more.
const fn team_count(counted: CountedTeams) -> TeamCount {
    let CountedTeams { teams, is_cut_short } = counted;
    match teams {
        ..=MAX_COUNTED if !is_cut_short => TeamCount::Exactly(teams),
        ..=PAGE_SIZE => TeamCount::MoreThan(teams),
        _ => TeamCount::MoreThan((teams - 1) / PAGE_SIZE * PAGE_SIZE),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_exact_or_a_round_number_of_no_fewer_than_are_shown() {
        let said = |shown, teams, is_cut_short| team_count(at_least(shown, CountedTeams { teams, is_cut_short }));
        assert_eq!(said(51, 80, false), TeamCount::Exactly(80));
        assert_eq!(said(51, MAX_COUNTED + 1, false), TeamCount::MoreThan(MAX_COUNTED));
        assert_eq!(said(51, 463, true), TeamCount::MoreThan(450));
        assert_eq!(said(51, 0, true), TeamCount::MoreThan(50), "what is shown stands behind what was counted");
    }
}
