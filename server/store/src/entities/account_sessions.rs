//! Sessions of accounts, by the hash of their token.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub account_id: Uuid,
    pub created_at: DateTimeUtc,
    pub last_used_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub ip: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub user_agent: Option<String>,
    pub awaiting_factor: bool,
    pub second_factor_at: Option<DateTimeUtc>,
    #[sea_orm(column_name = "confirmed_at")]
    pub authenticated_at: Option<DateTimeUtc>,
    pub team_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name_id_format: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name_qualifier: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub sp_name_qualifier: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub session_index: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
