//! What support's list of teams is filtered and sorted by.

use model::{IdentityProvider, TeamStatus};
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_listings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub team_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub sort_name: String,
    pub status: Code<TeamStatus>,
    pub status_since: DateTimeUtc,
    pub identity_provider: Option<Code<IdentityProvider>>,
    pub certificate_ends_at: Option<DateTimeUtc>,
    pub last_sign_in_at: DateTimeUtc,
    pub failed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
