//! Teams (the tenants), their members, and the set-up steps they ticked off.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("teams")
                    .col(uuid("id").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("name"))
                    .col(string("status"))
                    // what support said with its last decision
                    .col(text_null("status_words"))
                    .col(timestamp_with_time_zone_null("submitted_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("teams", &["status", "submitted_at"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("members")
                    .col(uuid("team_id"))
                    .col(uuid("account_id"))
                    .col(string("role"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("team_id").col("account_id"))
                    .foreign_key(&mut owned_by("members", "team_id", "teams"))
                    .foreign_key(&mut owned_by("members", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("members", &["account_id"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("setup_confirmations")
                    .col(uuid("team_id"))
                    .col(string("step"))
                    .col(timestamp_with_time_zone("confirmed_at"))
                    .primary_key(Index::create().col("team_id").col("step"))
                    .foreign_key(&mut owned_by("setup_confirmations", "team_id", "teams"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["setup_confirmations", "members", "teams"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
