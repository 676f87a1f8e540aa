//! Mail waiting to be sent.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub created_at: DateTimeUtc,
    pub next_try_at: DateTimeUtc,
    pub tries: i32,
    pub sent_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub sealed_body: Option<Vec<u8>>,
    pub dead_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
