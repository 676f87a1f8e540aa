//! Support's list of teams: searched, filtered, sorted, page by page.

use std::collections::BTreeSet;

use model::ids::TeamId;
use model::support::WaitingFor;
use model::{IdentityProvider, TeamStatus};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::code::Code;
use crate::entities::team_listings::{Column, Entity};
use crate::entities::team_search_terms;
use crate::row::{all, row};
use crate::text_search::begins_with;
use crate::{Result, Timestamp};

/// A word that finds no more terms than these says which teams can be meant at all.
const FEW_TERMS: u64 = 2_000;
/// More terms than there are. With a limit, both databases look for a word once and remember what it
/// finds, instead of looking for it at each team of the list in turn: words that names begin with stand
/// together in the list, perhaps at its end.
const ALL_TERMS: u64 = 10_000_000;

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

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamSort {
    /// By name.
    #[default]
    Name,
    /// Who has had the same status for longest first.
    StatusSince,
    /// Whose people signed in last first.
    LastSignIn,
    /// Whose people have not signed in for longest first.
    LongestQuiet,
}

impl TeamSort {
    const fn column(self) -> Column {
        match self {
            Self::Name => Column::SortName,
            Self::StatusSince => Column::StatusSince,
            Self::LastSignIn | Self::LongestQuiet => Column::LastSignInAt,
        }
    }

    const fn is_descending(self) -> bool {
        matches!(self, Self::LastSignIn)
    }

    /// Where a team is in the list.
    #[must_use]
    pub fn position(self, team: &TeamListing) -> TeamPosition {
        let value = match self {
            Self::Name => SortValue::Text(team.sort_name.clone()),
            Self::StatusSince => SortValue::Moment(team.status_since),
            Self::LastSignIn | Self::LongestQuiet => SortValue::Moment(team.last_sign_in_at),
        };
        TeamPosition { value, team: team.team_id }
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

/// What the words of a search find.
#[derive(Clone, Debug)]
pub struct FoundByWords {
    /// The only teams that can be meant, if these are few.
    teams: Option<BTreeSet<Uuid>>,
    /// Words that find many teams.
    frequent: Vec<String>,
}

/// Looks for words: each is a prefix of one of a team's terms.
pub async fn find_words(db: &impl ConnectionTrait, words: &[String]) -> Result<FoundByWords> {
    let mut found = FoundByWords { teams: None, frequent: Vec::new() };
    for word in words {
        let select =
            team_search_terms::Entity::find().filter(begins_with(team_search_terms::Column::Term, word)).select_only();
        let select = select.column(team_search_terms::Column::TeamId).limit(FEW_TERMS + 1);
        let teams: Vec<Uuid> = select.into_tuple().all(db).await?;
        if u64::try_from(teams.len()).is_ok_and(|found| found > FEW_TERMS) {
            found.frequent.push(word.clone());
            continue;
        }
        let teams: BTreeSet<Uuid> = teams.into_iter().collect();
        found.teams = Some(match found.teams {
            Some(before) => before.intersection(&teams).copied().collect(),
            None => teams,
        });
    }
    Ok(found)
}

fn teams_with(word: &str) -> SelectStatement {
    let (terms, team) = (team_search_terms::Entity, team_search_terms::Column::TeamId);
    Query::select()
        .column(team)
        .from(terms)
        .and_where(begins_with(team_search_terms::Column::Term, word))
        .limit(ALL_TERMS)
        .to_owned()
}

fn condition(query: &TeamQuery, found: &FoundByWords) -> Condition {
    let statuses = |waiting: WaitingFor| Column::Status.is_in(waiting.statuses().iter().map(|status| status.as_str()));
    let teams = found.teams.as_ref().map(|teams| Column::TeamId.is_in(teams.iter().copied()));
    let mut condition = Condition::all()
        .add_option(query.status.map(|status| Column::Status.eq(status.as_str())))
        .add_option(query.waiting.map(statuses))
        .add_option(query.certificate_ends_from.map(|from| Column::CertificateEndsAt.gte(from)))
        .add_option(query.certificate_ends_before.map(|before| Column::CertificateEndsAt.lt(before)))
        .add_option(query.failed_since.map(|since| Column::FailedAt.gte(since)))
        .add_option(query.quiet_since.map(|since| Column::LastSignInAt.lt(since)))
        .add_option(query.identity_provider.map(|provider| Column::IdentityProvider.eq(provider.as_str())))
        .add_option(teams);
    for word in &found.frequent {
        condition = condition.add(Column::TeamId.in_subquery(teams_with(word)));
    }
    condition
}

/// Teams from one place on, or before it; always in the order of the list.
pub async fn find(
    db: &impl ConnectionTrait,
    query: &TeamQuery,
    found: &FoundByWords,
    limit: u64,
) -> Result<Vec<TeamListing>> {
    let is_backwards = matches!(query.start, TeamPageStart::Before(_));
    let is_descending = query.sort.is_descending() != is_backwards;
    let select = Entity::find().filter(condition(query, found));
    let select = match &query.start {
        TeamPageStart::First => select,
        TeamPageStart::After(place) | TeamPageStart::Before(place) => {
            beyond(select, query.sort.column(), place, is_descending)
        }
    };
    let order = if is_descending { Order::Desc } else { Order::Asc };
    let select = select.order_by(query.sort.column(), order.clone()).order_by(Column::TeamId, order);
    let mut teams: Vec<TeamListing> = all(db, select.limit(limit)).await?;
    if is_backwards {
        teams.reverse();
    }
    Ok(teams)
}

/// Rows beyond a place, in the direction of reading.
fn beyond(select: Select<Entity>, column: Column, place: &TeamPosition, is_descending: bool) -> Select<Entity> {
    let value: sea_orm::Value = match &place.value {
        SortValue::Text(text) => text.clone().into(),
        SortValue::Moment(at) => (*at).into(),
    };
    let (team, same) = (place.team.as_uuid(), column.eq(value.clone()));
    // the first half alone says where the index is entered
    if is_descending {
        let beyond = column.lt(value.clone()).or(same.and(Column::TeamId.lt(team)));
        select.filter(column.lte(value)).filter(beyond)
    } else {
        let beyond = column.gt(value.clone()).or(same.and(Column::TeamId.gt(team)));
        select.filter(column.gte(value)).filter(beyond)
    }
}

/// How many teams there are on all pages together; counts no further than `most`.
pub async fn count(db: &impl ConnectionTrait, query: &TeamQuery, found: &FoundByWords, most: u64) -> Result<u64> {
    let teams = Entity::find().filter(condition(query, found)).select_only().column(Column::TeamId);
    // in the list's order: its index holds all that is asked for
    let teams = teams.order_by_asc(query.sort.column()).limit(most);
    Ok(teams.into_tuple::<Uuid>().all(db).await?.len().try_into().unwrap_or(most))
}
