//! Connection revisions.

use model::{RevisionState, SsoBinding};
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Uuid,
    pub number: i32,
    pub state: Code<RevisionState>,
    #[sea_orm(column_type = "Text", nullable)]
    pub idp_entity_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub sso_url: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub slo_url: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub metadata_url: Option<String>,
    pub claims: Json,
    pub options: Json,
    pub sso_binding: Option<Code<SsoBinding>>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub live_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
