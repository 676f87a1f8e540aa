//! Pushed authorization requests, by the hash of their handle.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pushed_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub handle_hash: Vec<u8>,
    pub application_id: Uuid,
    pub parameters: Json,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
