//! `mock-entra`: see the library.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Parser;
use mock_entra::app::App;
use mock_entra::downloads;
use mock_entra::keys::SigningKey;
use mock_entra::server::{Mock, now, router};
use mock_entra::tenant::Tenant;
use tokio::signal::unix::{SignalKind, signal};

/// A mock Entra ID for demonstrations and browser tests. It signs in anybody as anybody.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:7100")]
    listen: SocketAddr,
    /// The tenant's ID, a GUID
    #[arg(long, default_value = "8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55")]
    tenant: String,
    /// Where to write the certificate, the metadata and team.json
    #[arg(long)]
    directory: PathBuf,
    /// The application to register, in JSON as /api/app takes it
    #[arg(long)]
    app: Option<PathBuf>,
    /// Where applications that are not registered sign out; {identifier} stands for theirs
    #[arg(long, value_name = "URL")]
    logout_url: Option<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let listener = tokio::net::TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("cannot listen on {}", arguments.listen))?;
    let base_url = format!("http://localhost:{}", listener.local_addr()?.port());
    let tenant = Tenant { id: arguments.tenant.to_ascii_lowercase(), base_url };
    let key = SigningKey::generate(now())?;
    downloads::write(&arguments.directory, &tenant, &key)?;
    let mock = Mock::new(tenant, key).with_logout_url_pattern(arguments.logout_url);
    if let Some(path) = arguments.app {
        mock.register(read_app(&path)?);
    }
    let router = router(Arc::new(mock));
    let mut terminate = signal(SignalKind::terminate())?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    axum::serve(listener, router).with_graceful_shutdown(stop).await?;
    Ok(())
}

fn read_app(path: &Path) -> Result<App> {
    let json = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice::<App>(&json)?.checked().map_err(anyhow::Error::msg)
}
