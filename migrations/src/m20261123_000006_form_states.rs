//! Refused forms, kept for minutes until their page is shown again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("form_states")
                    .col(binary("token_hash"))
                    .col(string("form"))
                    .col(json("state"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("token_hash").col("form"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("form_states", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("form_states").to_owned()).await
    }
}
