//! A fresh database for each test, of either kind.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test support: failing is the point")]

use std::sync::atomic::{AtomicU32, Ordering};

use migrations::Migrator;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::Db;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
    _folder: Option<TempDir>,
}

/// Makes a database.
///
/// # Panics
/// If `SSO_PORTAL_TEST_POSTGRES` is not set: tests run through `script/with-postgres`.
pub async fn fresh(kind: Kind) -> TestDb {
    match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
            let db = Db::connect(&url).await.unwrap();
            db.migrate().await.unwrap();
            TestDb { db, _folder: Some(folder) }
        }
        Kind::Postgres => {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("portal_test_{}_{number}", std::process::id());
            let template = template().await;
            statement(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            TestDb { db: Db::connect(&url_of(&name)).await.unwrap(), _folder: None }
        }
    }
}

/// A migrated database to copy, made once for the whole test program.
async fn template() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = async || {
        let name = format!("portal_template_{}", std::process::id());
        statement(&format!("CREATE DATABASE {name}")).await;
        let db = Db::connect(&url_of(&name)).await.unwrap();
        db.migrate().await.unwrap();
        db.connection().clone().close().await.unwrap();
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
    db.connection().execute_unprepared(sql).await.unwrap();
    db.connection().clone().close().await.unwrap();
}

/// Empties a database and applies so many migrations anew, the first ones.
///
/// # Panics
/// If one of them fails.
pub async fn migrate_only(db: &Db, count: u32) {
    db.migrate_down().await.unwrap();
    let tx = db.begin().await.unwrap();
    Migrator::up(&tx, Some(count)).await.unwrap();
    crate::commit(tx).await.unwrap();
}

/// How many migrations there are.
#[must_use]
pub fn migrations() -> usize {
    Migrator::migrations().len()
}

/// Takes migrations back until so many are left.
///
/// # Panics
/// If one of them fails.
pub async fn migrate_back(db: &Db, to: usize) {
    let back = u32::try_from(Migrator::migrations().len() - to).unwrap();
    let tx = db.begin().await.unwrap();
    Migrator::down(&tx, Some(back)).await.unwrap();
    crate::commit(tx).await.unwrap();
}

/// How many migrations come before the one whose name ends so.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn migrations_before(name: &str) -> u32 {
    let position = Migrator::migrations().iter().position(|migration| migration.name().ends_with(name));
    u32::try_from(position.expect("a migration has this name")).unwrap()
}

/// Everything in the audit trail.
///
/// # Panics
/// If the database does not answer.
pub async fn audit_events(db: &Db) -> Vec<crate::audit::AuditEvent> {
    use sea_orm::EntityTrait as _;
    crate::entities::audit_events::Entity::find().all(db.connection()).await.unwrap()
}

/// Makes of each test function two tests: `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::testing::Kind::Sqlite).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name($crate::testing::Kind::Postgres).await;
            }
        })+
    };
}
