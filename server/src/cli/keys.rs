//! `portal keys`.

use clap::Subcommand;
use domain::clock::OsRandom;
use domain::sealed::SecretKey;
use domain::{Actor, Services, key_rotation, signing_keys};
use model::SigningAlgorithm;

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
    /// List the keys that tokens are signed with
    ListSigning,
    /// Create the next key that tokens are signed with: published now, used in two days
    RotateSigning {
        /// RS256, ES256 or `EdDSA`
        #[arg(long, default_value = "RS256", value_parser = algorithm)]
        algorithm: SigningAlgorithm,
        /// Use it at once: clients that keep the list of keys refuse tokens until they read it anew
        #[arg(long)]
        now: bool,
    },
    /// Delete a key that tokens are signed with: what it signed is refused from now on
    DeleteSigning {
        /// The key's name (kid)
        kid: String,
    },
}

fn algorithm(text: &str) -> Result<SigningAlgorithm, &'static str> {
    SigningAlgorithm::parse(text).ok_or("write RS256, ES256 or EdDSA")
}

impl Command {
    /// Does what needs the database.
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        let operator = Actor::operator();
        match self {
            Self::Generate { id } => generate(&id),
            Self::Rotate => rotate(services).await,
            Self::ListSigning => {
                for key in signing_keys::list(services).await? {
                    let state = if key.is_published { "published" } else { "withdrawn" };
                    println!("{}  {}  {state}  signs from {}", key.kid, key.algorithm.as_str(), key.active_from);
                }
                Ok(())
            }
            Self::RotateSigning { algorithm, now } => {
                match signing_keys::rotate(services, &operator, algorithm, now).await? {
                    Some(kid) => println!("{kid} created"),
                    None => println!("another replica has just created the next key"),
                }
                Ok(())
            }
            Self::DeleteSigning { kid } => {
                signing_keys::delete(services, &operator, &kid).await?;
                println!("{kid} deleted");
                Ok(())
            }
        }
    }
}

/// Prints a new key: needs no database.
pub fn generate(id: &str) -> anyhow::Result<()> {
    let key = SecretKey::generate(id, &OsRandom);
    key.parse::<SecretKey>()?;
    println!("{}", *key);
    Ok(())
}

/// Seals everything in the database with the current key.
async fn rotate(services: &Services) -> anyhow::Result<()> {
    let count = key_rotation::reseal(services, &Actor::operator()).await?;
    let key = services.key_ring.current_id();
    println!("{count} value(s) sealed anew; all are sealed with the key {key}");
    Ok(())
}
