//! `portal audit`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use domain::audit::{self, Anchor, AuditExport, AuditTrail, VerificationReport};
use domain::{Actor, Services};
use model::audit::AuditFilter;

use super::error::describe_error;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prove that nothing of the audit trail was changed or taken out
    ///
    /// Prints each chain with its anchor. Keep the anchors elsewhere: with them a later run
    /// also finds a trail that was written anew as a whole.
    Verify {
        /// A file with anchors that an earlier run printed
        #[arg(long, value_name = "FILE")]
        anchors: Option<PathBuf>,
    },
    /// Print the trail as JSON Lines (OCSF), newest first
    Export {
        /// Only this team's events; without it, all there are
        #[arg(long, value_name = "SLUG")]
        team: Option<String>,
    },
}

impl Command {
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        match self {
            Self::Verify { anchors } => {
                let anchors = anchors.as_deref().map(read_anchors).transpose()?.unwrap_or_default();
                let report = audit::verify(services, &Actor::operator(), &anchors).await?;
                print_report(&report);
                anyhow::ensure!(report.is_whole(), "the audit trail is not what was written");
                Ok(())
            }
            Self::Export { team } => export(services, team.unwrap_or_else(|| AuditFilter::ALL.to_owned())).await,
        }
    }
}

/// Reads anchors from what `verify` printed: they are the words with two colons.
fn read_anchors(path: &std::path::Path) -> anyhow::Result<Vec<Anchor>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let words = text.split_whitespace().filter(|word| word.matches(':').count() == 2);
    words.map(|word| word.parse().with_context(|| format!("{}: {word}", path.display()))).collect()
}

fn print_report(report: &VerificationReport) {
    for chain in &report.chains {
        let anchor = chain.anchor.as_ref().map(ToString::to_string).unwrap_or_default();
        println!("{}  {} event(s)  {anchor}", chain.name, chain.events);
        for problem in &chain.problems {
            println!("  {problem}");
        }
    }
}

async fn export(services: &Services, team: String) -> anyhow::Result<()> {
    let filter = AuditFilter { team, ..AuditFilter::default() };
    let mut export =
        AuditExport::new(services, &Actor::operator(), &AuditTrail::Vendor, &filter).await.map_err(describe_error)?;
    while let Some(lines) = export.lines(services).await? {
        print!("{lines}");
    }
    Ok(())
}
