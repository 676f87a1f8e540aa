//! A fresh database for each test, of either kind.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test support: failing is the point")]

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use migrations::Migrator;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::Db;
use crate::db::Migrations;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// The embedded default.
    Sqlite,
    /// The server that `SSO_PORTAL_TEST_POSTGRES` names.
    Postgres,
}

/// A migrated database that nobody else uses.
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Where it is, for connections of another process, or of other sizes.
    pub url: String,
    _folder: Option<TempDir>,
}

/// Makes a database.
///
/// # Panics
/// If `SSO_PORTAL_TEST_POSTGRES` is not set: tests run through `script/with-postgres`.
pub async fn fresh(kind: DatabaseKind) -> TestDb {
    match kind {
        DatabaseKind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("test.db");
            std::fs::write(&file, migrated_file().await).unwrap();
            let url = url_of_file(&file);
            TestDb { db: Db::connect(&url).await.unwrap(), url, _folder: Some(folder) }
        }
        DatabaseKind::Postgres => {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("portal_test_{}_{number}", std::process::id());
            let template = template().await;
            statement(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            let url = url_of(&name);
            TestDb { db: Db::connect(&url).await.unwrap(), url, _folder: None }
        }
    }
}

fn url_of_file(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// The bytes of a migrated database, made once for the whole test program.
async fn migrated_file() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let make = async || {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("template.db");
        let db = Db::connect(&url_of_file(&file)).await.unwrap();
        db.migrate().await.unwrap();
        // the last connection writes the log beside the file into it
        db.close().await.unwrap();
        std::fs::read(&file).unwrap()
    };
    FILE.get_or_init(make).await
}

/// A migrated database to copy, made once for the whole test program.
async fn template() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = async || {
        let name = format!("portal_template_{}", std::process::id());
        statement(&format!("CREATE DATABASE {name}")).await;
        let db = Db::connect(&url_of(&name)).await.unwrap();
        db.migrate().await.unwrap();
        db.close().await.unwrap();
        name
    };
    TEMPLATE.get_or_init(make).await.clone()
}

fn server() -> String {
    std::env::var("SSO_PORTAL_TEST_POSTGRES")
        .expect("SSO_PORTAL_TEST_POSTGRES is set: run tests through script/with-postgres")
}

fn url_of(database: &str) -> String {
    let server = server();
    let (address, options) = server
        .split_once('?')
        .map_or((server.as_str(), String::new()), |(address, options)| (address, format!("?{options}")));
    let (host, _) = address.rsplit_once('/').expect("the address names a database");
    format!("{host}/{database}{options}")
}

async fn statement(sql: &str) {
    let db = Db::connect(&server()).await.unwrap();
    db.autocommit().execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

/// Empties a database and applies the migrations of the previous release only.
///
/// # Panics
/// If one of them fails.
pub async fn migrate_to_release(db: &Db) {
    db.migrate_down().await.unwrap();
    db.change_schema(Migrations::Apply(Some(migrations::RELEASED))).await.unwrap();
}

/// Takes the migrations since the previous release back.
///
/// # Panics
/// If one of them fails.
pub async fn migrate_back_to_release(db: &Db) {
    let released = usize::try_from(migrations::RELEASED).unwrap();
    let since = u32::try_from(migrations() - released).unwrap();
    db.change_schema(Migrations::RollBack(Some(since))).await.unwrap();
}

/// How many migrations there are.
#[must_use]
pub fn migrations() -> usize {
    Migrator::migrations().len()
}

/// Everything in the audit trail.
///
/// # Panics
/// If the database does not answer.
pub async fn audit_events(db: &Db) -> Vec<crate::audit::AuditEvent> {
    use sea_orm::EntityTrait as _;
    crate::row::all(db.connection(), crate::entities::audit_events::Entity::find()).await.unwrap()
}

/// Makes of each test function two tests: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::testing::DatabaseKind::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name($crate::testing::DatabaseKind::Postgres).await;
            }
        })+
    };
}
