//! Sectors of pairwise subjects, with the salt of each.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pairwise_sectors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sector: String,
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
