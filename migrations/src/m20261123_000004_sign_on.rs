//! Sign-in attempts, the replay guard, people and their sessions.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_people(manager).await?;
        create_attempts(manager).await?;
        manager
            .create_table(
                Table::create()
                    .table("consumed_assertions")
                    .col(uuid("team_id"))
                    .col(binary("assertion_id_hash"))
                    // until when the assertion would be accepted again: the row may go then
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("team_id").col("assertion_id_hash"))
                    .foreign_key(&mut owned_by("consumed_assertions", "team_id", "teams"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("consumed_assertions", &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["consumed_assertions", "attempts", "person_sessions", "people"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn create_people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("people")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                // the identity provider's immutable key for the person
                .col(string("subject_key"))
                .col(text("name_id"))
                .col(json("profile"))
                .col(json("claims"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("last_sign_in_at"))
                .foreign_key(&mut owned_by("people", "team_id", "teams"))
                .index(Index::create().unique().name("people_subject").col("team_id").col("subject_key"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("person_sessions")
                .col(binary("token_hash").primary_key())
                .col(uuid("team_id"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut owned_by("person_sessions", "team_id", "teams"))
                .foreign_key(&mut owned_by("person_sessions", "person_id", "people"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("person_sessions", &["person_id"])).await?;
    manager.create_index(index("person_sessions", &["expires_at"])).await
}

async fn create_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempts")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                .col(uuid("revision_id"))
                .col(string("reference").unique_key())
                .col(boolean("is_test"))
                // InResponseTo of the answer; the AuthnRequest's ID
                .col(string("request_id").unique_key())
                .col(binary("relay_state_hash"))
                .col(binary("browser_hash"))
                .col(text_null("return_to"))
                .col(string("status"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .col(string_null("finding"))
                .col(text_null("expected"))
                .col(text_null("actual"))
                .col(text_null("name_id"))
                .col(json_null("profile"))
                .col(json_null("claims"))
                .col(uuid_null("person_id"))
                .col(timestamp_with_time_zone_null("session_not_after"))
                .col(binary_null("code_hash"))
                .col(timestamp_with_time_zone_null("code_expires_at"))
                .foreign_key(&mut owned_by("attempts", "team_id", "teams"))
                .foreign_key(&mut owned_by("attempts", "revision_id", "revisions"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("attempts", &["team_id", "is_test", "created_at"])).await?;
    manager.create_index(index("attempts", &["team_id", "relay_state_hash"])).await?;
    manager
        .create_index(Index::create().unique().name("attempts_code").table("attempts").col("code_hash").to_owned())
        .await
}
