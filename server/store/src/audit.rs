//! The audit trail.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, Func, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

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

/// Which events.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Of this chain; of all otherwise.
    pub chain: Option<Uuid>,
    /// By this actor, as it is written.
    pub actor: Option<String>,
    /// With this code.
    pub action: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Older than the event at this place.
    pub older_than: Option<AuditPlace>,
}

/// A place in the order of events: by time, and within a moment by their place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPlace {
    /// When the event happened.
    pub at: Timestamp,
    /// Its place in its chain; 0 for one from before there were chains.
    pub sequence: i64,
    /// The event.
    pub id: Uuid,
}

impl AuditEvent {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> AuditPlace {
        AuditPlace { at: self.at, sequence: self.sequence.unwrap_or_default(), id: self.id }
    }
}

/// The newest events, newest first.
pub async fn find(db: &impl ConnectionTrait, query: &AuditQuery, limit: u64) -> Result<Vec<AuditEvent>> {
    use audit_events::Column;
    let mut rows = audit_events::Entity::find();
    match query.chain {
        // events from before there were chains know their team only
        Some(chain) if chain.is_nil() => rows = rows.filter(Column::TeamId.is_null()),
        Some(chain) => rows = rows.filter(Column::TeamId.eq(chain)),
        None => {}
    }
    if let Some(actor) = &query.actor {
        rows = rows.filter(Column::Actor.eq(actor));
    }
    if let Some(action) = &query.action {
        rows = rows.filter(Column::Action.eq(action));
    }
    if let Some(from) = query.from {
        rows = rows.filter(Column::At.gte(from));
    }
    if let Some(until) = query.until {
        rows = rows.filter(Column::At.lt(until));
    }
    let sequence = || Func::coalesce([Expr::col(Column::Sequence), Expr::value(0_i64)]);
    if let Some(place) = query.older_than {
        let before = Expr::expr(sequence()).lt(place.sequence);
        let beside = Expr::expr(sequence()).eq(place.sequence).and(Column::Id.lt(place.id));
        let same_moment = Column::At.eq(place.at).and(before.or(beside));
        rows = rows.filter(Column::At.lt(place.at).or(same_moment));
    }
    let rows = rows.order_by_desc(Column::At).order_by_desc(Expr::expr(sequence())).order_by_desc(Column::Id);
    Ok(rows.limit(limit).all(db).await?)
}

/// A chain's events after a place in it, in their order.
pub async fn links(db: &impl ConnectionTrait, chain: Uuid, after: i64, limit: u64) -> Result<Vec<AuditEvent>> {
    let links = audit_events::Entity::find()
        .filter(audit_events::Column::Chain.eq(chain))
        .filter(audit_events::Column::Sequence.gt(after))
        .order_by_asc(audit_events::Column::Sequence);
    Ok(links.limit(limit).all(db).await?)
}

/// The ends of all chains.
pub async fn heads(db: &impl ConnectionTrait) -> Result<Vec<AuditHead>> {
    Ok(audit_heads::Entity::find().order_by_asc(audit_heads::Column::Chain).all(db).await?)
}

/// Chains that have events: also those whose end was taken away.
pub async fn chains(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let chains = audit_events::Entity::find()
        .select_only()
        .column(audit_events::Column::Chain)
        .filter(audit_events::Column::Chain.is_not_null())
        .distinct();
    Ok(chains.into_tuple().all(db).await?)
}

/// How many events stand in no chain, and how many of these came after the first that does.
pub async fn unchained(db: &impl ConnectionTrait) -> Result<(u64, u64)> {
    use audit_events::Column;
    let loose = audit_events::Entity::find().filter(Column::Chain.is_null());
    let all = loose.clone().count(db).await?;
    let first =
        audit_events::Entity::find().filter(Column::Chain.is_not_null()).order_by_asc(Column::At).one(db).await?;
    let late = match first {
        Some(first) => loose.filter(Column::At.gt(first.at)).count(db).await?,
        None => 0,
    };
    Ok((all, late))
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
