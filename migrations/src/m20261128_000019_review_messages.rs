//! What support and a team write to each other in a review: the changes that support asks for, and the
//! team's answers.

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
                    .table("review_messages")
                    .col(uuid("id").primary_key())
                    .col(uuid("team_id"))
                    // of support, or of a member of the team
                    .col(boolean("is_from_support"))
                    // as the audit trail names who wrote it
                    .col(text("author"))
                    .col(text("words"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by("review_messages", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("review_messages", &["team_id", "created_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["review_messages"]).await
    }
}
