//! `portal mail`.

use anyhow::Context as _;
use clap::Subcommand;
use domain::mail::send_test;

use crate::config::Config;
use crate::worker;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Send a mail to this address now, and say what the server answered
    Test {
        /// Where to
        address: String,
    },
}

impl Command {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let Self::Test { address } = self;
        let transport = worker::transport(&config.mail, &config.data_dir)?;
        let to = send_test(&config.settings, &transport, &config.mail.from, &address)
            .await
            .with_context(|| format!("the mail to {address} was not sent"))?;
        println!("sent to {address} by {to}");
        Ok(())
    }
}
