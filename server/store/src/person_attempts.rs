//! A person's sign-in attempts: those that were verified to be theirs, and those that were refused, or
//! were tests, and name them.

use model::ids::{PersonId, TeamId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Result;
use crate::attempts::Attempt;
use crate::entities::attempts::{Column, Entity};
use crate::row::all;

/// Whose attempts, and what they are found by.
#[derive(Clone, Debug)]
pub struct PersonAttempts {
    /// The team.
    pub team: TeamId,
    /// The person.
    pub person: PersonId,
    /// Their name identifier.
    pub name_id: String,
    /// Their e-mail address and their name identifier in lower case, as [`Attempt::subject`] has them.
    pub subjects: Vec<String>,
}

impl PersonAttempts {
    /// One condition for each index; what one finds no other does.
    pub(crate) fn conditions(&self) -> [Condition; 3] {
        let of_nobody = || Condition::all().add(Column::PersonId.is_null()).add(Column::TeamId.eq(self.team.as_uuid()));
        let is_other = Condition::any().add(Column::NameId.is_null()).add(Column::NameId.ne(&self.name_id));
        [
            Condition::all()
                .add(Column::PersonId.eq(self.person.as_uuid()))
                .add(Column::TeamId.eq(self.team.as_uuid())),
            of_nobody().add(Column::NameId.eq(&self.name_id)),
            of_nobody().add(Column::Subject.is_in(&self.subjects)).add(is_other),
        ]
    }

    /// The newest, newest first.
    pub async fn latest(&self, db: &impl ConnectionTrait, limit: usize) -> Result<Vec<Attempt>> {
        let mut latest: Vec<Attempt> = Vec::new();
        for condition in self.conditions() {
            let found = Entity::find().filter(condition).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
            latest.extend(all::<_, Attempt>(db, found.limit(u64::try_from(limit).unwrap_or(u64::MAX))).await?);
        }
        latest.sort_by_key(|attempt| std::cmp::Reverse((attempt.created_at, attempt.id)));
        latest.truncate(limit);
        Ok(latest)
    }
}
