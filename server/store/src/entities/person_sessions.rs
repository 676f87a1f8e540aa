//! Sessions of people, by the hash of their token.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub team_id: Uuid,
    pub person_id: Uuid,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
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
    pub revision_id: Uuid,
    pub attempt_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
