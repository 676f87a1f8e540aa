//! Which identity provider a team says that it uses, where that is not to be told by its values.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // a code of `model::IdentityProvider`
        let column = string_null("identity_provider");
        manager.alter_table(Table::alter().table("teams").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("teams").drop_column("identity_provider").to_owned()).await
    }
}
