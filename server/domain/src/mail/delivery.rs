//! Delivery: sends the mail that is due, and schedules the next try of what could not be sent.

use chrono::TimeDelta;
use lettre::message::Mailbox;
use store::outbox::{self, OutboxMail};

use super::{MailError, Message, OutgoingMail, Transport, body, failure};
use crate::{Error, Services, Settings, retry_backoff};

/// How many mails one round takes.
const BATCH_SIZE: u64 = 20;
/// For how long a mail belongs to the replica that claimed it: longer than sending takes. Should
/// that replica die meanwhile, another one sends it then.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// The wait after the first failure; each further one doubles it.
const FIRST_BACKOFF: TimeDelta = TimeDelta::minutes(1);
/// The longest wait.
const MAX_BACKOFF: TimeDelta = TimeDelta::hours(6);
/// How often a mail is tried: for about two days.
const MAX_TRIES: i32 = 16;

/// Sends the mails that are due, and returns how many were sent.
#[tracing::instrument(name = "mail.deliver_due", level = "debug", skip_all, fields(actor.kind = "portal"))]
pub async fn deliver_due(services: &Services, transport: &Transport, from: &Mailbox) -> Result<usize, Error> {
    let db = services.db.connection();
    let mut sent = 0;
    for mail in outbox::due(db, services.now(), BATCH_SIZE).await? {
        if outbox::claim(&services.db.autocommit(), &mail, services.now() + LEASE).await?
            && deliver_claimed(services, transport, from, mail).await?
        {
            sent += 1;
        }
    }
    Ok(sent)
}

/// Sends a mail that was claimed. `false`: it could not be sent.
async fn deliver_claimed(
    services: &Services,
    transport: &Transport,
    from: &Mailbox,
    mail: OutboxMail,
) -> Result<bool, Error> {
    let db = services.db.autocommit();
    // what was sent has no body any more, and is not due
    let Some(body) = body::open(services, &mail)? else { return Ok(false) };
    let outgoing = OutgoingMail {
        id: mail.id,
        recipient: mail.recipient,
        subject: mail.subject,
        text_body: body.text,
        html_body: body.html,
    };
    match transport.send(from, &outgoing).await {
        Ok(to) => {
            outbox::mark_sent(&db, mail.id, services.now()).await?;
            tracing::info!(mail = %mail.id, subject = outgoing.subject, to, "mail sent");
            Ok(true)
        }
        Err(error) => {
            let tries = mail.tries + 1;
            let now = services.now();
            let dead_at = (tries >= MAX_TRIES).then_some(now);
            tracing::warn!(mail = %mail.id, tries, given_up = dead_at.is_some(), %error, "mail not sent");
            let next = now + backoff(mail.tries, u16::from_be_bytes(services.random_bytes()));
            outbox::mark_failed(&db, mail.id, &failure::stored(&error), next, dead_at).await?;
            Ok(false)
        }
    }
}

/// Sends a mail to test the configuration, past the outbox, and returns where it went.
#[tracing::instrument(name = "mail.send_test", level = "debug", skip_all, fields(actor.kind = "operator"))]
pub async fn send_test(
    settings: &Settings,
    transport: &Transport,
    from: &Mailbox,
    address: &str,
) -> Result<String, MailError> {
    let rendered = Message::Test.render(settings)?;
    transport.send_directly(from, address, &rendered).await
}

/// The wait after so many tries: doubled each time, and up to a quarter longer by chance, so
/// that what failed together is not tried together.
fn backoff(tries: i32, chance: u16) -> TimeDelta {
    let wait = retry_backoff::doubled(FIRST_BACKOFF, MAX_BACKOFF, tries);
    wait + wait / 4 * i32::from(chance) / i32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours() {
        let minutes = |tries| backoff(tries, 0).num_minutes();
        assert_eq!([minutes(0), minutes(1), minutes(5), minutes(9), minutes(1000)], [1, 2, 32, 360, 360]);
    }

    #[test]
    fn chance_makes_a_wait_at_most_a_quarter_longer() {
        assert_eq!(backoff(0, u16::MAX).num_seconds(), 75);
        let middle = backoff(2, u16::MAX / 2).num_seconds();
        assert!((269..=271).contains(&middle), "{middle}");
    }
}
