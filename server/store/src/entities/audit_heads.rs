//! The last event of each chain of the audit trail.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_heads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain: Uuid,
    pub sequence: i64,
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
