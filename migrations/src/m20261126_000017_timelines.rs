//! Every attempt has a timeline, and keeps its XML for a while.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use crate::{add_columns, drop_columns, index, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns that the table had before.
const COLUMNS: [&str; 28] = [
    "id",
    "team_id",
    "revision_id",
    "reference",
    "is_test",
    "request_id",
    "relay_state_hash",
    "browser_hash",
    "return_to",
    "status",
    "created_at",
    "expires_at",
    "finished_at",
    "finding",
    "expected",
    "actual",
    "name_id",
    "profile",
    "claims",
    "person_id",
    "session_not_after",
    "code_hash",
    "code_expires_at",
    "initiated_by",
    "name_id_format",
    "name_qualifier",
    "sp_name_qualifier",
    "session_index",
];

/// What lists are read by: newest first, of a team or of all, and the same by what is
/// filtered most.
const LISTS: [&[&str]; 11] = [
    &["team_id", "created_at", "id"],
    &["team_id", "status", "created_at", "id"],
    &["team_id", "finding", "created_at", "id"],
    &["team_id", "is_test", "created_at", "id"],
    &["created_at", "id"],
    &["status", "created_at", "id"],
    &["finding", "created_at", "id"],
    &["is_test", "created_at", "id"],
    &["subject"],
    &["name_id"],
    &["revision_id", "is_test", "created_at"],
];

/// And what they were read by before.
const BEFORE: [&str; 3] = ["team_id", "is_test", "created_at"];

/// What old rows did not say. A code was forgotten when it was used: what has one still was
/// never redeemed.
const FILL: [&str; 3] = [
    "UPDATE attempts SET finding = 'request-unknown' WHERE finding = 'unknown-request'",
    "UPDATE attempts SET subject = lower(name_id) WHERE name_id IS NOT NULL",
    "UPDATE attempts SET status = 'verified', finished_at = NULL, expires_at = code_expires_at \
     WHERE status = 'succeeded' AND code_hash IS NOT NULL",
];

/// The way back. An attempt without a revision had no place in the table.
const BACK: [&str; 4] = [
    "DELETE FROM attempts WHERE revision_id IS NULL",
    "UPDATE attempts SET status = 'succeeded', finished_at = expires_at WHERE status = 'verified'",
    "UPDATE attempts SET code_hash = NULL WHERE code_used_at IS NOT NULL",
    "UPDATE attempts SET finding = 'unknown-request' WHERE finding = 'request-unknown'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        change_attempts(manager).await?;
        create_events(manager).await?;
        create_documents(manager).await?;
        // somebody opened an address that is none of a team's
        manager
            .create_table(
                Table::create()
                    .table("stray_arrivals")
                    .col(string("reference").primary_key())
                    // what stood where a slug stands, cut
                    .col(text("slug"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("stray_arrivals", &["created_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["stray_arrivals", "attempt_documents", "attempt_events"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        change_attempts_back(manager).await
    }
}

async fn change_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        alter_attempts(manager).await?;
    } else {
        rebuild_attempts(manager).await?;
    }
    execute_all(manager, &FILL).await?;
    for columns in LISTS {
        manager.create_index(index("attempts", columns)).await?;
    }
    Ok(())
}

async fn change_attempts_back(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for columns in LISTS {
        let name = format!("attempts_{}", columns.join("_"));
        manager.drop_index(Index::drop().table("attempts").name(name).to_owned()).await?;
    }
    execute_all(manager, &BACK).await?;
    // SQLite does not take it back, and loses nothing by that
    if manager.get_database_backend() == DbBackend::Postgres {
        execute_all(manager, &["ALTER TABLE attempts ALTER COLUMN revision_id SET NOT NULL"]).await?;
    }
    drop_columns(manager, "attempts", &["subject", "code_used_at", "event_count"]).await?;
    manager.create_index(index("attempts", &BEFORE)).await
}

async fn execute_all(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// PostgreSQL alters the table where it is: nothing is copied.
async fn alter_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    execute_all(manager, &["ALTER TABLE attempts ALTER COLUMN revision_id DROP NOT NULL"]).await?;
    let columns = [
        text_null("subject"),
        timestamp_with_time_zone_null("code_used_at"),
        integer("event_count").default(0).to_owned(),
    ];
    add_columns(manager, "attempts", columns).await?;
    let name = format!("attempts_{}", BEFORE.join("_"));
    manager.drop_index(Index::drop().table("attempts").name(name).to_owned()).await
}

/// SQLite does not make a column nullable, so the table is made anew and filled from the old
/// one.
async fn rebuild_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.rename_table(Table::rename().table("attempts", "attempts_before").to_owned()).await?;
    create_attempts(manager).await?;
    let columns = COLUMNS.join(", ");
    let copy = format!("INSERT INTO attempts ({columns}) SELECT {columns} FROM attempts_before");
    execute_all(manager, &[copy.as_str()]).await?;
    manager.drop_table(Table::drop().table("attempts_before").to_owned()).await?;
    manager.create_index(index("attempts", &["team_id", "relay_state_hash"])).await?;
    manager
        .create_index(Index::create().unique().name("attempts_code").table("attempts").col("code_hash").to_owned())
        .await
}

async fn create_attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempts")
                .col(uuid("id").primary_key())
                .col(uuid("team_id"))
                // none where a team has nothing configured yet
                .col(uuid_null("revision_id"))
                .col(string("reference").unique_key())
                .col(boolean("is_test"))
                // us ("sp"), the identity provider ("idp"), or nobody that we know of ("stray")
                .col(string("initiated_by").default("sp"))
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
                // the address or name identifier in lower case, to be found by
                .col(text_null("subject"))
                // the rest is there only where a verified assertion says so
                .col(text_null("name_id"))
                .col(text_null("name_id_format"))
                .col(text_null("name_qualifier"))
                .col(text_null("sp_name_qualifier"))
                .col(text_null("session_index"))
                .col(json_null("profile"))
                .col(json_null("claims"))
                .col(uuid_null("person_id"))
                .col(timestamp_with_time_zone_null("session_not_after"))
                .col(binary_null("code_hash"))
                .col(timestamp_with_time_zone_null("code_expires_at"))
                .col(timestamp_with_time_zone_null("code_used_at"))
                // the number of the next event
                .col(integer("event_count").default(0))
                .foreign_key(&mut owned_by("attempts", "team_id", "teams"))
                .foreign_key(&mut owned_by("attempts", "revision_id", "revisions"))
                .to_owned(),
        )
        .await
}

async fn create_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempt_events")
                .col(uuid("attempt_id"))
                .col(integer("sequence"))
                .col(timestamp_with_time_zone("at"))
                .col(string("kind"))
                .col(string("verdict"))
                .col(string_null("finding"))
                .col(text_null("expected"))
                .col(text_null("actual"))
                // whether a signature that verified covers what came
                .col(boolean("is_verified"))
                .primary_key(Index::create().col("attempt_id").col("sequence"))
                .foreign_key(&mut owned_by("attempt_events", "attempt_id", "attempts"))
                .to_owned(),
        )
        .await
}

async fn create_documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("attempt_documents")
                .col(uuid("attempt_id"))
                // "request" or "response"
                .col(string("kind"))
                .col(binary("sealed"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("attempt_id").col("kind"))
                .foreign_key(&mut owned_by("attempt_documents", "attempt_id", "attempts"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("attempt_documents", &["created_at"])).await
}
