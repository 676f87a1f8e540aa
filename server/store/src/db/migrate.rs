//! Changes to the schema.

use migrations::Migrator;
use sea_orm::sqlx::sqlite::SqlitePoolOptions;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, SqlxSqliteConnector};
use sea_orm_migration::MigratorTrait as _;

use super::Db;
use super::writer::Writer;
use crate::{Result, team_index};

/// Held by the replica that migrates, until its transaction ends; SQLite has one writer anyway.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(7386214)";

/// Which migrations.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Migrations {
    /// The next ones, at most so many.
    Apply(Option<u32>),
    /// The latest ones, at most so many.
    RollBack(Option<u32>),
}

impl Db {
    /// Applies every migration that has not been applied: all of them, or none. On one
    /// connection, too: another one of SQLite's may still know a table or an index that this
    /// one has dropped, and refuse to make it anew.
    ///
    /// Replicas that start at the same time wait for the first of them.
    pub async fn migrate(&self) -> Result<()> {
        self.change_schema(Migrations::Apply(None)).await
    }

    /// Takes every migration back. All data is lost: for tests of the migrations.
    pub async fn migrate_down(&self) -> Result<()> {
        self.change_schema(Migrations::RollBack(None)).await
    }

    /// Names of the migrations that have not been applied.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let pending = Migrator::get_pending_migrations_read_only(self.connection()).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    pub(crate) async fn change_schema(&self, migrations: Migrations) -> Result<()> {
        match &self.writer {
            Some(writer) => Ok(change_schema_of_file(writer, migrations).await?),
            None => Ok(change(self.begin_pooled().await?, migrations).await?),
        }
    }
}

/// On a connection of its own, as sea-orm migrates on none but its own.
async fn change_schema_of_file(writer: &Writer, migrations: Migrations) -> std::result::Result<(), DbErr> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(writer.options().clone());
    let pool = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    let result = match super::begin_immediate(&pool).await {
        Ok(tx) => change(tx, migrations).await,
        Err(error) => Err(error),
    };
    pool.close().await?;
    result
}

async fn change(tx: DatabaseTransaction, migrations: Migrations) -> std::result::Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(MIGRATING).await?;
    }
    match migrations {
        Migrations::Apply(steps) => {
            Migrator::up(&tx, steps).await?;
            // rows of the version before, once the schema is the one that this version reads
            if steps.is_none() {
                team_index::add_all(&tx).await?;
            }
        }
        Migrations::RollBack(steps) => Migrator::down(&tx, steps).await?,
    }
    tx.commit().await
}
