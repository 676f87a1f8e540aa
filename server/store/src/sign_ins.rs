//! Lists of attempts, newest first, page by page, and the one with a reference.

use chrono::TimeDelta;
use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use crate::attempts::{Attempt, status};
use crate::entities::attempts::{Column, Entity};
use crate::{Result, Timestamp};

/// What is asked for by outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A session began, or a test ended well.
    Succeeded,
    /// A check failed.
    Failed,
    /// With the identity provider or on the way back from it, in time.
    Waiting,
    /// Went there, and did not return in time.
    NeverReturned,
    /// Was verified, and did not come for its session in time.
    NotFinished,
}

/// Where a page ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When the last attempt of the page began.
    pub at: Timestamp,
    /// The attempt.
    pub id: Uuid,
}

/// Which attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptQuery {
    /// Of this team; of all teams otherwise.
    pub team: Option<TeamId>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// About this address or name identifier.
    pub person: Option<String>,
    /// With this finding.
    pub finding: Option<String>,
    /// Since.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// With this reference.
    pub reference: Option<String>,
    /// Tests only, or none.
    pub is_test: Option<bool>,
    /// After this place.
    pub older_than: Option<Place>,
}

/// The newest attempts, newest first.
pub async fn find(db: &impl ConnectionTrait, query: &AttemptQuery, now: Timestamp, limit: u64) -> Result<Vec<Attempt>> {
    let mut all = Condition::all()
        .add_option(query.team.map(|team| Column::TeamId.eq(team.as_uuid())))
        .add_option(query.finding.as_ref().map(|finding| Column::Finding.eq(finding)))
        .add_option(query.from.map(|from| Column::CreatedAt.gte(from)))
        .add_option(query.until.map(|until| Column::CreatedAt.lt(until)))
        .add_option(query.reference.as_ref().map(|reference| Column::Reference.eq(reference)))
        .add_option(query.is_test.map(|is_test| Column::IsTest.eq(is_test)))
        .add_option(query.outcome.map(|outcome| of_outcome(outcome, now)));
    if let Some(person) = &query.person {
        all = all.add(Column::Subject.eq(person.to_lowercase()).or(Column::NameId.eq(person)));
    }
    if let Some(place) = query.older_than {
        let same_moment = Column::CreatedAt.eq(place.at).and(Column::Id.lt(place.id));
        // the first half alone says where the index is entered
        all = all.add(Column::CreatedAt.lte(place.at)).add(Column::CreatedAt.lt(place.at).or(same_moment));
    }
    let attempts = Entity::find().filter(all).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    Ok(attempts.limit(limit).all(db).await?)
}

fn of_outcome(outcome: Outcome, now: Timestamp) -> Condition {
    let of = |status: &str| Condition::all().add(Column::Status.eq(status));
    let over = |status| of(status).add(Column::ExpiresAt.lte(now));
    match outcome {
        Outcome::Succeeded => of(status::SUCCEEDED),
        Outcome::Failed => of(status::FAILED),
        Outcome::Waiting => {
            let under_way = Column::Status.is_in([status::OPEN, status::VERIFIED]);
            // nothing is under way for so long: says where the index is entered
            let lately = Column::CreatedAt.gt(now - TimeDelta::hours(1));
            Condition::all().add(under_way).add(lately).add(Column::ExpiresAt.gt(now))
        }
        Outcome::NeverReturned => over(status::OPEN),
        Outcome::NotFinished => over(status::VERIFIED),
    }
}

/// How an attempt stands: what watching it needs, and no more.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct State {
    /// Its reference.
    pub reference: String,
    /// Where it is.
    pub status: String,
    /// How many events it has.
    pub event_count: i32,
    /// Until when it may go on.
    pub expires_at: Timestamp,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}

/// Which attempts are watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched<'a> {
    /// So many of the newest.
    Newest(u64),
    /// The latest test.
    LatestTest,
    /// The one with this reference.
    Reference(&'a str),
}

/// How these attempts stand, of a team or for support of any, newest first.
pub async fn states(db: &impl ConnectionTrait, team: Option<TeamId>, watched: Watched<'_>) -> Result<Vec<State>> {
    let (only, limit) = match watched {
        Watched::Newest(limit) => (None, limit),
        Watched::LatestTest => (Some(Column::IsTest.eq(true)), 1),
        Watched::Reference(reference) => (Some(Column::Reference.eq(reference)), 1),
    };
    let of_team = team.map(|team| Column::TeamId.eq(team.as_uuid()));
    let columns = [Column::Reference, Column::Status, Column::EventCount, Column::ExpiresAt, Column::FinishedAt];
    let attempts = Entity::find().select_only().columns(columns);
    let attempts = attempts.filter(Condition::all().add_option(of_team).add_option(only));
    let attempts = attempts.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    Ok(attempts.limit(limit).into_model().all(db).await?)
}

/// The attempt with a reference: of a team, or for support of any.
pub async fn by_reference(db: &impl ConnectionTrait, team: Option<TeamId>, reference: &str) -> Result<Option<Attempt>> {
    let team = Condition::all().add_option(team.map(|team| Column::TeamId.eq(team.as_uuid())));
    Ok(Entity::find().filter(Column::Reference.eq(reference)).filter(team).one(db).await?)
}

/// Deletes at most this many attempts from before a moment, with all that hangs on them, and
/// says how many went.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp, limit: u64) -> Result<u64> {
    let mut old = Query::select();
    old.column(Column::Id).from(Entity).and_where(Expr::col(Column::CreatedAt).lte(before)).limit(limit);
    Ok(Entity::delete_many().filter(Column::Id.in_subquery(old)).exec(db).await?.rows_affected)
}
