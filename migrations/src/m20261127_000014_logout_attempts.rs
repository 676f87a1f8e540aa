//! Of which sign-in a logout request ended the session: its report says whether the identity provider
//! answered.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // of requests of the version before, and of sessions whose sign-in is not known, it is not known
        let column = uuid_null("attempt_id");
        manager.alter_table(Table::alter().table("sent_logout_requests").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("sent_logout_requests").drop_column("attempt_id").to_owned()).await
    }
}
