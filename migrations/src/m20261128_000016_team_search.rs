//! What support's list of teams is searched, filtered and sorted by: a row a team, and the words that
//! find it. `store::team_index` fills both for the teams that are there, once every migration is
//! applied.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, execute, owned_by};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, and columns: what the list is sorted by, and then all that it is filtered by, so that a
/// filter which few teams pass reads the index alone.
const SORTED: [(&str, &str); 3] = [
    (
        "team_listings_by_name",
        "sort_name, team_id, status, identity_provider, certificate_ends_at, failed_at, last_sign_in_at",
    ),
    (
        "team_listings_by_status_since",
        "status_since, team_id, status, identity_provider, certificate_ends_at, failed_at, last_sign_in_at",
    ),
    (
        "team_listings_by_last_sign_in",
        "last_sign_in_at, team_id, status, identity_provider, certificate_ends_at, failed_at",
    ),
];

/// Texts that are compared byte by byte, whatever the language of the database: a prefix is a range.
const BYTEWISE: [&str; 2] = [
    "ALTER TABLE team_listings ALTER COLUMN sort_name TYPE text COLLATE \"C\"",
    "ALTER TABLE team_search_terms ALTER COLUMN term TYPE text COLLATE \"C\"",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_listings(manager).await?;
        create_terms(manager).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            for statement in BYTEWISE {
                execute(manager, statement).await?;
            }
        }
        for (name, columns) in SORTED {
            execute(manager, &format!("CREATE INDEX {name} ON team_listings ({columns})")).await?;
        }
        execute(manager, "CREATE INDEX team_search_terms_by_term ON team_search_terms (term, team_id)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["team_search_terms", "team_listings"]).await
    }
}

async fn create_listings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("team_listings")
                .col(uuid("team_id").primary_key())
                // the team's name in lower case
                .col(text("sort_name"))
                .col(string("status"))
                // since when the team has this status
                .col(timestamp_with_time_zone("status_since"))
                // a code of `model::IdentityProvider`: the one chosen, or else recognised
                .col(string_null("identity_provider"))
                // when the last certificate of the live revision ends
                .col(timestamp_with_time_zone_null("certificate_ends_at"))
                // the beginning of 1970 if nobody ever signed in: it sorts before all others
                .col(timestamp_with_time_zone("last_sign_in_at"))
                // the last sign-in that failed, if none succeeded since
                .col(timestamp_with_time_zone_null("failed_at"))
                .foreign_key(&mut owned_by("team_listings", "team_id", "teams"))
                .to_owned(),
        )
        .await
}

async fn create_terms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("team_search_terms")
                .col(uuid("team_id"))
                // in lower case; bounded: `store::team_index`
                .col(text("term"))
                .primary_key(Index::create().col("team_id").col("term"))
                .foreign_key(&mut owned_by("team_search_terms", "team_id", "teams"))
                .to_owned(),
        )
        .await
}
