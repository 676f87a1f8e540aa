//! Keys that tokens are signed with.

use model::SigningAlgorithm;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kid: String,
    pub algorithm: Code<SigningAlgorithm>,
    pub generation: i32,
    pub public_key: Json,
    pub private_key: Vec<u8>,
    pub created_at: DateTimeUtc,
    pub active_from: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
