//! The audit trail.

use model::AuditAction;
use model::audit::ActorKind;
use model::ids::TeamId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::code::Code;
use crate::entities::{audit_events, audit_heads};
use crate::row::{all, one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// An event of the audit trail.
    AuditEvent in audit_events {
        /// Its identifier.
        id: Uuid,
        /// The team, or nil for the vendor.
        chain: Uuid,
        /// Its place in its chain, from 1.
        sequence: i64,
        /// The team that it is about.
        team_id: Option<TeamId>,
        /// What kind of actor it was.
        actor_kind: Code<ActorKind>,
        /// Who it was, as text.
        actor: String,
        /// What happened.
        action: Code<AuditAction>,
        /// On what.
        target: Option<String>,
        /// What was changed, as JSON.
        before_value: Option<String>,
        /// What it was changed to, as JSON.
        after_value: Option<String>,
        /// What else is to be said.
        detail: Option<String>,
        /// From which address.
        ip: Option<String>,
        /// When.
        at: Timestamp,
        /// The hash of the event before; empty for the first.
        previous_hash: Vec<u8>,
        /// The hash of all of the above.
        hash: Vec<u8>,
    }
}

row! {
    /// The last event of a chain.
    AuditHead in audit_heads {
        /// The chain.
        chain: Uuid,
        /// The event's place.
        sequence: i64,
        /// The event's hash.
        hash: Vec<u8>,
    }
}

/// The end of a chain, locked until the transaction ends: of two acts at the same time, one
/// is written after the other. A new chain begins at 0 with an empty hash.
pub async fn lock_head(tx: &Tx, chain: Uuid) -> Result<AuditHead> {
    let fresh = AuditHead { chain, sequence: 0, hash: Vec::new() };
    let row: audit_heads::ActiveModel = fresh.clone().into();
    let once = OnConflict::column(audit_heads::Column::Chain).do_nothing().to_owned();
    audit_heads::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(one(tx, audit_heads::Entity::find_by_id(chain).lock_exclusive()).await?.unwrap_or(fresh))
}

/// Adds an event to the end of its chain, whose head the transaction has locked.
pub async fn append(tx: &Tx, event: AuditEvent) -> Result<()> {
    let head = audit_heads::ActiveModel {
        chain: Set(event.chain),
        sequence: Set(event.sequence),
        hash: Set(event.hash.clone()),
    };
    let row: audit_events::ActiveModel = event.into();
    audit_events::Entity::insert(row).exec_without_returning(tx).await?;
    audit_heads::Entity::update(head).exec(tx).await?;
    Ok(())
}

/// By whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditedActor {
    /// By an account with this address.
    Name(String),
    /// By an actor of this kind, which has no account.
    Kind(ActorKind),
}

/// Which events.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Of this chain; of all otherwise.
    pub chain: Option<Uuid>,
    /// By this actor.
    pub actor: Option<AuditedActor>,
    /// With one of these codes; with any if there is none.
    pub actions: Vec<String>,
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
    /// Its place in its chain.
    pub sequence: i64,
    /// The event.
    pub id: Uuid,
}

impl AuditEvent {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> AuditPlace {
        AuditPlace { at: self.at, sequence: self.sequence, id: self.id }
    }
}

/// The newest events, newest first.
pub async fn find(db: &impl ConnectionTrait, query: &AuditQuery, limit: u64) -> Result<Vec<AuditEvent>> {
    use audit_events::Column;
    let mut rows = audit_events::Entity::find();
    if let Some(chain) = query.chain {
        rows = rows.filter(Column::Chain.eq(chain));
    }
    rows = match &query.actor {
        Some(AuditedActor::Name(name)) => rows.filter(Column::Actor.eq(name)),
        Some(AuditedActor::Kind(kind)) => rows.filter(Column::ActorKind.eq(kind.as_str())),
        None => rows,
    };
    if !query.actions.is_empty() {
        rows = rows.filter(Column::Action.is_in(&query.actions));
    }
    if let Some(from) = query.from {
        rows = rows.filter(Column::At.gte(from));
    }
    if let Some(until) = query.until {
        rows = rows.filter(Column::At.lt(until));
    }
    if let Some(place) = query.older_than {
        let before = Column::Sequence.lt(place.sequence);
        let beside = Column::Sequence.eq(place.sequence).and(Column::Id.lt(place.id));
        let same_moment = Column::At.eq(place.at).and(before.or(beside));
        rows = rows.filter(Column::At.lt(place.at).or(same_moment));
    }
    let rows = rows.order_by_desc(Column::At).order_by_desc(Column::Sequence).order_by_desc(Column::Id);
    all(db, rows.limit(limit)).await
}

/// A chain's events after a place in it, in their order.
pub async fn links(db: &impl ConnectionTrait, chain: Uuid, after: i64, limit: u64) -> Result<Vec<AuditEvent>> {
    let links = audit_events::Entity::find()
        .filter(audit_events::Column::Chain.eq(chain))
        .filter(audit_events::Column::Sequence.gt(after))
        .order_by_asc(audit_events::Column::Sequence);
    all(db, links.limit(limit)).await
}

/// The ends of all chains.
pub async fn heads(db: &impl ConnectionTrait) -> Result<Vec<AuditHead>> {
    all(db, audit_heads::Entity::find().order_by_asc(audit_heads::Column::Chain)).await
}

/// Chains that have events: also those whose end was taken away.
pub async fn chains(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let chains = audit_events::Entity::find().select_only().column(audit_events::Column::Chain).distinct();
    Ok(chains.into_tuple().all(db).await?)
}

/// A chain's events of these kinds on one target since a moment, newest first.
pub async fn on_target(
    db: &impl ConnectionTrait,
    chain: Uuid,
    actions: &[AuditAction],
    target: &str,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<AuditEvent>> {
    let events = audit_events::Entity::find()
        .filter(audit_events::Column::Chain.eq(chain))
        .filter(audit_events::Column::At.gt(since))
        .filter(audit_events::Column::Action.is_in(actions.iter().map(|action| action.as_str())))
        .filter(audit_events::Column::Target.eq(target))
        .order_by_desc(audit_events::Column::Sequence);
    all(db, events.limit(limit)).await
}
