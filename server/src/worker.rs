//! Background jobs: mail is sent, what has expired is removed, secrets are sealed with the current
//! key, support's list of teams and its counts of sign-ins are kept up to date. Every replica runs them; the store makes
//! sure that none repeats another's work.

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

use crate::config::{MailConfig, SmtpTls, mail_folder};
use crate::state::AppState;

const MAIL_INTERVAL: Duration = Duration::from_secs(2);
const ACTIVITY_INTERVAL: Duration = Duration::from_mins(1);
const SWEEP_INTERVAL: Duration = Duration::from_mins(10);

/// How long the SMTP server may take to answer; less than a mail is left to one replica.
const SMTP_TIMEOUT: Duration = Duration::from_secs(30);

/// Where mail goes by the configuration: an SMTP server, or `mail/` in the data folder.
pub fn transport(mail: &MailConfig, data_dir: &Path) -> anyhow::Result<Transport> {
    let Some(address) = &mail.smtp_url else { return Ok(Transport::Folder(mail_folder(data_dir))) };
    let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)?.timeout(Some(SMTP_TIMEOUT));
    if let Some(file) = &mail.smtp_ca_file {
        server = server.tls(tls_with_authority(&address.parse()?, file)?);
    }
    Ok(Transport::Smtp(server.build()))
}

/// The encryption that the address asks for, with the operator's own certificate authority.
fn tls_with_authority(address: &Url, file: &Path) -> anyhow::Result<Tls> {
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
    let mut mail = interval(MAIL_INTERVAL);
    let mut activity = interval(ACTIVITY_INTERVAL);
    let mut sweep = interval(SWEEP_INTERVAL);
    mail.set_missed_tick_behavior(MissedTickBehavior::Delay);
    activity.set_missed_tick_behavior(MissedTickBehavior::Delay);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = mail.tick() => {
                deliver_mail(&state.services, &transport, &from).await;
                deliver_logouts(&state.services).await;
            }
            _ = activity.tick() => {
                note_activity(&state.services).await;
                count_sign_ins(&state.services).await;
            }
            _ = sweep.tick() => {
                state.limits.forget_idle(state.services.now());
                remove_expired(&state.services).await;
                reseal(&state.services).await;
                rotate_signing_keys(&state.services).await;
                repair_team_list(&state.services).await;
            }
        }
    }
}

async fn deliver_mail(services: &Arc<Services>, transport: &Transport, from: &Mailbox) {
    if let Err(error) = deliver_due(services, transport, from).await {
        error.log();
    }
}

async fn deliver_logouts(services: &Arc<Services>) {
    if let Err(error) = domain::applications::deliver_due_logouts(services).await {
        error.log();
    }
}

async fn note_activity(services: &Arc<Services>) {
    if let Err(error) = domain::team_list::note_activity(services).await {
        error.log();
    }
}

async fn count_sign_ins(services: &Arc<Services>) {
    if let Err(error) = domain::sign_in_days::count(services).await {
        error.log();
    }
}

async fn repair_team_list(services: &Arc<Services>) {
    match domain::team_list::repair(services).await {
        Ok(0) => {}
        Ok(teams) => tracing::info!(teams, "support's list of teams brought up to date"),
        Err(error) => error.log(),
    }
}

async fn rotate_signing_keys(services: &Arc<Services>) {
    match domain::signing_keys::rotate_due(services).await {
        Ok(0) => {}
        Ok(keys) => tracing::info!(keys, "the next keys that tokens are signed with were created"),
        Err(error) => error.log(),
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
