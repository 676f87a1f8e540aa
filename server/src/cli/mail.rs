//! `portal mail`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use domain::Settings;
use domain::mail::preview::{self, SampleValues};
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
    /// Write every mail in every variant, with sample values, to a folder; nothing is sent
    Preview {
        /// Where to: gets an .html and a .txt file for each mail, and an index.html that links them
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

impl Command {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        match self {
            Self::Test { address } => {
                let transport = worker::transport(&config.mail, &config.data_dir)?;
                let to = send_test(&config.settings, &transport, &config.mail.from, &address)
                    .await
                    .with_context(|| format!("the mail to {address} was not sent"))?;
                println!("sent to {address} by {to}");
                Ok(())
            }
            Self::Preview { folder } => write_previews(&config.settings, &folder)
                .with_context(|| format!("the mails were not written to {}", folder.display())),
        }
    }
}

fn write_previews(settings: &Settings, folder: &Path) -> anyhow::Result<()> {
    let previews = preview::all(settings, &SampleValues::of_every_day(settings.urls.account_url().as_str()))?;
    fs::create_dir_all(folder)?;
    for mail in &previews {
        fs::write(folder.join(format!("{}.html", mail.name)), &mail.html)?;
        fs::write(folder.join(format!("{}.txt", mail.name)), format!("Subject: {}\n\n{}", mail.subject, mail.text))?;
    }
    let index = folder.join("index.html");
    fs::write(&index, preview::index(settings, &previews)?)?;
    println!("{} mails written, linked by {}", previews.len(), index.display());
    Ok(())
}
