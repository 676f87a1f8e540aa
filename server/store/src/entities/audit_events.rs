//! The audit trail.

use model::AuditAction;
use model::audit::ActorKind;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Option<Uuid>,
    pub actor: String,
    pub action: Code<AuditAction>,
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    pub at: DateTimeUtc,
    pub chain: Uuid,
    pub sequence: i64,
    pub actor_kind: Code<ActorKind>,
    #[sea_orm(column_type = "Text", nullable)]
    pub target: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub before_value: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub after_value: Option<String>,
    pub ip: Option<String>,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
