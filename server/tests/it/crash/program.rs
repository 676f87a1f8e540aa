//! The program as an operator runs it.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::client::Visitor;
use crate::harness::SECRET_KEY;

/// A running `portal serve`, which ends with this.
pub struct Program {
    pub address: SocketAddr,
    child: Child,
    _data: TempDir,
}

impl Program {
    /// Starts it, and waits until it answers.
    pub async fn start(database_url: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let address = free_address();
        let child = Command::new(env!("CARGO_BIN_EXE_portal"))
            .arg("serve")
            .current_dir(data.path())
            .env("DATABASE_URL", database_url)
            .env("PORTAL_LISTEN", address.to_string())
            .env("PORTAL_SECRET_KEYS", SECRET_KEY)
            .env("PORTAL_CLIENT_IP_HEADER", "x-forwarded-for")
            .env("PORTAL_LOG__FILTER", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let program = Self { address, child, _data: data };
        for _ in 0..600 {
            if Visitor::new(0).get(address, model::paths::READY).await.is_some_and(|answer| answer.status.is_success())
            {
                return program;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the program does not answer");
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
