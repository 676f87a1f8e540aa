//! Browsers that have signed in to an account before, and changes of an account's address.

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
                    .table("known_devices")
                    // SHA-256 of the cookie's token; one browser may be known to several accounts
                    .col(binary("token_hash"))
                    .col(uuid("account_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("token_hash").col("account_id"))
                    .foreign_key(&mut owned_by("known_devices", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("known_devices", &["account_id"])).await?;
        manager.create_index(index("known_devices", &["expires_at"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("email_changes")
                    // SHA-256 of the mailed link's token
                    .col(binary("token_hash").primary_key())
                    // confirm or undo: what the link does
                    .col(string("purpose"))
                    .col(uuid("account_id"))
                    .col(string("old_email"))
                    .col(string("new_email"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by("email_changes", "account_id", "accounts"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("email_changes", &["account_id", "purpose"])).await?;
        manager.create_index(index("email_changes", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["email_changes", "known_devices"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
