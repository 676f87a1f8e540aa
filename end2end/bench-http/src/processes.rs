//! Processes as `/proc` shows them, and the processors that they run on.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// Linux counts processor time in hundredths of a second wherever programs see it.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time in seconds: of the server, of its database, and of this client.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpuTimes {
    /// The server's process.
    pub server: f64,
    /// All processes of the database server; nothing where the database is in the server.
    pub database: f64,
    /// This program.
    pub client: f64,
}

impl CpuTimes {
    /// What they are now.
    pub fn read(server: u32, database: Option<u32>) -> Result<Self> {
        Ok(Self {
            server: Stat::read(server)?.own,
            database: database.map_or(Ok(0.0), family_time)?,
            client: Self::of_client()?,
        })
    }

    /// This program's alone.
    pub fn of_client() -> Result<f64> {
        Ok(Stat::read(std::process::id())?.own)
    }

    /// What was used since an earlier reading.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            server: self.server - earlier.server,
            database: self.database - earlier.database,
            client: self.client - earlier.client,
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            server: self.server + other.server,
            database: self.database + other.database,
            client: self.client + other.client,
        }
    }

    /// Milliseconds for each of so many requests.
    #[must_use]
    pub fn milliseconds_each(self, requests: f64) -> Self {
        let each = |seconds: f64| seconds * 1_000.0 / requests;
        Self { server: each(self.server), database: each(self.database), client: each(self.client) }
    }
}

/// A process's line in `/proc/PID/stat` (proc(5)), as far as it is needed.
struct Stat {
    parent: u32,
    own: f64,
    /// Of children that have ended.
    ended_children: f64,
}

impl Stat {
    fn read(pid: u32) -> Result<Self> {
        let line = fs::read_to_string(format!("/proc/{pid}/stat")).with_context(|| format!("no process {pid}"))?;
        // the program's name stands in brackets and may hold anything
        let (_, fields) = line.rsplit_once(") ").context("/proc/PID/stat")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u32>().ok()).context("/proc/PID/stat");
        let seconds = |at: usize| -> Result<f64> { Ok(f64::from(number(at)? + number(at + 1)?) / TICKS_PER_SECOND) };
        Ok(Self { parent: number(1)?, own: seconds(11)?, ended_children: seconds(13)? })
    }
}

/// Of a process and its children, also those that have ended.
fn family_time(pid: u32) -> Result<f64> {
    let parent = Stat::read(pid)?;
    let processes = fs::read_dir("/proc")?.filter_map(Result::ok);
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    // one that ends meanwhile counts among the ended ones next time
    let children = pids.filter_map(|pid| Stat::read(pid).ok()).filter(|stat| stat.parent == pid);
    Ok(parent.own + parent.ended_children + children.map(|stat| stat.own).sum::<f64>())
}

/// Resident memory in MiB.
pub fn resident_mib(pid: u32) -> Result<f64> {
    Ok(f64::from(status_field(pid, "VmRSS")?.trim_end_matches(" kB").parse::<u32>()?) / 1024.0)
}

fn status_field(pid: u32, name: &str) -> Result<String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    Ok(line.with_context(|| format!("/proc/PID/status: {name}"))?.trim().to_owned())
}

/// The processors: servers may use all of them, this client the last one alone.
#[derive(Clone, Debug)]
pub struct Processors {
    all: String,
}

impl Processors {
    /// Pins this program, with all its threads, to the last processor that it may use.
    pub fn pin_client() -> Result<Self> {
        let all = status_field(std::process::id(), "Cpus_allowed_list")?;
        let last = all.rsplit([',', '-']).next().unwrap_or(&all).to_owned();
        let pid = std::process::id().to_string();
        let pinned = Command::new("taskset").args(["-acp", &last, &pid]).stdout(Stdio::null()).status()?;
        ensure!(pinned.success(), "taskset failed");
        Ok(Self { all })
    }

    /// A command that may use all processors.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("taskset");
        command.args(["-c", &self.all, program]);
        command
    }
}

/// Ends a server of ours as an operator would, and waits for it.
pub fn stop(mut child: Child) -> Result<()> {
    Command::new("kill").arg(child.id().to_string()).status()?;
    child.wait()?;
    Ok(())
}

/// Waits until something listens there.
pub fn wait_for(address: std::net::SocketAddr, child: &mut Child) -> Result<()> {
    for _ in 0..24_000 {
        if std::net::TcpStream::connect(address).is_ok() {
            return Ok(());
        }
        if let Some(status) = child.try_wait()? {
            anyhow::bail!("it ended with {status} before it listened");
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    anyhow::bail!("it does not listen at {address}")
}

/// A port that nothing listens on.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
