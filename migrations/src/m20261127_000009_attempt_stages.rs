//! Timelines of sign-in attempts as one document a stage, beside the rows of `attempt_events`, which
//! the version before writes and nobody writes after it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("attempt_stages")
                    .col(uuid("attempt_id"))
                    // "start", "response" or "end"
                    .col(string("stage"))
                    // what each step found, in JSON, one a line: `store::attempt_events`
                    .col(text("document"))
                    .primary_key(Index::create().col("attempt_id").col("stage"))
                    .foreign_key(&mut owned_by("attempt_stages", "attempt_id", "attempts"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["attempt_stages"]).await
    }
}
