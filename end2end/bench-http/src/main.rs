//! `script/bench http`: what a sign-in costs over HTTP, from the Sign on URL to the session,
//! on each database. `docs/performance.md` says what is measured and how to read it.

mod application;
mod http;
mod identity_provider;
mod jackson;
mod load;
mod portal;
mod postgres;
mod processes;
mod report;
mod round;
mod stage;
mod system;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Parser;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::{Padding, Rsa};
use tokio::signal::unix::{SignalKind, signal};

use application::ApplicationSignIns;
use identity_provider::IdentityProvider;
use jackson::Jackson;
use portal::{Build, Portal};
use postgres::Postgres;
use processes::{CpuTimes, Processors};
use report::Row;
use round::Bench;
use system::System;

/// Measures sign-ins over HTTP on SQLite and PostgreSQL, and prints a table in Markdown.
#[derive(Parser)]
#[command(name = "script/bench http", override_usage = "script/bench http [OPTIONS]")]
struct Options {
    /// How many teams there are; the sign-ins are spread over all of them
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    teams: u32,
    /// How many people there are, who come back again and again
    #[arg(long, default_value_t = 1_000)]
    people: usize,
    /// Sign-ins of a round, at most 4,500
    #[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u32).range(20..=4_500))]
    sign_ins: u32,
    /// Seconds of a round at half of the rate that was reached
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Rounds, of which the medians are shown
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// So many sign-ins in one life of the server, for its memory: what is over 9,000 takes a
    /// minute per 2,700, since a replica lets no more people in
    #[arg(long, value_name = "SIGN-INS")]
    memory: Option<usize>,
    /// Only systems whose name contains this, such as `sqlite`
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// Also Ory Polis' engine, npm `@boxyhq/saml-jackson`, on PostgreSQL
    #[arg(long)]
    peers: bool,
    /// The portal
    #[arg(long, env = "SSO_PORTAL_BINARY", hide = true)]
    portal: PathBuf,
    /// Its style and scripts
    #[arg(long, env = "BENCH_SITE", hide = true)]
    site: PathBuf,
    /// Where `@boxyhq/saml-jackson` is installed
    #[arg(long, env = "BENCH_PEERS", hide = true)]
    peers_folder: Option<PathBuf>,
    /// The cluster of script/with-postgres
    #[arg(long, env = "SSO_PORTAL_POSTGRES_FOLDER", hide = true)]
    postgres: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let processors = Processors::pin_client()?;
    // one thread: what this program costs stays small and on its processor
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        // either way the servers that we started are dropped, and thereby stopped
        tokio::select! {
            done = run(&options, &processors) => done,
            _ = terminated.recv() => bail!("stopped"),
            _ = tokio::signal::ctrl_c() => bail!("stopped"),
        }
    })
}

async fn run(options: &Options, processors: &Processors) -> Result<()> {
    ensure!(options.rounds > 0, "--rounds: at least one");
    let teams = usize::try_from(options.teams)?;
    ensure!(options.sign_ins <= options.teams.saturating_mul(450), "a team may have 500 sign-ins open: more teams");
    ensure!(options.memory.is_none() || teams >= 5, "--memory: a team lets in 600 people a minute: 5 teams or more");
    let provider = IdentityProvider::new(teams, options.people)?;
    let postgres = Postgres::find(options.postgres.clone())?;
    let rsa = rsa_verification()?;
    let build = Build { binary: std::path::absolute(&options.portal)?, site: std::path::absolute(&options.site)? };
    let mut rows = Vec::new();
    for server in [None, Some(&postgres)] {
        let name = server.map_or("SQLite", Postgres::name);
        if options.wants(name) {
            eprintln!("importing {teams} team(s) into {name}");
            let mut portal = Portal::start(&build, processors, &provider, server)?;
            rows.push(measure(options, &mut portal, &provider).await?);
        }
        for algorithm in ["RS256", "ES256"] {
            let name = format!("{name} for an application, {algorithm}");
            if options.wants(&name) {
                let portal = Portal::start(&build, processors, &provider, server)?;
                let mut application = ApplicationSignIns::of(portal, algorithm)?;
                rows.push(measure(options, &mut application, &provider).await?);
            }
        }
    }
    if let Some(folder) = options.peers_folder.as_ref().filter(|_| options.peers) {
        let mut jackson = Jackson::start(folder, processors, &provider, &postgres)?;
        rows.push(measure(options, &mut jackson, &provider).await?);
    }
    println!("{}", report::tables(&rows, rsa));
    println!(
        "{} round(s) of {} sign-ins, {teams} team(s), {} people; a response has {} bytes of XML; a bare RSA-2048 \
         verification took {:.1} µs.",
        options.rounds,
        options.sign_ins,
        options.people,
        provider.response_size()?,
        rsa * 1_000.0
    );
    Ok(())
}

impl Options {
    fn wants(&self, name: &str) -> bool {
        let part = self.only.as_deref().unwrap_or_default();
        format!("portal, {name}").to_lowercase().contains(&part.to_lowercase())
    }
}

async fn measure(options: &Options, system: &mut dyn System, provider: &IdentityProvider) -> Result<Row> {
    let name = system.name();
    let mut bench = Bench::new(system, provider);
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        let round = bench.round(usize::try_from(options.sign_ins)?, options.seconds).await;
        let round = round.with_context(|| name.clone())?;
        eprintln!("{}", report::progress(&name, &round));
        rounds.push(round);
    }
    let memory = match options.memory {
        Some(sign_ins) => Some(bench.memory(sign_ins).await.with_context(|| name.clone())?),
        None => None,
    };
    bench.system.stop()?;
    Ok(Row { name, rounds, memory })
}

/// What the signature of a response costs at the least: processor time in milliseconds.
fn rsa_verification() -> Result<f64> {
    const TIMES: u32 = 30_000;
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let digest = openssl::hash::hash(MessageDigest::sha256(), b"bench")?;
    let rsa = key.rsa()?;
    let mut signature = vec![0; usize::try_from(rsa.size())?];
    rsa.private_encrypt(&digest, &mut signature, Padding::PKCS1)?;
    let mut opened = vec![0; signature.len()];
    let before = CpuTimes::of_client()?;
    for _ in 0..TIMES {
        rsa.public_decrypt(&signature, &mut opened, Padding::PKCS1)?;
    }
    Ok((CpuTimes::of_client()? - before) * 1_000.0 / f64::from(TIMES))
}
