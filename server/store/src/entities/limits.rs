//! Attempts to guess a secret or to make us send mail, counted.

use sea_orm::entity::prelude::*;

use crate::code::Code;
use crate::column_values::ThrottledAction;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: Code<ThrottledAction>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Vec<u8>,
    pub attempts: i32,
    pub last_at: DateTimeUtc,
    pub blocked_until: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
