//! What applications were authorized to.

use model::ApplicationProblem;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "authorizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub team_id: Uuid,
    pub person_id: Uuid,
    pub revision_id: Uuid,
    pub attempt_id: Option<Uuid>,
    pub session_hash: Option<Vec<u8>>,
    pub sid: String,
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub nonce: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub redirect_uri: String,
    pub code_challenge: Option<String>,
    pub code_hash: Vec<u8>,
    pub code_expires_at: DateTimeUtc,
    pub redeemed_at: Option<DateTimeUtc>,
    pub authenticated_at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub acr: Option<String>,
    pub amr: Json,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    pub problem: Option<Code<ApplicationProblem>>,
}

impl ActiveModelBehavior for ActiveModel {}
