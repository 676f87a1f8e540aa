//! Indexes of attempts that a sign-in which goes well does not have to write. What only some rows are
//! asked for is indexed for these rows alone, and nothing that redeeming a code changes is indexed, so
//! that PostgreSQL can keep the new version of the row beside the old one.
//!
//! Indexes are dropped here: the version before reads the same rows without them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{execute, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, columns, and which rows.
const PARTIAL: [(&str, &str, &str); 10] = [
    // with the identity provider, or never returned
    ("attempts_open", "created_at, id", "code_hash IS NULL AND finding IS NULL"),
    ("attempts_team_open", "team_id, created_at, id", "code_hash IS NULL AND finding IS NULL"),
    // failed
    ("attempts_failed", "created_at, id", "finding IS NOT NULL"),
    ("attempts_team_failed", "team_id, created_at, id", "finding IS NOT NULL"),
    ("attempts_finding", "finding, created_at, id", "finding IS NOT NULL"),
    ("attempts_team_finding", "team_id, finding, created_at, id", "finding IS NOT NULL"),
    ("attempts_tests", "created_at, id", "is_test"),
    ("attempts_team_tests", "team_id, created_at, id", "is_test"),
    ("attempts_known_subject", "subject", "subject IS NOT NULL"),
    ("attempts_known_name_id", "name_id", "name_id IS NOT NULL"),
];

const BEFORE: [&[&str]; 8] = [
    &["team_id", "status", "created_at", "id"],
    &["team_id", "finding", "created_at", "id"],
    &["team_id", "is_test", "created_at", "id"],
    &["status", "created_at", "id"],
    &["finding", "created_at", "id"],
    &["is_test", "created_at", "id"],
    &["subject"],
    &["name_id"],
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for columns in BEFORE {
            drop_index(manager, &format!("attempts_{}", columns.join("_"))).await?;
        }
        for (name, columns, rows) in PARTIAL {
            execute(manager, &format!("CREATE INDEX {name} ON attempts ({columns}) WHERE {rows}")).await?;
        }
        drop_index(manager, "attempts_code").await?;
        let of_code = "CREATE UNIQUE INDEX attempts_issued_code ON attempts (code_hash) WHERE code_hash IS NOT NULL";
        execute(manager, of_code).await?;
        set_fill_factor(manager, "SET (fillfactor = 70)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        set_fill_factor(manager, "RESET (fillfactor)").await?;
        drop_index(manager, "attempts_issued_code").await?;
        execute(manager, "CREATE UNIQUE INDEX attempts_code ON attempts (code_hash)").await?;
        for (name, ..) in PARTIAL {
            drop_index(manager, name).await?;
        }
        for columns in BEFORE {
            manager.create_index(index("attempts", columns)).await?;
        }
        Ok(())
    }
}

async fn drop_index(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    execute(manager, &format!("DROP INDEX {name}")).await
}

/// Leaves room on PostgreSQL's pages for the row as it will be.
async fn set_fill_factor(manager: &SchemaManager<'_>, change: &str) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => execute(manager, &format!("ALTER TABLE attempts {change}")).await,
        _ => Ok(()),
    }
}
