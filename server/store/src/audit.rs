//! The audit trail.

use model::ids::TeamId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Result;
use crate::entities::audit_events;
pub use crate::entities::audit_events::Model as AuditEvent;

/// Adds an event.
pub async fn insert(db: &impl ConnectionTrait, event: AuditEvent) -> Result<()> {
    let row: audit_events::ActiveModel = event.into();
    audit_events::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A team's latest events, newest first.
pub async fn of_team(db: &impl ConnectionTrait, team: TeamId, limit: u64) -> Result<Vec<AuditEvent>> {
    let events = audit_events::Entity::find()
        .filter(audit_events::Column::TeamId.eq(team.as_uuid()))
        .order_by_desc(audit_events::Column::At)
        .order_by_desc(audit_events::Column::Id);
    Ok(events.limit(limit).all(db).await?)
}
