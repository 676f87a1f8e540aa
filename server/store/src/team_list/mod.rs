//! Support's list of teams: searched, filtered, sorted, page by page.

mod search_words;

use std::collections::HashMap;

use model::ids::TeamId;
use model::support::{TeamSort, WaitingFor};
use model::{IdentityProvider, TeamStatus};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, Select,
    Value,
};

use crate::code::Code;
use crate::entities::team_listings::{Column, Entity};
use crate::row::{all, row};
use crate::{Result, Timestamp, keyset};

pub use search_words::{SearchMatches, WordLimits, find_words};

row! {
    /// A team, as the list is sorted and filtered.
    TeamListing in team_listings {
        /// The team.
        team_id: TeamId,
        /// Its name in lower case.
        sort_name: String,
        /// Where it is in its life.
        status: TeamStatus,
        /// Since when.
        status_since: Timestamp,
        /// The identity provider that it uses; a newer version may know more of them.
        identity_provider: Option<Code<IdentityProvider>>,
        /// When the last certificate of its live revision ends.
        certificate_ends_at: Option<Timestamp>,
        /// When somebody last signed in; the beginning of 1970 if nobody did.
        last_sign_in_at: Timestamp,
        /// The last sign-in that failed, if none succeeded since.
        failed_at: Option<Timestamp>,
    }
}

/// The column that the list is sorted by.
const fn sort_column(sort: TeamSort) -> Column {
    match sort {
        TeamSort::Name => Column::SortName,
        TeamSort::StatusSince => Column::StatusSince,
        TeamSort::LastSignIn | TeamSort::LongestQuiet => Column::LastSignInAt,
    }
}

impl TeamListing {
    /// Where the team is in a list that is sorted so.
    #[must_use]
    pub fn position(&self, sort: TeamSort) -> TeamPosition {
        let value = match sort {
            TeamSort::Name => SortValue::Text(self.sort_name.clone()),
            TeamSort::StatusSince => SortValue::Moment(self.status_since),
            TeamSort::LastSignIn | TeamSort::LongestQuiet => SortValue::Moment(self.last_sign_in_at),
        };
        TeamPosition { value, team: self.team_id }
    }
}

/// What a team is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortValue {
    /// Its name.
    Text(String),
    /// A moment of it.
    Moment(Timestamp),
}

impl SortValue {
    fn into_column(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Moment(at) => at.into(),
        }
    }
}

/// A place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamPosition {
    /// By what the list is sorted.
    pub value: SortValue,
    /// The team: of several with the same value.
    pub team: TeamId,
}

/// Which page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TeamPageStart {
    /// The first one.
    #[default]
    First,
    /// The one after this place.
    After(TeamPosition),
    /// The one before it.
    Before(TeamPosition),
}

/// Which teams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamQuery {
    /// In this status.
    pub status: Option<TeamStatus>,
    /// Waiting for support, or for the team.
    pub waiting: Option<WaitingFor>,
    /// Whose last certificate ends since.
    pub certificate_ends_from: Option<Timestamp>,
    /// Whose last certificate ends before.
    pub certificate_ends_before: Option<Timestamp>,
    /// Whose sign-ins failed since, the last one among them.
    pub failed_since: Option<Timestamp>,
    /// Where nobody has signed in since.
    pub quiet_since: Option<Timestamp>,
    /// With this identity provider.
    pub identity_provider: Option<IdentityProvider>,
    /// In this order.
    pub sort: TeamSort,
    /// From here.
    pub start: TeamPageStart,
}

impl TeamQuery {
    const fn is_backwards(&self) -> bool {
        matches!(self.start, TeamPageStart::Before(_))
    }

    fn is_read_descending(&self) -> bool {
        matches!(self.sort, TeamSort::LastSignIn) != self.is_backwards()
    }
}

/// Teams in review. The status stands in the text of the statement: as a parameter it would not tell
/// SQLite that the index of just these teams may be read.
pub(crate) fn is_in_review() -> Expr {
    Expr::cust("team_listings.status = 'in_review'")
}

/// The condition on a team, but for the words.
fn condition(query: &TeamQuery) -> Condition {
    let statuses = |waiting: WaitingFor| match waiting.statuses() {
        [TeamStatus::InReview] => is_in_review(),
        statuses => Column::Status.is_in(statuses.iter().map(|status| status.as_str())),
    };
    Condition::all()
        .add_option(query.status.map(|status| Column::Status.eq(status.as_str())))
        .add_option(query.waiting.map(statuses))
        .add_option(query.certificate_ends_from.map(|from| Column::CertificateEndsAt.gte(from)))
        .add_option(query.certificate_ends_before.map(|before| Column::CertificateEndsAt.lt(before)))
        .add_option(query.failed_since.map(|since| Column::FailedAt.gte(since)))
        .add_option(query.quiet_since.map(|since| Column::LastSignInAt.lt(since)))
        .add_option(query.identity_provider.map(|provider| Column::IdentityProvider.eq(provider.as_str())))
}

/// Teams of the list.
#[derive(Clone, Debug)]
pub struct FoundTeams<T> {
    /// In the order of the list.
    pub teams: Vec<T>,
    /// Whether there may be more than these, though there are fewer than were asked for.
    pub is_cut_short: bool,
}

/// Teams from one place on, or before it; always in the order of the list. `most` of them, if there are so
/// many; where a word is of most teams, `enough` will do.
pub async fn find(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
    enough: u64,
    most: u64,
) -> Result<FoundTeams<TeamListing>> {
    let FoundTeams { teams, is_cut_short } = find_ids(db, query, words, enough, most).await?;
    Ok(FoundTeams { teams: listings(db, &teams).await?, is_cut_short })
}

