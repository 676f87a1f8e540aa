//! `portal demo-data`.

use clap::Args;
use domain::Services;
use domain::demo_data::{self, Amounts, Progress};

/// Makes up teams, people and sign-ins, to try the portal out or to measure it. Nobody can sign in to what
/// it makes.
#[derive(Clone, Copy, Debug, Args)]
pub struct Options {
    /// How many teams
    #[arg(long, default_value_t = 1_000)]
    teams: u32,
    /// How many people, of all teams together; ten a team otherwise
    #[arg(long)]
    people: Option<u32>,
    /// How many sign-ins of the last 90 days, of all teams together; twenty a team otherwise
    #[arg(long)]
    attempts: Option<u32>,
    /// Add them to a database that has teams already
    #[arg(long)]
    yes_add_to_existing: bool,
}

impl Options {
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        let existing = demo_data::existing_teams(services).await?;
        anyhow::ensure!(
            existing == 0 || self.yes_add_to_existing,
            "this database has {existing} team(s): made-up ones cannot be told from them and removed again. \
             Use another database, or --yes-add-to-existing"
        );
        let amounts = Amounts {
            teams: self.teams,
            people: self.people.unwrap_or_else(|| self.teams.saturating_mul(10)),
            attempts: self.attempts.unwrap_or_else(|| self.teams.saturating_mul(20)),
        };
        demo_data::fill(services, amounts, report).await?;
        println!("{} teams, {} people and {} sign-ins added", amounts.teams, amounts.people, amounts.attempts);
        Ok(())
    }
}

/// Every hundred thousandth row, so that whoever waits sees that it goes on.
fn report(progress: Progress) {
    let (count, what) = match progress {
        Progress::Teams(count) => (count, "teams"),
        Progress::People(count) => (count, "people"),
        Progress::Attempts(count) => (count, "sign-ins"),
        Progress::Listed(count) => (count, "teams in the list"),
    };
    if count.is_multiple_of(100_000) {
        eprintln!("{count} {what}");
    }
}
