//! `portal keys`.

use clap::Subcommand;
use domain::clock::OsRandom;
use domain::sealed::SecretKey;
use domain::{Actor, Services, key_rotation};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a new key for `secret_keys`
    Generate {
        /// Its name, such as the year
        id: String,
    },
    /// Seal everything in the database with the first of `secret_keys`
    ///
    /// Put the new key first in the configuration of all replicas and the old one after it,
    /// restart them, run this, then take the old one out.
    Rotate,
}

/// Prints a new key: needs no database.
pub fn generate(id: &str) -> anyhow::Result<()> {
    let key = SecretKey::generate(id, &OsRandom);
    key.parse::<SecretKey>()?;
    println!("{}", *key);
    Ok(())
}

/// Seals everything in the database with the current key.
pub async fn rotate(services: &Services) -> anyhow::Result<()> {
    let count = key_rotation::reseal(services, &Actor::operator()).await?;
    let key = services.key_ring.current_id();
    println!("{count} value(s) sealed anew; all are sealed with the key {key}");
    Ok(())
}
