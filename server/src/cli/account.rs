//! `portal account`.

use std::io::{IsTerminal as _, stdin};

use clap::{Subcommand, ValueEnum};
use domain::{Actor, Services, accounts, support_accounts};
use model::SupportRole;

use super::error::describe_error;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create an account whose address counts as confirmed
    ///
    /// The password is asked for, or read from standard input when that is no terminal.
    Create {
        /// The e-mail address it signs in with
        #[arg(long)]
        email: String,
        /// A role in the vendor's support; without one, an account for team members
        #[arg(long)]
        role: Option<SupportRoleArgument>,
        /// The slug of a team that it becomes an owner of
        #[arg(long, value_name = "SLUG")]
        team: Option<String>,
    },
    /// End an account's sessions and let it sign in no more
    Deactivate {
        /// The e-mail address it signs in with
        #[arg(long)]
        email: String,
    },
    /// Let a deactivated account sign in again
    Activate {
        /// The e-mail address it signs in with
        #[arg(long)]
        email: String,
    },
    /// End all sessions of an account, or of everybody
    SignOut {
        /// The e-mail address of the account
        #[arg(long, required_unless_present = "all")]
        email: Option<String>,
        /// Of everybody, end users included
        #[arg(long, conflicts_with = "email")]
        all: bool,
    },
    /// Remove all second factors of an account and end its sessions
    ///
    /// For somebody who has lost every factor and every recovery code. Make sure by other
    /// means that it is the account's owner who asks; they are told by mail.
    ResetFactors {
        /// The e-mail address it signs in with
        #[arg(long)]
        email: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SupportRoleArgument {
    Reviewer,
    Administrator,
}

impl From<SupportRoleArgument> for SupportRole {
    fn from(name: SupportRoleArgument) -> Self {
        match name {
            SupportRoleArgument::Reviewer => Self::Reviewer,
            SupportRoleArgument::Administrator => Self::Administrator,
        }
    }
}

impl Command {
    pub async fn run(self, services: &Services) -> anyhow::Result<()> {
        match self {
            Self::Create { email, role, team } => create(services, &email, role, team.as_deref()).await,
            Self::Deactivate { email } => set_active(services, &email, false).await,
            Self::Activate { email } => set_active(services, &email, true).await,
            Self::SignOut { email, .. } => sign_out(services, email.as_deref()).await,
            Self::ResetFactors { email } => reset_factors(services, &email).await,
        }
    }
}

async fn create(
    services: &Services,
    email: &str,
    role: Option<SupportRoleArgument>,
    team: Option<&str>,
) -> anyhow::Result<()> {
    let password = read_password()?;
    let role = role.map(SupportRole::from);
    accounts::create_account(services, email, &password, role, team).await.map_err(describe_error)?;
    println!("created {email}");
    Ok(())
}

async fn set_active(services: &Services, email: &str, active: bool) -> anyhow::Result<()> {
    match support_accounts::set_active_by_email(services, &Actor::operator(), email, active).await {
        Err(domain::Error::NotFound) => anyhow::bail!("no account has the address {email}"),
        other => other.map_err(describe_error)?,
    }
    println!("{email} {}", if active { "can sign in" } else { "is deactivated" });
    Ok(())
}

async fn sign_out(services: &Services, email: Option<&str>) -> anyhow::Result<()> {
    let ended = accounts::active_sessions::end_by_operator(services, email).await.map_err(describe_error)?;
    println!("{ended} session(s) ended");
    Ok(())
}

async fn reset_factors(services: &Services, email: &str) -> anyhow::Result<()> {
    accounts::factors::reset_factors(services, email).await.map_err(describe_error)?;
    println!("removed all second factors of {email} and ended its sessions");
    Ok(())
}

fn read_password() -> anyhow::Result<String> {
    if stdin().is_terminal() {
        return Ok(rpassword::prompt_password("Password: ")?);
    }
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
