//! Arrivals at addresses that are none of a team's.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::stray_arrivals;
pub use crate::entities::stray_arrivals::Model as StrayArrival;
use crate::{Result, Timestamp};

/// Adds one.
pub async fn insert(db: &impl ConnectionTrait, arrival: StrayArrival) -> Result<()> {
    let row: stray_arrivals::ActiveModel = arrival.into();
    stray_arrivals::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The one with a reference.
pub async fn by_reference(db: &impl ConnectionTrait, reference: &str) -> Result<Option<StrayArrival>> {
    Ok(stray_arrivals::Entity::find_by_id(reference).one(db).await?)
}

/// Deletes those from before a moment, and says how many went.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64> {
    let old = stray_arrivals::Entity::delete_many().filter(stray_arrivals::Column::CreatedAt.lte(before));
    Ok(old.exec(db).await?.rows_affected)
}
