//! Lists of attempts as pages show them: newest first, page by page; and the one with a reference.

use chrono::TimeDelta;
use model::FindingCode;
use model::attempts::{AttemptKind, OutcomeKind};
use model::ids::{AttemptId, PersonId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::attempts::{Attempt, AttemptStatus, is_failed, is_open, is_test};
use crate::code::Code;
use crate::entities::attempts::{Column, Entity};
use crate::row::{FromColumn as _, all, one};
use crate::text_search::{begins_with, pattern_of_beginning};
use crate::{ListPosition, Result, Timestamp, keyset};

/// A text with which more attempts begin than these is looked for in the order of the list.
const FEW_ATTEMPTS: u64 = 2_000;

/// Whose attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AttemptTeams {
    /// Every team's.
    #[default]
    All,
    /// One team's.
    One(TeamId),
    /// The attempts of some.
    Several(Vec<TeamId>),
}

/// Which attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptQuery {
    /// Whose.
    pub teams: AttemptTeams,
    /// With this outcome.
    pub outcome: Option<OutcomeKind>,
    /// About whom [`find_subjects`] found.
    pub subjects: Option<FoundSubjects>,
    /// With this finding.
    pub finding: Option<FindingCode>,
    /// Since.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// With this reference.
    pub reference: Option<String>,
    /// Of this kind.
    pub kind: Option<AttemptKind>,
    /// After this place: an attempt, and when it began.
    pub older_than: Option<ListPosition<AttemptId>>,
}

/// Whom a text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSubjects {
    text: String,
    /// Whether so many addresses and name identifiers begin with it that the newest attempts are looked
    /// through instead of the index.
    is_frequent: bool,
    people: Vec<PersonId>,
}

/// Looks for the beginning of an address or name identifier, beside these people.
pub async fn find_subjects(db: &impl ConnectionTrait, text: &str, people: Vec<PersonId>) -> Result<FoundSubjects> {
    let beginning = Entity::find().filter(begins_with(Column::Subject, &text.to_lowercase()));
    let few: Vec<Uuid> =
        beginning.select_only().column(Column::Id).limit(FEW_ATTEMPTS + 1).into_tuple().all(db).await?;
    let is_frequent = u64::try_from(few.len()).is_ok_and(|found| found > FEW_ATTEMPTS);
    Ok(FoundSubjects { text: text.to_owned(), is_frequent, people })
}

impl FoundSubjects {
    fn condition(&self) -> Condition {
        let lower = self.text.to_lowercase();
        let beginning = if self.is_frequent {
            // no index holds it: the attempts are read in their order, and enough are found soon
            Column::Subject.like(pattern_of_beginning(&lower))
        } else {
            begins_with(Column::Subject, &lower)
        };
        let mut condition = Condition::any().add(beginning).add(Column::NameId.eq(&self.text));
        if !self.people.is_empty() {
            condition = condition.add(Column::PersonId.is_in(self.people.iter().map(|person| person.as_uuid())));
        }
        condition
    }
}

/// The newest attempts, newest first.
pub async fn find(db: &impl ConnectionTrait, query: &AttemptQuery, now: Timestamp, limit: u64) -> Result<Vec<Attempt>> {
    let teams = match &query.teams {
        AttemptTeams::All => return find_of(db, None, query, now, limit).await,
        AttemptTeams::One(team) => return find_of(db, Some(*team), query, now, limit).await,
        AttemptTeams::Several(teams) => teams,
    };
    // each team's are in the order of an index; those of several are not
    let mut attempts = Vec::new();
    for team in teams {
        attempts.extend(find_of(db, Some(*team), query, now, limit).await?);
    }
    attempts.sort_by_key(|attempt| std::cmp::Reverse((attempt.created_at, attempt.id.as_uuid())));
    attempts.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(attempts)
}

