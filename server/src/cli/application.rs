//! `portal application`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::Subcommand;
use domain::applications::{self, NewApplication};
use domain::{Actor, Services};
use model::{ApplicationKind, ApplicationSettings, RedirectUri};

use super::application_file::{self, ApplicationEntry};
use super::error;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Register an application, and print its client ID and secret
    Create {
        /// Its name, as people read it
        name: String,
        /// Where browsers may be sent back to after a sign-in
        #[arg(long = "redirect-uri", value_name = "URI", required = true)]
        redirect_uris: Vec<RedirectUri>,
        /// Where browsers may be sent back to after a sign-out
        #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
        post_logout_redirect_uris: Vec<RedirectUri>,
        /// Where the application is told that a session has ended
        #[arg(long, value_name = "URI")]
        backchannel_logout_uri: Option<String>,
        /// Where a sign-in that began elsewhere goes on
        #[arg(long, value_name = "URI")]
        initiate_login_uri: Option<String>,
        /// web, `single_page` or native
        #[arg(long, default_value = "web", value_parser = kind)]
        kind: ApplicationKind,
        /// A client ID of your own
        #[arg(long)]
        client_id: Option<String>,
        /// A team that may use it; every team if none is named
        #[arg(long = "team", value_name = "SLUG")]
        teams: Vec<String>,
    },
    /// List all applications
    List,
    /// Create a new secret; those before work for some time longer
    RotateSecret {
        /// The application's client ID
        client_id: String,
        /// For how many hours those before still work
        #[arg(long, default_value_t = 24, value_name = "HOURS")]
        overlap: u32,
    },
    /// Let an application have no sign-ins any more
    Disable {
        /// The application's client ID
        client_id: String,
    },
    /// Let an application have sign-ins again
    Enable {
        /// The application's client ID
        client_id: String,
    },
    /// Bring the applications of some files into being; the same files again change nothing
    Import {
        /// Files with [[application]] tables (TOML); see docs/team-files.md
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

fn kind(text: &str) -> Result<ApplicationKind, &'static str> {
    ApplicationKind::parse(text).ok_or("write web, single_page or native")
}

impl Command {
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        match self {
            Self::Create {
                name,
                redirect_uris,
                post_logout_redirect_uris,
                backchannel_logout_uri,
                initiate_login_uri,
                kind,
                client_id,
                teams,
            } => {
                let settings = ApplicationSettings {
                    redirect_uris,
                    post_logout_redirect_uris,
                    backchannel_logout_uri,
                    initiate_login_uri,
                    ..ApplicationSettings::default()
                };
                let teams = (!teams.is_empty()).then_some(teams);
                create(services, NewApplication { client_id, name, kind, teams, settings }).await
            }
            Self::List => list(services).await,
            Self::RotateSecret { client_id, overlap } => {
                let overlap = TimeDelta::hours(overlap.into());
                let operator = Actor::operator();
                let secret = applications::create_secret(services, &operator, &client_id, Some(overlap)).await;
                println!("{}", secret.map_err(describe_error)?.reveal());
                eprintln!("This secret is shown once. Those before work for {} hours.", overlap.num_hours());
                Ok(())
            }
            Self::Disable { client_id } => set_enabled(services, &client_id, false).await,
            Self::Enable { client_id } => set_enabled(services, &client_id, true).await,
            Self::Import { files } => {
                for path in files {
                    import(services, &path).await?;
                }
                Ok(())
            }
        }
    }
}

async fn create(services: &Services, new: NewApplication) -> anyhow::Result<()> {
    let is_confidential = new.kind.is_confidential();
    let client_id = applications::create(services, &Actor::operator(), new).await.map_err(describe_error)?;
    println!("client_id {client_id}");
    if is_confidential {
        let secret = applications::create_secret(services, &Actor::operator(), &client_id, None).await;
        println!("client_secret {}", secret.map_err(describe_error)?.reveal());
    }
    println!("issuer {}", services.settings.urls.issuer());
    Ok(())
}

async fn list(services: &Services) -> anyhow::Result<()> {
    let applications = applications::list(services, &Actor::operator()).await.map_err(describe_error)?;
    let width = applications.iter().map(|one| one.client_id.len()).max().unwrap_or_default();
    for one in applications {
        let state = if one.disabled_at.is_some() { "disabled" } else { "enabled" };
        println!("{:width$}  {:11}  {state:8}  {}", one.client_id, one.kind.as_str(), one.name);
    }
    Ok(())
}

async fn set_enabled(services: &Services, client_id: &str, is_enabled: bool) -> anyhow::Result<()> {
    let changed = applications::set_enabled(services, &Actor::operator(), client_id, is_enabled).await;
    changed.map_err(describe_error)?;
    println!("{client_id} is {}", if is_enabled { "enabled" } else { "disabled" });
    Ok(())
}

/// Brings the applications of one file into being.
pub(super) async fn import(services: &Services, path: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let entries = application_file::read(&text).map_err(|problem| anyhow::anyhow!("{}:{problem}", path.display()))?;
    let operator = Actor::operator();
    let known = applications::list(services, &operator).await.map_err(describe_error)?;
    for (line, ApplicationEntry { client_id, new }) in entries {
        let before = known.iter().find(|one| one.client_id == client_id);
        let is_changed =
            before.is_none_or(|one| one.name != new.name || one.teams != new.teams || one.settings != new.settings);
        let done = match before {
            Some(_) if is_changed => applications::update(services, &operator, &client_id, new).await,
            Some(_) => Ok(()),
            None => applications::create(services, &operator, new).await.map(drop),
        };
        done.map_err(|error| anyhow::anyhow!("{}:{line}: {}", path.display(), describe_error(error)))?;
        println!("{client_id} {}", if is_changed { "imported" } else { "unchanged" });
    }
    Ok(())
}

fn describe_error(error: domain::Error) -> anyhow::Error {
    match error {
        domain::Error::NotFound => {
            anyhow::anyhow!("there is no such application; `portal application list` shows all")
        }
        other => error::describe_error(other),
    }
}
