//! Background jobs: mail is sent, what has expired is removed, secrets follow their key. Every replica runs them; the
//! store sees to it that none does another's work again.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::Services;
use domain::mail::{Transport, deliver_due};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::time::{MissedTickBehavior, interval};

use crate::config::Mail;
use crate::state::AppState;

const MAIL_EVERY: Duration = Duration::from_secs(2);
const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// Where mail goes by the configuration: an SMTP server, or `mail/` in the data folder.
pub fn transport(mail: &Mail, data_dir: &Path) -> Result<Transport, lettre::transport::smtp::Error> {
    match &mail.smtp_url {
        Some(url) => Ok(Transport::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build())),
        None => Ok(Transport::Folder(data_dir.join("mail"))),
    }
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
                state.limits.forget_idle();
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
    for resealed in [domain::sp_keys::reseal(services).await, domain::accounts::factors::reseal(services).await] {
        match resealed {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "secrets sealed with the current key"),
            Err(error) => error.log(),
        }
    }
}

async fn remove_expired(services: &Arc<Services>) {
    match domain::sweep::expired(services).await {
        Ok(rows) => tracing::debug!(rows, "expired rows removed"),
        Err(error) => error.log(),
    }
}
