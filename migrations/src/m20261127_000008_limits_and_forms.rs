//! Counts of attempts to guess a secret or to make the portal send mail; and refused forms,
//! kept for minutes until their page is shown again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_limits(manager).await?;
        create_form_states(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["form_states", "limits"]).await
    }
}

async fn create_limits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("limits")
                .col(string("purpose"))
                // SHA-256 of the account or address that is counted
                .col(binary("subject"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("last_at"))
                .col(timestamp_with_time_zone("blocked_until"))
                // when nothing of it counts any more
                .col(timestamp_with_time_zone("expires_at"))
                .primary_key(Index::create().col("purpose").col("subject"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("limits", &["expires_at"])).await
}

async fn create_form_states(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("form_states")
                // SHA-256 of the token in the browser's cookie
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
