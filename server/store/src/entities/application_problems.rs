//! What requests of applications were refused for.

use model::ApplicationProblem;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_problems")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub application_id: Uuid,
    pub at: DateTimeUtc,
    pub code: Code<ApplicationProblem>,
    #[sea_orm(column_type = "Text", nullable)]
    pub expected: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub actual: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
