//! `portal team`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use domain::decision_digest::ExpectedDigest;
use domain::teams::{self, ImportTeam, ImportedTeam};
use domain::{Actor, Services, team_review, vendor_team};
use messages::Text as _;
use serde::Serialize;

use super::application;
use super::error::describe_error;
use super::team_file::{self, TeamFile};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the teams of some files into being; the same files again change nothing
    Import {
        /// Team files (TOML); see docs/team-files.md
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print what each team's admin copies into Entra, as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print all teams as a team file, certificates inside
    Export,
    /// List all teams with their state
    List,
    /// Show what a team has configured, with the digest that `approve` takes
    Show {
        /// The team's slug
        slug: String,
    },
    /// Let a team in review go live
    Approve {
        /// The team's slug
        slug: String,
        /// What `show` printed: approve that and nothing else
        #[arg(long)]
        digest: Option<String>,
    },
    /// Stop an active team's sign-in
    Suspend {
        /// The team's slug
        slug: String,
        /// What its members are told
        #[arg(long, default_value = "Suspended by the operator.")]
        reason: String,
    },
    /// Mark a team as the vendor's own: its identity provider signs support in
    Vendor {
        /// The team's slug
        slug: String,
        /// Take the mark off; roles that came by its groups end at once
        #[arg(long, conflicts_with_all = ["group", "remove_group"])]
        off: bool,
        /// A group and the support role that it gives: OBJECT-ID=reviewer or =administrator
        #[arg(long, value_name = "GROUP=ROLE", value_parser = group_role)]
        group: Vec<(String, String)>,
        /// A group that gives no role any more
        #[arg(long, value_name = "GROUP")]
        remove_group: Vec<String>,
    },
}

fn group_role(text: &str) -> Result<(String, String), &'static str> {
    let (group, role) = text.rsplit_once('=').ok_or("write GROUP=reviewer or GROUP=administrator")?;
    Ok((group.to_owned(), role.to_owned()))
}

/// What a team's admin copies into Entra.
#[derive(Serialize)]
struct EntraValues<'a> {
    slug: &'a str,
    identifier: &'a str,
    reply_url: &'a str,
    sign_on_url: &'a str,
    metadata_url: &'a str,
    logout_url: &'a str,
}

impl Command {
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        match self {
            Self::Import { files, json } => import(services, &files, json).await,
            Self::Export => {
                let exported = teams::export(services).await.map_err(describe_error)?;
                print!("{}", team_file::write(&exported)?);
                Ok(())
            }
            Self::List => list(services).await,
            Self::Show { slug } => show(services, &slug).await,
            Self::Approve { slug, digest } => {
                let seen = digest.as_deref().map_or(ExpectedDigest::Unchecked, ExpectedDigest::Shown);
                let operator = Actor::operator();
                team_review::approve(services, &operator, &slug, seen).await.map_err(describe_error)?;
                show(services, &slug).await?;
                println!("{slug} is active");
                Ok(())
            }
            Self::Suspend { slug, reason } => {
                team_review::suspend(services, &Actor::operator(), &slug, &reason).await.map_err(describe_error)?;
                println!("{slug} is suspended");
                Ok(())
            }
            Self::Vendor { slug, off, group, remove_group } => {
                vendor(services, &slug, !off, &group, &remove_group).await.map_err(describe_error)?;
                println!("{slug} is {}the vendor's", if off { "not " } else { "" });
                Ok(())
            }
        }
    }
}

/// What would go live, or is live, part by part.
async fn show(services: &Services, slug: &str) -> anyhow::Result<()> {
    let view = team_review::details(services, &Actor::operator(), slug).await.map_err(describe_error)?;
    println!("{slug} ({}): {}", view.team.name, view.team.status.text());
    for revision in view.draft.iter().chain(&view.live) {
        println!("revision {} ({})", revision.number, revision.state.as_str());
        for (part, value) in revision.parts() {
            println!("  {}: {}", part.text(), value.unwrap_or_else(|| messages::absent(part)));
        }
    }
    println!("digest {}", view.digests.next);
    Ok(())
}

async fn vendor(
    services: &Services,
    slug: &str,
    is_vendor: bool,
    groups: &[(String, String)],
    removed: &[String],
) -> Result<(), domain::Error> {
    let operator = Actor::operator();
    vendor_team::set_vendor_team(services, &operator, slug, is_vendor, ExpectedDigest::Unchecked).await?;
    for (group, role) in groups {
        vendor_team::assign_group_role(services, &operator, slug, group, role).await?;
    }
    for group in removed {
        vendor_team::unassign_group_role(services, &operator, slug, group).await?;
    }
    Ok(())
}

async fn import(services: &Services, paths: &[PathBuf], json: bool) -> anyhow::Result<()> {
    let mut to_import: Vec<ImportTeam> = Vec::new();
    let mut locations = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        // PowerShell's > writes UTF-16
        let text = domain::decode_text(&content).with_context(|| format!("cannot read {}", path.display()))?;
        let folder = path.parent().unwrap_or_else(|| std::path::Path::new("."));
        let TeamFile { teams, problems: found, notes } = team_file::read(services, &text, folder);
        for (line, words) in notes {
            eprintln!("{}:{line}: {words}", path.display());
        }
        problems.extend(found.into_iter().map(|(line, words)| format!("{}:{line}: {words}", path.display())));
        for (line, team) in teams {
            locations.push(format!("{}:{line}", path.display()));
            to_import.push(team);
        }
    }
    anyhow::ensure!(problems.is_empty(), "nothing was imported:\n{}", problems.join("\n"));
    let imported = teams::import(services, &to_import).await.map_err(|error| with_locations(error, &locations))?;
    // teams first: applications may be for some of them
    for path in paths {
        application::import(services, path).await?;
    }
    report(&imported, json)
}

/// Replaces the position in the list, by which the domain names a team, by file and line.
fn with_locations(error: domain::Error, locations: &[String]) -> anyhow::Error {
    let domain::Error::Invalid(problems) = error else { return error.into() };
    let line = |(position, problem): &(String, model::FieldProblem)| {
        let location = position.parse::<usize>().ok().and_then(|position| locations.get(position));
        format!("{}: {}", location.map_or("", String::as_str), problem.text())
    };
    anyhow::anyhow!("nothing was imported:\n{}", problems.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn report(imported: &[ImportedTeam], json: bool) -> anyhow::Result<()> {
    if json {
        let rows: Vec<_> = imported.iter().map(entra_values).collect();
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(());
    }
    for team in imported {
        let what = if team.changed { "imported" } else { "unchanged" };
        println!("{} {what}: {}", team.endpoints.identifier, team.endpoints.sign_on_url);
    }
    Ok(())
}

fn entra_values(team: &ImportedTeam) -> EntraValues<'_> {
    let endpoints = &team.endpoints;
    EntraValues {
        slug: &endpoints.identifier,
        identifier: &endpoints.identifier,
        reply_url: &endpoints.reply_url,
        sign_on_url: &endpoints.sign_on_url,
        metadata_url: &endpoints.metadata_url,
        logout_url: &endpoints.logout_url,
    }
}

async fn list(services: &Services) -> anyhow::Result<()> {
    let teams = teams::all(services).await.map_err(describe_error)?;
    let width = teams.iter().map(|team| team.slug.as_str().len()).max().unwrap_or_default();
    for team in teams {
        println!("{:width$}  {:17}  {}", team.slug, team.status.as_str(), team.name);
    }
    Ok(())
}
