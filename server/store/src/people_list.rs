//! Lists of people as pages show them: the latest sign-in first, page by page.

use model::ids::{PersonId, TeamId};
use model::people::PersonState;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::accounts;
use crate::entities::people::{Column, Entity};
use crate::people::Person;
use crate::row::all;
use crate::text_search::pattern_of_part;
use crate::{ListPosition, Result, Timestamp, keyset};

/// Which people of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Whose.
    pub team: TeamId,
    /// All of these parts, in lower case, are in what the person is found by.
    pub parts: Vec<String>,
    /// Only who may sign in, or who may not.
    pub state: Option<PersonState>,
    /// Who has not signed in since.
    pub not_since: Option<Timestamp>,
    /// After this place: a person, and when they last signed in.
    pub older_than: Option<ListPosition<PersonId>>,
}

/// The people, the latest sign-in first.
pub async fn find(db: &impl ConnectionTrait, query: &PeopleQuery, limit: u64) -> Result<Vec<Person>> {
    let is_in_state = |state| match state {
        PersonState::Active => Column::DeactivatedAt.is_null(),
        PersonState::Deactivated => Column::DeactivatedAt.is_not_null(),
    };
    let mut condition = Condition::all()
        .add(Column::TeamId.eq(query.team.as_uuid()))
        .add_option(query.state.map(is_in_state))
        .add_option(query.not_since.map(|since| Column::LastSignInAt.lte(since)))
        .add_option(query.older_than.map(|place| keyset::is_after(place, Column::LastSignInAt, Column::Id)));
    for part in &query.parts {
        condition = condition.add(Column::SearchText.like(pattern_of_part(part)));
    }
    let people = Entity::find().filter(condition).order_by_desc(Column::LastSignInAt).order_by_desc(Column::Id);
    all(db, people.limit(limit)).await
}

/// People of a team whom all of these parts fit, in lower case; at most so many.
pub async fn with_parts(
    db: &impl ConnectionTrait,
    team: TeamId,
    parts: &[String],
    limit: u64,
) -> Result<Vec<PersonId>> {
    let mut condition = Condition::all().add(Column::TeamId.eq(team.as_uuid()));
    for part in parts {
        condition = condition.add(Column::SearchText.like(pattern_of_part(part)));
    }
    let people = Entity::find().filter(condition).order_by_desc(Column::LastSignInAt).order_by_desc(Column::Id);
    let people: Vec<Uuid> = people.select_only().column(Column::Id).limit(limit).into_tuple().all(db).await?;
    Ok(people.into_iter().map(PersonId::from).collect())
}

/// People of any team who have not signed in since, at most so many. Who is deactivated is not
/// among them, since a new sign-in would make them somebody new, nor who signs in to support.
pub async fn inactive_since(
    db: &impl ConnectionTrait,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<(TeamId, PersonId)>> {
    let of_support = accounts::Entity::find()
        .select_only()
        .column(accounts::Column::PersonId)
        .filter(accounts::Column::PersonId.is_not_null());
    let found: Vec<(Uuid, Uuid)> = Entity::find()
        .select_only()
        .columns([Column::TeamId, Column::Id])
        .filter(Column::LastSignInAt.lte(since))
        .filter(Column::DeactivatedAt.is_null())
        .filter(Column::Id.not_in_subquery(sea_orm::QueryTrait::into_query(of_support)))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(team, person)| (team.into(), person.into())).collect())
}
