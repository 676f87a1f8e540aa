//! Accounts (support and team members), their sessions, and one-time tokens.

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
                    .table("accounts")
                    .col(uuid("id").primary_key())
                    .col(string("email").unique_key())
                    .col(string("password_hash"))
                    .col(timestamp_with_time_zone_null("email_verified_at"))
                    .col(string_null("support_role"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account_sessions")
                    // SHA-256 of the cookie's token: the token itself is nowhere but in the browser
                    .col(binary("token_hash").primary_key())
                    .col(uuid("account_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("last_used_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by("account_sessions", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("account_sessions", &["account_id"])).await?;
        manager.create_index(index("account_sessions", &["expires_at"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("one_time_tokens")
                    .col(binary("token_hash").primary_key())
                    .col(string("purpose"))
                    // none for the token that creates the first support account
                    .col(uuid_null("account_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by("one_time_tokens", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("one_time_tokens", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["one_time_tokens", "account_sessions", "accounts"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
