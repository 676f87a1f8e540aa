//! The database and the services that commands work on.

use std::sync::Arc;

use domain::clock::{OsRandom, SystemClock};
use domain::{Db, Services};

use crate::config::Config;
use crate::private_files;

/// Opens the database; the folder of a new SQLite file is made.
pub(super) async fn open_database(config: &Config) -> anyhow::Result<Db> {
    private_files::prepare_folders(config)?;
    let db = Db::connect_with(&config.database_url, config.database).await?;
    private_files::restrict_database_files(config);
    Ok(db)
}

/// The services for a command that works on the database; an old one is migrated first.
pub(super) async fn migrated_services(config: Config) -> anyhow::Result<Arc<Services>> {
    let db = open_database(&config).await?;
    db.migrate().await?;
    start_services(db, config).await
}

/// The services on a database of this version.
pub(super) async fn start_services(db: Db, config: Config) -> anyhow::Result<Arc<Services>> {
    let key_ring = config.key_ring(&OsRandom)?;
    Ok(Arc::new(Services::new(db, Arc::new(SystemClock), Arc::new(OsRandom), config.settings, key_ring).await?))
}
