//! `portal config`.

use clap::Subcommand;

use crate::config::{Config, ConfigError};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say whether the configuration can be used, and list every problem
    Check,
    /// Print every key with its effective value; secrets are masked
    Show,
}

impl Command {
    pub fn run(self, config: Result<Config, ConfigError>) -> anyhow::Result<()> {
        let config = config?;
        match self {
            Self::Check => println!("the configuration is good"),
            Self::Show => {
                for (key, value) in config.effective_values {
                    println!("{key} = {value}");
                }
            }
        }
        Ok(())
    }
}
