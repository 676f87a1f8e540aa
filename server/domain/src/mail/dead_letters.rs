//! Dead letters: mail that could not be delivered and is not tried any more. Support sees it, and
//! tries it again or discards it.

use model::AuditAction;
use model::support::DeadLetter;
use store::outbox::{self, OutboxMail};

use super::failure;
use crate::audit::{self, NewAuditEvent};
use crate::{Action, Actor, Error, Services};

/// How many are listed.
const LIST_LIMIT: u64 = 200;

/// Mail that is not tried any more, the newest first. What it says is not shown: it may hold
/// a one-time link.
#[tracing::instrument(name = "mail.dead_letters", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn dead_letters(services: &Services, actor: &Actor) -> Result<Vec<DeadLetter>, Error> {
    actor.authorize_support(Action::ManageMail)?;
    let rows = outbox::dead_letters(services.db.connection(), LIST_LIMIT).await?;
    Ok(rows.into_iter().map(view).collect())
}

fn view(mail: OutboxMail) -> DeadLetter {
    DeadLetter {
        id: mail.id.to_string(),
        recipient: mail.recipient,
        subject: mail.subject,
        created_at: mail.created_at,
        tries: mail.tries,
        error: mail.last_error.map(failure::from_stored),
    }
}

/// Puts a dead letter back into the outbox, with all its tries.
#[tracing::instrument(name = "mail.retry_dead_letter", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn retry_dead_letter(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    actor.authorize_support(Action::ManageMail)?;
    let mail = outbox::dead_letter(&tx, parse_id(id)?).await?.ok_or(Error::NotFound)?;
    outbox::retry(&tx, mail.id, services.now()).await?;
    let event = NewAuditEvent::vendor(AuditAction::MailTriedAgain).target(mail.recipient).detail(Some(mail.subject));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Deletes a dead letter.
#[tracing::instrument(name = "mail.discard_dead_letter", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn discard_dead_letter(services: &Services, actor: &Actor, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    actor.authorize_support(Action::ManageMail)?;
    let mail = outbox::dead_letter(&tx, parse_id(id)?).await?.ok_or(Error::NotFound)?;
    outbox::delete(&tx, mail.id).await?;
    let event = NewAuditEvent::vendor(AuditAction::MailDiscarded).target(mail.recipient).detail(Some(mail.subject));
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

fn parse_id(id: &str) -> Result<uuid::Uuid, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
