//! The audit trail: a chain of events per team, and one for the vendor. Each event carries the
//! hash of the one before.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, index, owned_by, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_events(manager).await?;
        manager
            .create_table(
                Table::create()
                    .table("audit_heads")
                    .col(uuid("chain").primary_key())
                    // of the last event
                    .col(big_integer("sequence"))
                    .col(binary("hash"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_heads", "audit_events"]).await
    }
}

async fn create_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_events")
                .col(uuid("id").primary_key())
                // the team, or 00000000-0000-0000-0000-000000000000 for the vendor
                .col(uuid("chain"))
                .col(big_integer("sequence"))
                .col(uuid_null("team_id"))
                .col(string("actor_kind"))
                // as text, as it was then: accounts may go, the trail stays
                .col(string("actor"))
                .col(string("action"))
                .col(text_null("target"))
                .col(text_null("before_value"))
                .col(text_null("after_value"))
                .col(text_null("detail"))
                .col(string_null("ip"))
                .col(timestamp_with_time_zone("at"))
                .col(binary("previous_hash"))
                .col(binary("hash"))
                .foreign_key(&mut owned_by("audit_events", "team_id", "teams"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique("audit_events_chain_sequence", "audit_events", &["chain", "sequence"])).await?;
    manager.create_index(index("audit_events", &["team_id", "at"])).await?;
    manager.create_index(index("audit_events", &["chain", "at"])).await
}
