//! The PostgreSQL server that `script/with-postgres --durable` started for this run.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// A database of the server.
#[derive(Clone, Debug)]
pub struct Postgres {
    folder: PathBuf,
    database: String,
    name: String,
    pid: u32,
}

impl Postgres {
    /// The server whose cluster and socket are in that folder.
    pub fn find(folder: PathBuf) -> Result<Self> {
        let pid_file = folder.join("data/postmaster.pid");
        let text = fs::read_to_string(&pid_file).with_context(|| format!("cannot read {}", pid_file.display()))?;
        let pid = text.lines().next().context("postmaster.pid")?.trim().parse()?;
        let mut server = Self { folder, database: "postgres".to_owned(), name: String::new(), pid };
        let durable = server.run("SELECT setting FROM pg_settings WHERE name = 'fsync'")?;
        ensure!(durable == "on", "this PostgreSQL runs without fsync: its figures would say nothing");
        let version = server.run("SELECT current_setting('server_version_num')::int / 10000")?;
        server.name = format!("PostgreSQL {version}");
        Ok(server)
    }

    /// A new database of that name.
    pub fn with_new_database(&self, name: &str) -> Result<Self> {
        self.run(&format!("DROP DATABASE IF EXISTS {name}"))?;
        self.run(&format!("CREATE DATABASE {name}"))?;
        Ok(Self { database: name.to_owned(), ..self.clone() })
    }

    /// Runs a statement and answers with what it prints.
    pub fn run(&self, statement: &str) -> Result<String> {
        let mut command = Command::new("psql");
        command.arg("--host").arg(&self.folder).args(["--username", "portal", "--dbname", &self.database]);
        let output = command.args(["--no-align", "--tuples-only", "--command", statement]).output()?;
        ensure!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// The address that clients take.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://portal@localhost/{}?host={}", self.database, self.folder.display())
    }

    /// The server's first process.
    #[must_use]
    pub const fn pid(&self) -> u32 {
        self.pid
    }

    /// Such as `PostgreSQL 15`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
