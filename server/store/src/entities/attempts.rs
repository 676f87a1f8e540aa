//! Sign-in attempts.

use model::FindingCode;
use sea_orm::entity::prelude::*;

use crate::code::Code;
use crate::column_values::{AttemptStatus, InitiatedBy};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub team_id: Uuid,
    pub revision_id: Option<Uuid>,
    pub reference: String,
    pub is_test: bool,
    pub initiated_by: Code<InitiatedBy>,
    pub request_id: String,
    pub relay_state_hash: Vec<u8>,
    pub browser_hash: Vec<u8>,
    #[sea_orm(column_type = "Text", nullable)]
    pub return_to: Option<String>,
    pub status: Code<AttemptStatus>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub finding: Option<Code<FindingCode>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub expected: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub actual: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub subject: Option<String>,
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
    pub profile: Option<Json>,
    pub claims: Option<Json>,
    pub person_id: Option<Uuid>,
    pub session_not_after: Option<DateTimeUtc>,
    pub assertion_issued_at: Option<DateTimeUtc>,
    pub certificate_sha256: Option<String>,
    pub code_hash: Option<Vec<u8>>,
    pub code_expires_at: Option<DateTimeUtc>,
    pub code_used_at: Option<DateTimeUtc>,
    pub event_count: i32,
    pub force_authn: bool,
    pub authenticated_at: Option<DateTimeUtc>,
    pub awaits_answer: bool,
    pub application_id: Option<Uuid>,
    pub authorization_request: Option<Json>,
    #[sea_orm(column_type = "Text", nullable)]
    pub authn_context: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
