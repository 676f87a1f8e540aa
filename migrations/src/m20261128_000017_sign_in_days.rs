//! What support's overview counts: sign-ins of all teams by day, the teams that wait for review, and the
//! certificates by their end. Each is read from a few rows or from an index that holds no others.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{drop_tables, execute};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, columns, and which teams. The conditions keep the list's own queries on the indexes that are
/// made for them.
const INDEXES: [(&str, &str, &str); 2] = [
    ("team_listings_in_review", "status_since, team_id", "status = 'in_review'"),
    ("team_listings_certificates", "certificate_ends_at, team_id", "certificate_ends_at IS NOT NULL"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("sign_in_days")
                    // in UTC, as 2026-11-23
                    .col(string("day").primary_key())
                    // tests left out of both
                    .col(big_integer("passed"))
                    .col(big_integer("failed"))
                    // a day that was counted before it was over is counted again
                    .col(timestamp_with_time_zone("counted_at"))
                    .to_owned(),
            )
            .await?;
        for (name, columns, teams) in INDEXES {
            execute(manager, &format!("CREATE INDEX {name} ON team_listings ({columns}) WHERE {teams}")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, ..) in INDEXES {
            execute(manager, &format!("DROP INDEX {name}")).await?;
        }
        drop_tables(manager, &["sign_in_days"]).await
    }
}
