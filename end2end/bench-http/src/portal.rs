//! The portal as it ships, on a port and a folder of its own, with teams that are live.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::http::{Answer, get, path_of, post};
use crate::identity_provider::IdentityProvider;
use crate::postgres::Postgres;
use crate::processes::{Processors, free_port, stop, wait_for};
use crate::system::{Started, System};

/// Of one team file; the line of each team is counted from the file's beginning.
const TEAMS_PER_FILE: usize = 500;
/// Strangers may have 520 sign-ins open on a replica (decision 24).
const MOST_STARTED: usize = 512;
/// Addresses that people come from: none is the only one, and none meets its limits.
const ADDRESSES: usize = 1_024;

/// Where the portal and its site are.
#[derive(Clone, Debug)]
pub struct Build {
    /// The program.
    pub binary: PathBuf,
    /// Style and scripts.
    pub site: PathBuf,
}

/// A portal that runs.
pub struct Portal {
    build: Build,
    processors: Processors,
    port: u16,
    pub(crate) folder: TempDir,
    postgres: Option<Postgres>,
    pub(crate) teams: usize,
    process: Option<Child>,
}

impl Portal {
    /// Imports the teams into a new database and starts the portal on it: SQLite, or a
    /// database of that server.
    pub fn start(
        build: &Build,
        processors: &Processors,
        provider: &IdentityProvider,
        server: Option<&Postgres>,
    ) -> Result<Self> {
        let postgres = server.map(|server| server.with_new_database("portal")).transpose()?;
        let folder = tempfile::Builder::new().prefix("portal-bench.").tempdir()?;
        let (build, processors, port) = (build.clone(), processors.clone(), free_port()?);
        let mut portal = Self { build, processors, port, folder, postgres, teams: provider.teams(), process: None };
        portal.import_teams(provider)?;
        portal.restart()?;
        Ok(portal)
    }

    fn import_teams(&self, provider: &IdentityProvider) -> Result<()> {
        let certificate = self.folder.path().join("certificate.cer");
        fs::write(&certificate, provider.certificate_pem()?)?;
        let mut files = Vec::new();
        for first in (0..self.teams).step_by(TEAMS_PER_FILE) {
            let file = self.folder.path().join(format!("teams-{first}.toml"));
            fs::write(&file, team_file(first..self.teams.min(first + TEAMS_PER_FILE), &certificate))?;
            files.push(file);
        }
        let imported = self.command().args(["team", "import"]).args(files).output()?;
        ensure!(imported.status.success(), "portal team import: {}", String::from_utf8_lossy(&imported.stderr));
        Ok(())
    }

    /// The program with the settings of all that this benchmark starts: every default, but
    /// that the client's address comes from a header, as behind a proxy.
    pub(crate) fn command(&self) -> Command {
        let mut command = self.processors.command(&self.build.binary.to_string_lossy());
        let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PORTAL_"));
        for (name, _) in ours {
            command.env_remove(name);
        }
        let url = format!("http://{}", self.host());
        command.current_dir(&self.folder);
        command.env_remove("DATABASE_URL");
        command.envs([("PORTAL_LISTEN", self.address().to_string()), ("PORTAL_CLIENT_IP_HEADER", "x-real-ip".into())]);
        command.envs([("PORTAL_ACCOUNT_URL", &url), ("PORTAL_API_URL", &url)]);
        command.env("PORTAL_DATA_DIR", self.folder.path()).env("PORTAL_SITE_ROOT", &self.build.site);
        if let Some(postgres) = &self.postgres {
            command.env("PORTAL_DATABASE_URL", postgres.url());
        }
        command
    }

    /// How requests name it.
    pub(crate) fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// The slug of a team.
    pub(crate) fn slug(team: usize) -> String {
        format!("team-{team}-2345ab")
    }
}

fn team_file(teams: std::ops::Range<usize>, certificate: &Path) -> String {
    let mut text = String::new();
    for team in teams {
        let (tenant, slug) = (IdentityProvider::tenant(team), Portal::slug(team));
        // writing to a text does not fail
        let _ = write!(
            text,
            "[[team]]\nname = \"Team {team}\"\nslug = \"{slug}\"\nstatus = \"active\"\nidp_entity_id = \"{}\"\n\
             sso_url = \"{}\"\ncertificates = [\"{}\"]\n",
            tenant.entity_id(),
            tenant.sso_url(),
            certificate.display(),
        );
    }
    text
}

/// The header that names the client's address, as a proxy would.
pub(crate) fn from_address(sign_in: usize) -> String {
    let [.., high, low] = (sign_in % ADDRESSES).to_be_bytes();
    format!("X-Real-IP: 192.168.{high}.{low}\r\n")
}

impl System for Portal {
    fn name(&self) -> String {
        format!("portal, {}", self.postgres.as_ref().map_or("SQLite", |postgres| postgres.name()))
    }

    fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    fn server_pid(&self) -> u32 {
        self.process.as_ref().map_or(0, Child::id)
    }

    fn database_pid(&self) -> Option<u32> {
        self.postgres.as_ref().map(Postgres::pid)
    }

    fn most_started(&self) -> usize {
        MOST_STARTED
    }

    fn restart(&mut self) -> Result<()> {
        self.stop()?;
        let log = File::options().create(true).append(true).open(self.folder.path().join("portal.log"))?;
        let mut child = self.command().arg("serve").stdout(log.try_clone()?).stderr(log).spawn()?;
        let listens = wait_for(self.address(), &mut child);
        self.process = Some(child);
        listens.with_context(|| fs::read_to_string(self.folder.path().join("portal.log")).unwrap_or_default())
    }

    fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), stop)
    }

    fn start(&self, number: usize) -> Vec<u8> {
        let slug = Self::slug(number % self.teams);
        get(&format!("/sso/{slug}"), &self.host(), &from_address(number))
    }

    fn started(&self, number: usize, answer: &Answer) -> Result<Started> {
        let request = IdentityProvider::read_request(answer.location()?)?;
        let cookie = answer.cookie("browser").context("no cookie")?.to_owned();
        Ok(Started { number, request, cookie })
    }

    fn respond(&self, started: &Started, saml_response: &str) -> Result<Vec<u8>> {
        let relay_state = started.request.relay_state.as_deref().unwrap_or_default();
        let fields = [("SAMLResponse", saml_response), ("RelayState", relay_state)];
        let headers = from_address(started.number) + "Origin: https://login.microsoftonline.com\r\n";
        Ok(post(&path_of(&started.request.reply_url)?, &self.host(), &headers, &fields))
    }

    fn responded(&self, answer: &Answer) -> Result<String> {
        let location = answer.location()?;
        ensure!(location.contains("/complete?code="), "no code: {}", answer.summary());
        path_of(location)
    }

    fn redeem(&self, started: &Started, code: &str) -> Result<Vec<u8>> {
        let headers = format!("{}Cookie: browser={}\r\n", from_address(started.number), started.cookie);
        Ok(get(code, &self.host(), &headers))
    }

    fn redeemed(&self, answer: &Answer) -> Result<()> {
        ensure!(answer.location()?.ends_with("/me"), "not to /me: {}", answer.summary());
        answer.cookie("person").with_context(|| format!("no session: {}", answer.summary()))?;
        Ok(())
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        // after a failure: nothing that we started stays
        let _ = self.stop();
    }
}
