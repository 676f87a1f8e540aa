//! Logos of applications, in a table of their own: pages read an application often, and its logo rarely.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let with_version = Table::alter().table("applications").add_column(string_null("logo_version")).to_owned();
        manager.alter_table(with_version).await?;
        manager
            .create_table(
                Table::create()
                    .table("application_logos")
                    .col(uuid("application_id").primary_key())
                    .col(string("media_type"))
                    .col(binary("content"))
                    .foreign_key(&mut owned_by("application_logos", "application_id", "applications"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["application_logos"]).await?;
        manager.alter_table(Table::alter().table("applications").drop_column("logo_version").to_owned()).await
    }
}
