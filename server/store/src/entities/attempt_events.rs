//! Timelines of attempts.

use model::{EventKind, FindingCode, Verdict};
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    pub at: DateTimeUtc,
    pub kind: Code<EventKind>,
    pub verdict: Code<Verdict>,
    pub finding: Option<Code<FindingCode>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub expected: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub actual: Option<String>,
    pub is_verified: bool,
}

impl ActiveModelBehavior for ActiveModel {}
