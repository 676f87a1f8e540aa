//! Which team a session of support sees as the team's members do, and until when.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut session = ForeignKey::create()
            .from("viewed_teams", "session_hash")
            .to("account_sessions", "token_hash")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        manager
            .create_table(
                Table::create()
                    .table("viewed_teams")
                    // one a session: it goes when the session ends
                    .col(binary("session_hash").primary_key())
                    .col(uuid("team_id"))
                    .col(timestamp_with_time_zone("until"))
                    .foreign_key(&mut session)
                    .foreign_key(&mut owned_by("viewed_teams", "team_id", "teams"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["viewed_teams"]).await
    }
}
