//! Who stands behind an invitation: the account that sent it, not its address in words.
//!
//! Nothing is filled in for invitations that are there: an address says who has it today, not
//! who had it then. They have to be sent again (docs/decisions/0027).

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let granter = [
            // none: withdrawn, or the operator's, or from before there were granters
            uuid_null("granter_id"),
            boolean("granted_by_operator").default(false).to_owned(),
        ];
        add_columns(manager, "invitations", granter).await?;
        manager.create_index(index("invitations", &["granter_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("invitations_granter_id").table("invitations").to_owned()).await?;
        drop_columns(manager, "invitations", &["granter_id", "granted_by_operator"]).await
    }
}
