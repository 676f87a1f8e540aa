//! What somebody without rights makes us store is bounded: what was swept is counted.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // sign-ins of a team that were removed before their time, since there were too many
        manager
            .create_table(
                Table::create()
                    .table("swept_attempts")
                    .col(uuid("team_id").primary_key())
                    .col(big_integer("count").default(0))
                    .foreign_key(&mut owned_by("swept_attempts", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        // addresses of no team are remembered in memory
        manager.drop_table(Table::drop().table("stray_arrivals").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("stray_arrivals")
                    .col(string("reference").primary_key())
                    .col(text("slug"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("stray_arrivals", &["created_at"])).await?;
        manager.drop_table(Table::drop().table("swept_attempts").to_owned()).await
    }
}
