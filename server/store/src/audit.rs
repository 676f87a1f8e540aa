//! The audit trail.

use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub use crate::entities::audit_events::Model as AuditEvent;
pub use crate::entities::audit_heads::Model as AuditHead;
use crate::entities::{audit_events, audit_heads};
use crate::{Error, Result, Timestamp, Tx};

/// The end of a chain, locked until the transaction ends: of two acts at the same time, one
/// is written after the other. A new chain begins at 0 with an empty hash.
pub async fn lock_head(tx: &Tx, chain: Uuid) -> Result<AuditHead> {
    let fresh = AuditHead { chain, sequence: 0, hash: Vec::new() };
    let row: audit_heads::ActiveModel = fresh.clone().into();
    let once = OnConflict::column(audit_heads::Column::Chain).do_nothing().to_owned();
    audit_heads::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(audit_heads::Entity::find_by_id(chain).lock_exclusive().one(tx).await?.unwrap_or(fresh))
}

/// Adds an event to the end of its chain, whose head the transaction has locked.
pub async fn append(tx: &Tx, event: AuditEvent) -> Result<()> {
    let unchained = Error::UnknownValue { table: "audit_events", column: "chain" };
    let (Some(chain), Some(sequence), Some(hash)) = (event.chain, event.sequence, event.hash.clone()) else {
        return Err(unchained);
    };
    let row: audit_events::ActiveModel = event.into();
    audit_events::Entity::insert(row).exec_without_returning(tx).await?;
    let head = audit_heads::ActiveModel { chain: Set(chain), sequence: Set(sequence), hash: Set(hash) };
    audit_heads::Entity::update(head).exec(tx).await?;
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

/// A chain's events of these kinds on one target since a moment, newest first.
pub async fn on_target(
    db: &impl ConnectionTrait,
    chain: Uuid,
    actions: &[&str],
    target: &str,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<AuditEvent>> {
    let events = audit_events::Entity::find()
        .filter(audit_events::Column::Chain.eq(chain))
        .filter(audit_events::Column::At.gt(since))
        .filter(audit_events::Column::Action.is_in(actions.iter().copied()))
        .filter(audit_events::Column::Target.eq(target))
        .order_by_desc(audit_events::Column::Sequence);
    Ok(events.limit(limit).all(db).await?)
}
