//! Notes that support keeps about teams, which no member of a team sees.

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
                    .table("team_notes")
                    .col(uuid("id").primary_key())
                    .col(uuid("team_id"))
                    // none where the operator wrote it; an account that has gone leaves its address
                    .col(uuid_null("author_id"))
                    // as the audit trail names who wrote it
                    .col(text("author"))
                    .col(text("words"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by("team_notes", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("team_notes", &["team_id", "created_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["team_notes"]).await
    }
}
