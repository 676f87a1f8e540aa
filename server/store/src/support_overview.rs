//! What support's overview says of all teams, read from indexes that hold nothing else.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::team_listings::{Column, Entity};
use crate::row::all;
use crate::team_list::{TeamListing, is_in_review};
use crate::{Result, Timestamp};

/// The teams that wait for review, longest wait first.
pub async fn waiting(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<TeamListing>> {
    let teams = Entity::find().filter(is_in_review());
    all(db, teams.order_by_asc(Column::StatusSince).order_by_asc(Column::TeamId).limit(limit)).await
}

/// How many teams have waited for review since before a moment.
pub async fn count_waiting_since_before(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64> {
    let teams = Entity::find().filter(is_in_review()).filter(Column::StatusSince.lt(before));
    Ok(teams.select_only().column(Column::TeamId).count(db).await?)
}

fn certificate_ends(from: Option<Timestamp>, before: Timestamp) -> Condition {
    let condition = Condition::all().add_option(from.map(|from| Column::CertificateEndsAt.gte(from)));
    condition.add(Column::CertificateEndsAt.lt(before))
}

/// How many teams' last certificate ends between two moments, or ended before the second one.
pub async fn count_certificates(db: &impl ConnectionTrait, from: Option<Timestamp>, before: Timestamp) -> Result<u64> {
    let teams = Entity::find().filter(certificate_ends(from, before));
    Ok(teams.select_only().column(Column::TeamId).count(db).await?)
}

/// The teams whose last certificate ends between two moments, the next one first.
pub async fn next_certificates(
    db: &impl ConnectionTrait,
    from: Timestamp,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<TeamListing>> {
    let teams = Entity::find().filter(certificate_ends(Some(from), before));
    all(db, teams.order_by_asc(Column::CertificateEndsAt).order_by_asc(Column::TeamId).limit(limit)).await
}
