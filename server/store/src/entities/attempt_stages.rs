//! Timelines of attempts, a document a stage.

use sea_orm::entity::prelude::*;

use crate::code::Code;
use crate::column_values::AttemptStage;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_stages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: Code<AttemptStage>,
    #[sea_orm(column_type = "Text")]
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
