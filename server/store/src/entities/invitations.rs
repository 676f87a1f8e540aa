//! Invitations that were not accepted yet.

use model::members::InvitationKind;
use sea_orm::entity::prelude::*;

use crate::code::Code;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: Code<InvitationKind>,
    pub team_id: Option<Uuid>,
    pub email: String,
    pub role: String,
    pub invited_by: String,
    pub granter_id: Option<Uuid>,
    pub granted_by_operator: bool,
    pub sent_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