/// The first `page` teams of the list, and how many there are on all pages together; counts no further than
/// `most`. Both are of one search: words are looked for once.
pub async fn first_page(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
    page: usize,
    most: u64,
) -> Result<(Vec<TeamListing>, CountedTeams)> {
    let enough = u64::try_from(page).unwrap_or(most);
    let FoundTeams { teams, is_cut_short } = find_ids(db, query, words, enough, most).await?;
    let counted = CountedTeams { teams: teams.len().try_into().unwrap_or(most), is_cut_short };
    let shown = teams.get(..page).unwrap_or(&teams);
    Ok((listings(db, shown).await?, counted))
}

/// As [`find`], when only the teams themselves are asked for.
pub async fn find_ids(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
    enough: u64,
    most: u64,
) -> Result<FoundTeams<TeamId>> {
    let ids = async |condition: Condition| -> Result<Vec<TeamId>> {
        let select = in_order(query).filter(condition).limit(most).select_only().column(Column::TeamId);
        let ids = select.into_tuple::<Uuid>().all(db).await?;
        let mut ids: Vec<TeamId> = ids.into_iter().map(TeamId::from).collect();
        if query.is_backwards() {
            ids.reverse();
        }
        Ok(ids)
    };
    let Some(end) = end_of_walk(db, query, words, in_order(query)).await? else {
        return Ok(FoundTeams { teams: ids(words.condition()).await?, is_cut_short: false });
    };
    let teams = ids(words.condition().add(end)).await?;
    let found = u64::try_from(teams.len()).unwrap_or(most);
    if found >= enough {
        return Ok(FoundTeams { teams, is_cut_short: found < most });
    }
    Ok(FoundTeams { teams: ids(words.with_word_looked_up().condition()).await?, is_cut_short: false })
}

/// At most so many of the teams that have just this name, whatever the case of its letters. It may hold no NUL, which
/// PostgreSQL refuses.
pub async fn with_name(db: &impl ConnectionTrait, name: &str, most: u64) -> Result<Vec<TeamId>> {
    let named = Entity::find().filter(Column::SortName.eq(name.to_lowercase())).order_by_asc(Column::TeamId);
    let ids = named.limit(most).select_only().column(Column::TeamId).into_tuple::<Uuid>().all(db).await?;
    Ok(ids.into_iter().map(TeamId::from).collect())
}

/// What the list says of teams, in their order.
async fn listings(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<Vec<TeamListing>> {
    let ids = teams.iter().map(|team| team.as_uuid());
    let found: Vec<TeamListing> = all(db, Entity::find().filter(Column::TeamId.is_in(ids))).await?;
    let mut found: HashMap<TeamId, TeamListing> = found.into_iter().map(|team| (team.team_id, team)).collect();
    Ok(teams.iter().filter_map(|team| found.remove(team)).collect())
}

/// Where the search for words of most teams ends: at the last of the teams that it looks at. None for other
/// words, and where there are fewer teams.
async fn end_of_walk(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
    select: Select<Entity>,
) -> Result<Option<Expr>> {
    let Some(scan_limit) = words.scan_limit() else { return Ok(None) };
    let last: Vec<TeamListing> = all(db, select.offset(scan_limit).limit(1)).await?;
    let end = |last: &TeamListing| beside(query, &last.position(query.sort), !query.is_read_descending(), true);
    Ok(last.first().map(end))
}

/// All teams of a query that stand where it begins, in the direction of reading.
fn in_order(query: &TeamQuery) -> Select<Entity> {
    let select = Entity::find().filter(condition(query));
    let select = match &query.start {
        TeamPageStart::First => select,
        TeamPageStart::After(place) | TeamPageStart::Before(place) => {
            select.filter(beside(query, place, query.is_read_descending(), false))
        }
    };
    let order = if query.is_read_descending() { Order::Desc } else { Order::Asc };
    select.order_by(sort_column(query.sort), order.clone()).order_by(Column::TeamId, order)
}

/// Rows on one side of a place in the order of the list, of less or of more; with the one at it or without.
fn beside(query: &TeamQuery, place: &TeamPosition, is_less: bool, with_it: bool) -> Expr {
    let value = (sort_column(query.sort), place.value.clone().into_column());
    keyset::beside(value, (Column::TeamId, place.team.as_uuid()), is_less, with_it)
}

/// How many teams there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedTeams {
    /// So many were counted.
    pub teams: u64,
    /// Whether there may be more, though they were counted no further than was asked for.
    pub is_cut_short: bool,
}

/// How many teams there are on all pages together; counts no further than `most`.
pub async fn count(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    words: &SearchMatches,
    most: u64,
) -> Result<CountedTeams> {
    let query = TeamQuery { start: TeamPageStart::First, ..query.clone() };
    let end = end_of_walk(db, &query, words, in_order(&query)).await?;
    let is_walk = end.is_some();
    let teams = Entity::find().filter(condition(&query)).filter(words.condition());
    let teams = end.into_iter().fold(teams, Select::filter).select_only().column(Column::TeamId);
    // in the list's order: its index holds all that is asked for
    let teams =
        search_words::count_rows(db, teams.order_by_asc(sort_column(query.sort)).limit(most).into_query()).await?;
    Ok(CountedTeams { teams, is_cut_short: is_walk && teams < most })
}
