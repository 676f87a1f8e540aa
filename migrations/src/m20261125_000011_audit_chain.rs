//! The audit trail becomes a chain: each event carries the hash of the one before, per team
//! and for the vendor. Events from before are left without a hash.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 9] =
    ["chain", "sequence", "actor_kind", "target", "before_value", "after_value", "ip", "previous_hash", "hash"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            // the team, or 00000000-0000-0000-0000-000000000000 for the vendor
            uuid_null("chain"),
            big_integer_null("sequence"),
            string_null("actor_kind"),
            text_null("target"),
            text_null("before_value"),
            text_null("after_value"),
            string_null("ip"),
            binary_null("previous_hash"),
            binary_null("hash"),
        ];
        add_columns(manager, "audit_events", columns).await?;
        let once = Index::create()
            .unique()
            .name("audit_events_chain_sequence")
            .table("audit_events")
            .col("chain")
            .col("sequence")
            .to_owned();
        manager.create_index(once).await?;
        manager.create_index(index("audit_events", &["chain", "at"])).await?;
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
        manager.drop_table(Table::drop().table("audit_heads").to_owned()).await?;
        for name in ["audit_events_chain_sequence", "audit_events_chain_at"] {
            manager.drop_index(Index::drop().name(name).table("audit_events").to_owned()).await?;
        }
        drop_columns(manager, "audit_events", &COLUMNS).await
    }
}
