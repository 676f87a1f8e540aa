//! Logout requests of ours that identity providers have yet to answer.

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
                    .table("logouts")
                    // InResponseTo of the answer; the LogoutRequest's ID
                    .col(string("request_id").primary_key())
                    .col(uuid("team_id"))
                    .col(uuid("revision_id"))
                    .col(binary("relay_state_hash"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by("logouts", "team_id", "teams"))
                    .foreign_key(&mut owned_by("logouts", "revision_id", "revisions"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("logouts", &["team_id", "relay_state_hash"])).await?;
        manager.create_index(index("logouts", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("logouts").to_owned()).await
    }
}
