//! The database schema: one change a file, applied in this order at start or by
//! `portal migrate`, on SQLite and PostgreSQL alike.
//!
//! To change the schema, add a file; never edit one that has been released. Expand first: new
//! columns are nullable or have a default, nothing is renamed or dropped, so that replicas of
//! the version before go on working. Contract in a later release. `server/store/tests/upgrade.rs`
//! applies each new migration to the schema of the previous release with a row in every table;
//! [`RELEASED`] says which one that is. Reasons: docs/decisions/0033.

use sea_orm_migration::prelude::*;

mod m20261127_000001_accounts;
mod m20261127_000002_teams;
mod m20261127_000003_one_time_tokens;
mod m20261127_000004_connections;
mod m20261127_000005_sign_in;
mod m20261127_000006_audit;
mod m20261127_000007_mail;
mod m20261127_000008_limits_and_forms;
mod m20261127_000009_attempt_stages;
mod m20261127_000010_attempt_indexes;
mod m20261127_000011_applications;
mod m20261127_000012_identity_provider;
mod m20261127_000013_application_logos;
mod m20261127_000014_logout_attempts;
mod m20261128_000015_people_states;
mod m20261128_000016_team_search;
mod m20261128_000017_sign_in_days;
mod m20261128_000018_team_notes;
mod m20261128_000019_review_messages;
mod m20261128_000020_team_reviewers;
mod m20261128_000021_viewed_teams;
mod m20261128_000022_saved_team_views;
mod m20261128_000023_certificate_thumbprints;
mod m20261128_000024_support_accounts;
mod m20261129_000025_sign_in_functions;
mod m20261129_000026_generic_plans;

/// How many migrations, the first ones of the list, the previous release had. Set it to the
/// length of the list when a version is released.
pub const RELEASED: u32 = 8;

/// Knows every migration.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261127_000001_accounts::Migration),
            Box::new(m20261127_000002_teams::Migration),
            Box::new(m20261127_000003_one_time_tokens::Migration),
            Box::new(m20261127_000004_connections::Migration),
            Box::new(m20261127_000005_sign_in::Migration),
            Box::new(m20261127_000006_audit::Migration),
            Box::new(m20261127_000007_mail::Migration),
            Box::new(m20261127_000008_limits_and_forms::Migration),
            Box::new(m20261127_000009_attempt_stages::Migration),
            Box::new(m20261127_000010_attempt_indexes::Migration),
            Box::new(m20261127_000011_applications::Migration),
            Box::new(m20261127_000012_identity_provider::Migration),
            Box::new(m20261127_000013_application_logos::Migration),
            Box::new(m20261127_000014_logout_attempts::Migration),
            Box::new(m20261128_000015_people_states::Migration),
            Box::new(m20261128_000016_team_search::Migration),
            Box::new(m20261128_000017_sign_in_days::Migration),
            Box::new(m20261128_000018_team_notes::Migration),
            Box::new(m20261128_000019_review_messages::Migration),
            Box::new(m20261128_000020_team_reviewers::Migration),
            Box::new(m20261128_000021_viewed_teams::Migration),
            Box::new(m20261128_000022_saved_team_views::Migration),
            Box::new(m20261128_000023_certificate_thumbprints::Migration),
            Box::new(m20261128_000024_support_accounts::Migration),
            Box::new(m20261129_000025_sign_in_functions::Migration),
            Box::new(m20261129_000026_generic_plans::Migration),
        ]
    }
}

/// A foreign key from `(from_table, from_column)` to `id` of `to_table`, whose rows take
/// these along when they go.
fn owned_by(from_table: &'static str, from_column: &'static str, to_table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(from_table, from_column)
        .to(to_table, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

/// Runs a statement that both databases understand.
async fn execute(manager: &SchemaManager<'_>, statement: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(statement).await?;
    Ok(())
}

/// A plain index on columns of a table, named after both.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A unique index on columns of a table. An index of its own, since SQLite gives a constraint within
/// a table no name.
fn unique(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().unique().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A unique index on the rows of a table that meet a condition.
fn unique_where(
    name: &'static str,
    table: &'static str,
    column: &'static str,
    condition: SimpleExpr,
) -> IndexCreateStatement {
    Index::create().unique().name(name).table(table).col(column).and_where(condition).to_owned()
}

/// Drops tables, in this order.
async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}
