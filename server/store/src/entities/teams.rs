//! Teams: the tenants.

use model::{IdentityProvider, TeamStatus};
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teams")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub status: Code<TeamStatus>,
    #[sea_orm(column_type = "Text", nullable)]
    pub status_words: Option<String>,
    pub submitted_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub second_factor_required: bool,
    pub is_vendor: bool,
    pub vendor_roles: Option<Json>,
    pub identity_provider: Option<Code<IdentityProvider>>,
}

impl ActiveModelBehavior for ActiveModel {}
