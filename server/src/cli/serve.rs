//! `portal serve`.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use domain::accounts;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::services::{open_database, start_services};
use crate::config::Config;
use crate::state::AppState;
use crate::{assets, router, worker};

/// How long requests may take to finish when the server is told to stop.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(20);

/// Options of `portal serve`.
#[derive(Clone, Copy, Debug, Args)]
pub struct Options {
    /// Refuse to start when the database is older than this version, instead of migrating it
    #[arg(long)]
    no_migrate: bool,
}

pub async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    let db = open_database(&config).await?;
    if options.no_migrate {
        let pending = db.pending_migrations().await?;
        anyhow::ensure!(
            pending.is_empty(),
            "the database lacks {} migration(s): {}. Run `portal migrate` first",
            pending.len(),
            pending.join(", ")
        );
    } else {
        db.migrate().await.context("cannot migrate the database")?;
    }
    let listen = config.listen;
    let transport = worker::transport(&config.mail, &config.data_dir)?;
    let from = config.mail.from.clone();
    if let Some(folder) = &config.settings.mail_to_folder {
        tracing::warn!(folder = %folder.display(), "no SMTP server is configured: mail is written to files");
    }
    if config.settings.allow_private_addresses && !config.settings.urls.is_local_http() {
        tracing::warn!(
            "metadata.allow_private_addresses: whoever sets up a team can make us connect to your own network"
        );
    }
    if config.settings.urls.is_https() && config.client_ip_header.is_none() {
        tracing::warn!(
            "client_ip_header is not set: behind a proxy, limits per address then count all its clients as one"
        );
    }
    let leptos = assets::leptos_options(config.site_root.as_deref(), listen);
    let client_ip_header = config.client_ip_header.clone();
    let services = start_services(db, config).await?;
    let first_support = accounts::first_support_link(&services).await?;
    let home = services.settings.urls.account(app::routes::HOME);

    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let state = AppState::new(services, leptos, client_ip_header);
    let jobs = tokio::spawn(worker::run(state.clone(), transport, from));
    print_welcome(&home, first_support.as_deref());

    let streams = state.streams.clone();
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let service = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown_signal().await;
        streams.close();
        tracing::info!("stopping: requests under way are finished first");
        let _ = stopping.send(());
    });
    tokio::select! {
        result = server => result?,
        () = async { let _ = stopped.await; tokio::time::sleep(SHUTDOWN_GRACE).await } => {
            tracing::warn!("some requests did not finish in time");
        }
    }
    jobs.abort();
    Ok(())
}

/// Prints the first addresses to open, on standard output: a one-time link does not belong in the
/// log.
fn print_welcome(home: &str, first_support: Option<&str>) {
    println!("The portal is at {home}");
    if let Some(link) = first_support {
        println!("Create the first support account (works once, within 24 hours):\n  {link}");
    }
}

async fn shutdown_signal() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // then there is no way to be told but Ctrl-C
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
