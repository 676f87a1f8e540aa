//! Sends what is due, and plans the next try of what could not be sent.

use chrono::TimeDelta;
use lettre::message::Mailbox;
use store::outbox;

use super::Transport;
use crate::{Error, Services};

/// How many mails one round takes.
const BATCH: u64 = 20;
/// The wait after the first failure; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// The longest wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

/// Sends the mails that are due, and answers how many were sent.
pub async fn deliver_due(services: &Services, transport: &Transport, from: &Mailbox) -> Result<usize, Error> {
    let db = services.db.connection();
    let mut sent = 0;
    for mail in outbox::due(db, services.now(), BATCH).await? {
        if !outbox::claim(db, &mail, services.now() + wait(mail.tries)).await? {
            continue;
        }
        match transport.send(from, &mail).await {
            Ok(to) => {
                outbox::mark_sent(db, mail.id, services.now()).await?;
                tracing::info!(mail = %mail.id, subject = mail.subject, to, "mail sent");
                sent += 1;
            }
            Err(error) => {
                tracing::warn!(mail = %mail.id, tries = mail.tries + 1, %error, "mail not sent");
                outbox::mark_failed(db, mail.id, &error.to_string()).await?;
            }
        }
    }
    Ok(sent)
}

fn wait(tries: i32) -> TimeDelta {
    let doublings = u32::try_from(tries).unwrap_or_default().min(16);
    FIRST_WAIT.checked_mul(1 << doublings).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours() {
        let minutes = |tries| wait(tries).num_minutes();
        assert_eq!([minutes(0), minutes(1), minutes(5), minutes(9), minutes(1000)], [1, 2, 32, 360, 360]);
    }
}
