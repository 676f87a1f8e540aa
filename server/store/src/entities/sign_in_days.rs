//! Sign-ins of all teams by day.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_days")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    pub passed: i64,
    pub failed: i64,
    pub counted_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
