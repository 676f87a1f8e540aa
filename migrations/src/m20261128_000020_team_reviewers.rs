//! Who of support reviews a team that waits for review.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("team_reviewers")
                    .col(uuid("team_id").primary_key())
                    .col(uuid("account_id"))
                    .col(timestamp_with_time_zone("since"))
                    .foreign_key(&mut owned_by("team_reviewers", "team_id", "teams"))
                    .foreign_key(&mut owned_by("team_reviewers", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("team_reviewers", &["account_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["team_reviewers"]).await
    }
}
