//! Rows to write and to look for.

use chrono::DateTime;
use model::TeamStatus;
use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use store::teams::{self, Team};
use store::{ConnectionTrait, Db, Error};

fn id(number: u64) -> TeamId {
    Uuid::from_u128(number.into()).into()
}

pub async fn insert_team(db: &impl ConnectionTrait, number: u64) -> Result<(), Error> {
    let team = Team {
        id: id(number),
        slug: format!("team-{number}").parse().unwrap(),
        name: format!("Team {number}"),
        status: TeamStatus::Draft,
        status_words: None,
        submitted_at: None,
        created_at: DateTime::UNIX_EPOCH,
        second_factor_required: false,
        is_vendor: false,
        vendor_roles: None,
        identity_provider: None,
    };
    teams::insert(db, team).await
}

pub async fn has_team(db: &Db, number: u64) -> bool {
    teams::by_id(db.connection(), id(number)).await.unwrap().is_some()
}

pub async fn count_teams(db: &Db) -> usize {
    teams::list(db.connection()).await.unwrap().len()
}
