//! Mail waits sealed, and stops being tried after a while.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // both parts as JSON, sealed: mail holds one-time links
        let columns = [binary_null("sealed_body"), timestamp_with_time_zone_null("dead_at")];
        add_columns(manager, "outbox", columns).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "outbox", &["sealed_body", "dead_at"]).await
    }
}
