//! Background jobs: mail is sent, what has expired is removed, secrets follow their key. Every replica runs them; the
//! store sees to it that none does another's work again.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use domain::Services;
use domain::mail::{Transport, deliver_due};
use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::time::{MissedTickBehavior, interval};
use url::Url;

use crate::config::{Mail, SmtpTls, mail_folder};
use crate::state::AppState;

const MAIL_EVERY: Duration = Duration::from_secs(2);
const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// How long the SMTP server may take to answer; less than a mail is left to one replica.
const SMTP_TIMEOUT: Duration = Duration::from_secs(30);

/// Where mail goes by the configuration: an SMTP server, or `mail/` in the data folder.
pub fn transport(mail: &Mail, data_dir: &Path) -> anyhow::Result<Transport> {
    let Some(address) = &mail.smtp_url else { return Ok(Transport::Folder(mail_folder(data_dir))) };
    let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)?.timeout(Some(SMTP_TIMEOUT));
    if let Some(file) = &mail.smtp_ca_file {
        server = server.tls(trusting(&address.parse()?, file)?);
    }
    Ok(Transport::Smtp(server.build()))
}

/// The same encryption as the address asks for, with a certificate authority of one's own.
fn trusting(address: &Url, file: &Path) -> anyhow::Result<Tls> {
    let pem = std::fs::read(file).with_context(|| format!("mail.smtp_ca_file: cannot read {}", file.display()))?;
    let authority = Certificate::from_pem(&pem).context("mail.smtp_ca_file")?;
    let host = address.host_str().unwrap_or_default().to_owned();
    let parameters = TlsParameters::builder(host).add_root_certificate(authority).build()?;
    Ok(match SmtpTls::of(address) {
        SmtpTls::Always => Tls::Wrapper(parameters),
        SmtpTls::Required => Tls::Required(parameters),
        SmtpTls::IfOffered => Tls::Opportunistic(parameters),
        SmtpTls::Never => Tls::None,
    })
}

/// Runs until the server stops.
pub async fn run(state: AppState, transport: Transport, from: Mailbox) {
    let mut mail = interval(MAIL_EVERY);
    let mut sweep = interval(SWEEP_EVERY);
    mail.set_missed_tick_behavior(MissedTickBehavior::Delay);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = mail.tick() => send(&state.services, &transport, &from).await,
            _ = sweep.tick() => {
                state.limits.forget_idle(state.services.now());
                remove_expired(&state.services).await;
                reseal(&state.services).await;
            }
        }
    }
}

async fn send(services: &Arc<Services>, transport: &Transport, from: &Mailbox) {
    if let Err(error) = deliver_due(services, transport, from).await {
        error.log();
    }
}

async fn reseal(services: &Arc<Services>) {
    match domain::key_rotation::reseal(services, &domain::Actor::portal()).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "secrets sealed with the current key"),
        Err(error) => error.log(),
    }
}

async fn remove_expired(services: &Arc<Services>) {
    match domain::sweep::delete_expired(services).await {
        Ok(rows) => tracing::debug!(rows, "expired rows removed"),
        Err(error) => error.log(),
    }
}
