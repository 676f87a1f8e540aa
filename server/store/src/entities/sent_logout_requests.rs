//! Logout requests that have yet to be answered.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sent_logout_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: String,
    pub team_id: Uuid,
    pub revision_id: Uuid,
    pub relay_state_hash: Vec<u8>,
    pub expires_at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub return_to: Option<String>,
    pub attempt_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
