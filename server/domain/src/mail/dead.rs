//! Mail that could not be delivered and is not tried any more: support sees it, and tries it
//! again or lets it go.

use model::AuditAction;
use model::support::DeadMail;
use store::outbox::{self, OutboxMail};

use crate::audit::{self, Event};
use crate::{Action, Actor, Error, Services};

/// How many are shown.
const SHOWN: u64 = 200;

/// Mail that is not tried any more, the newest first. What it says is not shown: it may hold
/// a one-time link.
pub async fn dead(services: &Services, actor: &Actor) -> Result<Vec<DeadMail>, Error> {
    actor.vendor(Action::ManageMail)?;
    let rows = outbox::dead_letters(services.db.connection(), SHOWN).await?;
    Ok(rows.into_iter().map(view).collect())
}

fn view(mail: OutboxMail) -> DeadMail {
    DeadMail {
        id: mail.id.to_string(),
        recipient: mail.recipient,
        subject: mail.subject,
        created_at: mail.created_at,
        tries: mail.tries,
        error: mail.last_error.unwrap_or_default(),
    }
}

/// Tries a mail again, from the beginning.
pub async fn try_again(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    actor.vendor(Action::ManageMail)?;
    let mail = outbox::dead_letter(&tx, parse(id)?).await?.ok_or(Error::NotFound)?;
    outbox::retry(&tx, mail.id, services.now()).await?;
    let event = Event::vendor(AuditAction::MailTriedAgain).on(mail.recipient).detail(Some(mail.subject));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Lets a mail go.
pub async fn discard(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    actor.vendor(Action::ManageMail)?;
    let mail = outbox::dead_letter(&tx, parse(id)?).await?.ok_or(Error::NotFound)?;
    outbox::delete(&tx, mail.id).await?;
    let event = Event::vendor(AuditAction::MailDiscarded).on(mail.recipient).detail(Some(mail.subject));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

fn parse(id: &str) -> Result<uuid::Uuid, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
