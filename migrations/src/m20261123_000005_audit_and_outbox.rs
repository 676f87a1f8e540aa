//! The audit trail, and mail waiting to be sent.

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
                    .table("audit_events")
                    .col(uuid("id").primary_key())
                    .col(uuid_null("team_id"))
                    // in words, as it was then: accounts may go, the trail stays
                    .col(string("actor"))
                    .col(string("action"))
                    .col(text_null("detail"))
                    .col(timestamp_with_time_zone("at"))
                    .foreign_key(&mut owned_by("audit_events", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("audit_events", &["team_id", "at"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("outbox")
                    .col(uuid("id").primary_key())
                    .col(string("recipient"))
                    .col(string("subject"))
                    .col(text("text_body"))
                    .col(text("html_body"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("next_try_at"))
                    .col(integer("tries").default(0))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .col(text_null("last_error"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("outbox", &["sent_at", "next_try_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["outbox", "audit_events"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