async fn find_of(
    db: &impl ConnectionTrait,
    team: Option<TeamId>,
    query: &AttemptQuery,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Attempt>> {
    let mut condition = Condition::all()
        .add_option(team.map(|team| Column::TeamId.eq(team.as_uuid())))
        .add_option(query.finding.map(|finding| Column::Finding.eq(finding.as_str())))
        .add_option(query.from.map(|from| Column::CreatedAt.gte(from)))
        .add_option(query.until.map(|until| Column::CreatedAt.lt(until)))
        .add_option(query.reference.as_ref().map(|reference| Column::Reference.eq(reference)))
        .add_option(query.kind.map(|kind| is_test(kind == AttemptKind::Tests)))
        .add_option(query.outcome.map(|outcome| has_outcome(outcome, now)))
        .add_option(query.older_than.map(|place| keyset::is_after(place, Column::CreatedAt, Column::Id)));
    if let Some(subjects) = &query.subjects {
        condition = condition.add(subjects.condition());
    }
    let attempts = Entity::find().filter(condition).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    all(db, attempts.limit(limit)).await
}

fn has_outcome(outcome: OutcomeKind, now: Timestamp) -> Condition {
    let is = |status: AttemptStatus| Condition::all().add(Column::Status.eq(status.code()));
    let is_overdue = |condition: Condition| condition.add(Column::ExpiresAt.lte(now));
    match outcome {
        OutcomeKind::Succeeded => is(AttemptStatus::Succeeded),
        OutcomeKind::Failed => is_failed(),
        OutcomeKind::Waiting => {
            let under_way = Column::Status.is_in([AttemptStatus::Open.code(), AttemptStatus::Verified.code()]);
            // nothing is under way for so long: says where the index is entered
            let lately = Column::CreatedAt.gt(now - TimeDelta::hours(1));
            Condition::all().add(under_way).add(lately).add(Column::ExpiresAt.gt(now))
        }
        OutcomeKind::NeverReturned => is_overdue(is_open()),
        OutcomeKind::NotFinished => is_overdue(is(AttemptStatus::Verified)),
    }
}

/// What live updates need of an attempt, and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptProgress {
    /// Its reference.
    pub reference: String,
    /// Where it is.
    pub status: AttemptStatus,
    /// How many events it has.
    pub event_count: i32,
    /// When it began.
    pub created_at: Timestamp,
    /// Until when it may go on.
    pub expires_at: Timestamp,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct ProgressRow {
    reference: String,
    status: Code<AttemptStatus>,
    event_count: i32,
    created_at: Timestamp,
    expires_at: Timestamp,
    finished_at: Option<Timestamp>,
}

impl TryFrom<ProgressRow> for AttemptProgress {
    type Error = crate::Error;

    fn try_from(row: ProgressRow) -> Result<Self> {
        Ok(Self {
            reference: row.reference,
            status: AttemptStatus::from_column(row.status, "attempts", "status")?,
            event_count: row.event_count,
            created_at: row.created_at,
            expires_at: row.expires_at,
            finished_at: row.finished_at,
        })
    }
}

/// Which attempts a page follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptSelection<'a> {
    /// So many of the newest.
    Newest(u64),
    /// The latest test.
    LatestTest,
    /// The one with this reference.
    Reference(&'a str),
}

/// How far these attempts are, of a team or for support of any, newest first.
pub async fn progress(
    db: &impl ConnectionTrait,
    team: Option<TeamId>,
    selection: AttemptSelection<'_>,
) -> Result<Vec<AttemptProgress>> {
    let (only, limit) = match selection {
        AttemptSelection::Newest(limit) => (None, limit),
        AttemptSelection::LatestTest => (Some(is_test(true)), 1),
        AttemptSelection::Reference(reference) => (Some(Column::Reference.eq(reference)), 1),
    };
    let of_team = team.map(|team| Column::TeamId.eq(team.as_uuid()));
    let columns = [
        Column::Reference,
        Column::Status,
        Column::EventCount,
        Column::CreatedAt,
        Column::ExpiresAt,
        Column::FinishedAt,
    ];
    let attempts = Entity::find().select_only().columns(columns);
    let attempts = attempts.filter(Condition::all().add_option(of_team).add_option(only));
    let attempts = attempts.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    let rows = attempts.limit(limit).into_model::<ProgressRow>().all(db).await?;
    rows.into_iter().map(AttemptProgress::try_from).collect()
}

/// The attempt with a reference: of a team, or for support of any.
pub async fn by_reference(db: &impl ConnectionTrait, team: Option<TeamId>, reference: &str) -> Result<Option<Attempt>> {
    let team = Condition::all().add_option(team.map(|team| Column::TeamId.eq(team.as_uuid())));
    one(db, Entity::find().filter(Column::Reference.eq(reference)).filter(team)).await
}

/// Deletes at most this many attempts from before a moment, with all that hangs on them, and
/// says how many went.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp, limit: u64) -> Result<u64> {
    let mut old = Query::select();
    old.column(Column::Id).from(Entity).and_where(Expr::col(Column::CreatedAt).lte(before)).limit(limit);
    Ok(Entity::delete_many().filter(Column::Id.in_subquery(old)).exec(db).await?.rows_affected)
}
