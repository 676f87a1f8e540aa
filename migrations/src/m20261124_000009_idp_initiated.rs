//! Who began a sign-in, and what a session must know to be ended at the identity provider.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attempt = [
            // us ("sp") or the identity provider ("idp")
            string("initiated_by").default("sp").to_owned(),
            text_null("name_id_format"),
            text_null("name_qualifier"),
            text_null("sp_name_qualifier"),
            text_null("session_index"),
        ];
        add_columns(manager, "attempts", attempt).await?;
        let session = [
            // at most 256 bytes: an index holds it
            text_null("name_id"),
            text_null("name_id_format"),
            text_null("name_qualifier"),
            text_null("sp_name_qualifier"),
            text_null("session_index"),
            uuid_null("revision_id"),
        ];
        add_columns(manager, "person_sessions", session).await?;
        manager.create_index(index("person_sessions", &["team_id", "name_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sessions = Index::drop().table("person_sessions").name("person_sessions_team_id_name_id").to_owned();
        manager.drop_index(sessions).await?;
        let session =
            ["revision_id", "session_index", "sp_name_qualifier", "name_qualifier", "name_id_format", "name_id"];
        drop_columns(manager, "person_sessions", &session).await?;
        drop_columns(
            manager,
            "attempts",
            &["session_index", "sp_name_qualifier", "name_qualifier", "name_id_format", "initiated_by"],
        )
        .await
    }
}
