//! End users, provisioned just in time.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "people")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Uuid,
    pub subject_key: String,
    #[sea_orm(column_type = "Text")]
    pub name_id: String,
    pub profile: Json,
    pub claims: Json,
    pub created_at: DateTimeUtc,
    pub last_sign_in_at: DateTimeUtc,
    pub deactivated_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
}

impl ActiveModelBehavior for ActiveModel {}
