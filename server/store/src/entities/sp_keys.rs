//! Key pairs of teams.

use model::SpKeyState;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sp_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Uuid,
    pub state: Code<SpKeyState>,
    pub certificate: Vec<u8>,
    pub thumbprint_sha1: String,
    pub thumbprint_sha256: String,
    pub not_before: DateTimeUtc,
    pub not_after: DateTimeUtc,
    pub private_key: Vec<u8>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
