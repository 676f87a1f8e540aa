//! The command line.

mod account;
mod application;
mod application_file;
mod audit;
mod config;
mod demo_data;
mod error;
mod keys;
mod mail;
mod serve;
mod services;
mod team;
mod team_file;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use self::services::{migrated_services, open_database};
use crate::config::{Config, LogConfig};

/// Krisp's SSO onboarding portal and SAML service provider.
///
/// Without a configuration file it runs on <http://localhost:3000> with SQLite in data/.
#[derive(Debug, Parser)]
#[command(name = "portal", version, arg_required_else_help = true)]
pub struct Cli {
    /// The configuration file; portal.toml in this folder otherwise, if it is there
    #[arg(long, global = true, value_name = "FILE", env = "PORTAL_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the portal
    Serve(serve::Options),
    /// Bring the database to this version, and stop
    Migrate,
    /// Accounts that sign in to the portal
    #[command(subcommand)]
    Account(account::Command),
    /// Teams: import, export, show, approve, suspend
    #[command(subcommand)]
    Team(team::Command),
    /// The vendor's applications, which receive sign-ins by OpenID Connect
    #[command(subcommand)]
    Application(application::Command),
    /// The audit trail: prove it whole, export it
    #[command(subcommand)]
    Audit(audit::Command),
    /// Keys that seal secrets in the database, and keys that tokens are signed with
    #[command(subcommand)]
    Keys(keys::Command),
    /// Mail: try whether it is sent, look at all mails
    #[command(subcommand)]
    Mail(mail::Command),
    /// Fill an empty database with made-up teams, people and sign-ins
    DemoData(demo_data::Options),
    /// The configuration: check it, show it
    #[command(subcommand)]
    Config(config::Command),
}

impl Cli {
    /// Does what the command line says.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = Config::load(self.config.as_deref());
        match self.command {
            Command::Config(command) => command.run(config),
            Command::Serve(options) => {
                let config = config?;
                init_logging(&config.log)?;
                serve::run(config, options).await
            }
            Command::Migrate => {
                let db = open_database(&config?).await?;
                let pending = db.pending_migrations().await?;
                db.migrate().await?;
                println!("{} migration(s) applied", pending.len());
                Ok(())
            }
            Command::Application(command) => command.run(&*migrated_services(config?).await?).await,
            Command::Account(command) => command.run(&*migrated_services(config?).await?).await,
            Command::Keys(keys::Command::Generate { id }) => keys::generate(&id),
            Command::Keys(command) => command.run(&*migrated_services(config?).await?).await,
            Command::Mail(command) => command.run(&config?).await,
            Command::DemoData(options) => options.run(&*migrated_services(config?).await?).await,
            Command::Audit(command) => command.run(&*migrated_services(config?).await?).await,
            Command::Team(command) => command.run(&*migrated_services(config?).await?).await,
        }
    }
}

fn init_logging(log: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter).context("log.filter")?;
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter);
    if log.json {
        subscriber.json().init();
    } else {
        subscriber.init();
    }
    Ok(())
}
