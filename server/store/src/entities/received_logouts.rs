//! Logouts that an identity provider asked for.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "received_logouts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name_id: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub name_id_format: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name_qualifier: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub sp_name_qualifier: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub session_index: Option<String>,
    pub issued_at: DateTimeUtc,
    pub received_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
