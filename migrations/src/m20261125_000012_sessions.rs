//! Sessions know where they come from and what they have proved; teams may ask their
//! members for a second factor; attempts to guess are counted where all replicas see them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SESSION: [&str; 5] = ["ip", "user_agent", "awaiting_factor", "second_factor_at", "confirmed_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            string_null("ip"),
            text_null("user_agent"),
            // the password was right, the second factor is still to come
            boolean("awaiting_factor").default(false).to_owned(),
            timestamp_with_time_zone_null("second_factor_at"),
            timestamp_with_time_zone_null("confirmed_at"),
        ];
        add_columns(manager, "account_sessions", columns).await?;
        add_columns(manager, "teams", [boolean("second_factor_required").default(false).to_owned()]).await?;
        manager
            .create_table(
                Table::create()
                    .table("limits")
                    .col(string("purpose"))
                    // SHA-256 of the account or address that is counted
                    .col(binary("subject"))
                    .col(integer("attempts"))
                    .col(timestamp_with_time_zone("last_at"))
                    .col(timestamp_with_time_zone("blocked_until"))
                    // when nothing of it counts any more
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("purpose").col("subject"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("limits", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("limits").to_owned()).await?;
        drop_columns(manager, "teams", &["second_factor_required"]).await?;
        drop_columns(manager, "account_sessions", &SESSION).await
    }
}
