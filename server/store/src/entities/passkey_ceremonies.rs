//! Challenges to passkeys that wait for their answer.

use sea_orm::entity::prelude::*;

use crate::code::Code;
use crate::column_values::CeremonyPurpose;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_ceremonies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub purpose: Code<CeremonyPurpose>,
    pub account_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
