//! A rival: Ory Polis' engine, npm `@boxyhq/saml-jackson`, behind Node's own HTTP server
//! (`jackson.mjs`), on the same PostgreSQL.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Child;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::http::{Answer, get, path_of, post};
use crate::identity_provider::IdentityProvider;
use crate::postgres::Postgres;
use crate::processes::{Processors, free_port, stop, wait_for};
use crate::system::{Started, System};

const CALLBACK: &str = "http://localhost/callback";
const SECRET: &str = "bench-secret";
const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/jackson.mjs");

/// A server with the engine that runs.
pub struct Jackson {
    process: Option<Child>,
    port: u16,
    postgres: Postgres,
    teams: usize,
    _folder: TempDir,
}

impl Jackson {
    /// Starts it on a new database, with a connection for each team.
    pub fn start(
        installed: &Path,
        processors: &Processors,
        provider: &IdentityProvider,
        server: &Postgres,
    ) -> Result<Self> {
        let postgres = server.with_new_database("jackson")?;
        let folder = tempfile::Builder::new().prefix("jackson-bench.").tempdir()?;
        let (port, teams) = (free_port()?, provider.teams());
        for team in 0..teams {
            fs::write(folder.path().join(format!("{team}.xml")), provider.metadata(team)?)?;
        }
        let log_path = folder.path().join("log");
        let log = File::create(&log_path)?;
        let mut command = processors.command("node");
        command.arg(SERVER).current_dir(&folder).stdout(log.try_clone()?).stderr(log);
        command.env("JACKSON", installed).env("DATABASE", postgres.url()).env("METADATA", folder.path());
        command.env("NODE_ENV", "production").env("PORT", port.to_string()).env("TEAMS", teams.to_string());
        command.env("SECRET", SECRET).env("CALLBACK", CALLBACK);
        let process = Some(command.spawn().context("cannot start node")?);
        let mut jackson = Self { process, port, postgres, teams, _folder: folder };
        let address = jackson.address();
        let listens = jackson.process.as_mut().map_or(Ok(()), |process| wait_for(address, process));
        listens.with_context(|| fs::read_to_string(log_path).unwrap_or_default())?;
        Ok(jackson)
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    fn client_id(&self, sign_in: usize) -> String {
        format!("tenant=team-{}&product=bench", sign_in % self.teams)
    }
}

impl System for Jackson {
    fn name(&self) -> String {
        format!("@boxyhq/saml-jackson, {}", self.postgres.name())
    }

    fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    fn server_pid(&self) -> u32 {
        self.process.as_ref().map_or(0, Child::id)
    }

    fn database_pid(&self) -> Option<u32> {
        Some(self.postgres.pid())
    }

    fn most_started(&self) -> usize {
        usize::MAX
    }

    /// There is nothing that a restart would make room for.
    fn restart(&mut self) -> Result<()> {
        Ok(())
    }

    fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), stop)
    }

    fn start(&self, number: usize) -> Vec<u8> {
        let (client, state) = (self.client_id(number), number.to_string());
        let fields =
            [("client_id", client.as_str()), ("response_type", "code"), ("redirect_uri", CALLBACK), ("state", &state)];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        get(&format!("/authorize?{query}"), &self.host(), "")
    }

    fn started(&self, number: usize, answer: &Answer) -> Result<Started> {
        let request = IdentityProvider::read_request(answer.location()?)?;
        Ok(Started { number, request, cookie: String::new() })
    }

    fn respond(&self, started: &Started, saml_response: &str) -> Result<Vec<u8>> {
        let relay_state = started.request.relay_state.as_deref().unwrap_or_default();
        let fields = [("SAMLResponse", saml_response), ("RelayState", relay_state)];
        Ok(post(&path_of(&started.request.reply_url)?, &self.host(), "", &fields))
    }

    fn responded(&self, answer: &Answer) -> Result<String> {
        let location = url::Url::parse(answer.location()?)?;
        let code = location.query_pairs().find(|(name, _)| name == "code");
        Ok(code.with_context(|| format!("no code: {}", answer.summary()))?.1.into_owned())
    }

    fn redeem(&self, started: &Started, code: &str) -> Result<Vec<u8>> {
        let client = self.client_id(started.number);
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", client.as_str()),
            ("client_secret", SECRET),
            ("redirect_uri", CALLBACK),
            ("code", code),
        ];
        Ok(post("/token", &self.host(), "", &fields))
    }

    fn redeemed(&self, answer: &Answer) -> Result<()> {
        ensure!(answer.status == 200 && answer.body.contains("access_token"), "no token: {}", answer.summary());
        Ok(())
    }

    fn application_steps(&self) -> &'static [&'static str] {
        &["userinfo"]
    }

    fn application_step(&self, _step: usize, _started: &Started, before: &Answer) -> Result<Vec<u8>> {
        let tokens: serde_json::Value = serde_json::from_str(&before.body)?;
        let token = tokens.get("access_token").and_then(serde_json::Value::as_str).context("no access token")?;
        Ok(get("/userinfo", &self.host(), &format!("Authorization: Bearer {token}\r\n")))
    }

    fn application_done(&self, answer: &Answer) -> Result<()> {
        ensure!(answer.status == 200 && answer.body.contains("email"), "no person: {}", answer.summary());
        Ok(())
    }
}

impl Drop for Jackson {
    fn drop(&mut self) {
        // after a failure: nothing that we started stays
        let _ = self.stop();
    }
}
