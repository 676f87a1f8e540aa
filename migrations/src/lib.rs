//! The database schema: one change a file, applied in this order at start or by
//! `portal migrate`, on SQLite and PostgreSQL alike.
//!
//! To change the schema, add a file; never edit one that has been released. Expand first
//! (new columns nullable or with a default, so that replicas of the version before go on
//! working), contract in a later release.

use sea_orm_migration::prelude::*;

mod m20261123_000001_accounts;
mod m20261123_000002_teams;
mod m20261123_000003_connections;
mod m20261123_000004_sign_on;
mod m20261123_000005_audit_and_outbox;
mod m20261123_000006_form_states;
mod m20261124_000007_sign_in_options;
mod m20261124_000008_sp_keys;
mod m20261124_000009_idp_initiated;
mod m20261124_000010_logouts;
mod m20261125_000011_audit_chain;
mod m20261125_000012_sessions;
mod m20261125_000013_known_devices;
mod m20261125_000014_factors;
mod m20261125_000015_members;
mod m20261125_000016_outbox;
mod m20261126_000017_timelines;
mod m20261126_000018_metadata_url;
mod m20261126_000019_row_budgets;
mod m20261126_000020_remembered_logouts;
mod m20261126_000021_authentication;
mod m20261126_000022_granters;

/// Knows every migration.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_accounts::Migration),
            Box::new(m20261123_000002_teams::Migration),
            Box::new(m20261123_000003_connections::Migration),
            Box::new(m20261123_000004_sign_on::Migration),
            Box::new(m20261123_000005_audit_and_outbox::Migration),
            Box::new(m20261123_000006_form_states::Migration),
            Box::new(m20261124_000007_sign_in_options::Migration),
            Box::new(m20261124_000008_sp_keys::Migration),
            Box::new(m20261124_000009_idp_initiated::Migration),
            Box::new(m20261124_000010_logouts::Migration),
            Box::new(m20261125_000011_audit_chain::Migration),
            Box::new(m20261125_000012_sessions::Migration),
            Box::new(m20261125_000016_outbox::Migration),
            Box::new(m20261125_000015_members::Migration),
            Box::new(m20261125_000013_known_devices::Migration),
            Box::new(m20261125_000014_factors::Migration),
            Box::new(m20261126_000017_timelines::Migration),
            Box::new(m20261126_000018_metadata_url::Migration),
            Box::new(m20261126_000019_row_budgets::Migration),
            Box::new(m20261126_000020_remembered_logouts::Migration),
            Box::new(m20261126_000021_authentication::Migration),
            Box::new(m20261126_000022_granters::Migration),
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

/// Adds columns, one a statement: SQLite alters one thing at a time.
async fn add_columns<const N: usize>(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: [ColumnDef; N],
) -> Result<(), DbErr> {
    for column in columns {
        manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
    }
    Ok(())
}

/// Takes columns away, one a statement.
async fn drop_columns(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    for column in columns {
        manager.alter_table(Table::alter().table(table).drop_column(*column).to_owned()).await?;
    }
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
