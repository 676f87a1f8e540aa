//! Mail: a row committed with what it tells of, sent by the worker, tried again if need be.

mod deliver;
mod message;
mod transport;

pub use deliver::deliver_due;
pub use message::{FactorNews, Message, Occasion};
pub use transport::{MailError, Transport};

use store::outbox::OutboxMail;
use store::{ConnectionTrait, outbox};

use crate::{Error, Services};

/// Puts a mail into the outbox, in the transaction of what it tells of.
pub(crate) async fn enqueue(
    services: &Services,
    tx: &impl ConnectionTrait,
    recipient: &str,
    message: &Message,
) -> Result<(), Error> {
    let now = services.now();
    let rendered = message.render(&services.settings)?;
    let mail = OutboxMail {
        id: services.uuid(),
        recipient: recipient.to_owned(),
        subject: rendered.subject,
        text_body: rendered.text,
        html_body: rendered.html,
        created_at: now,
        next_try_at: now,
        tries: 0,
        sent_at: None,
        last_error: None,
    };
    Ok(outbox::insert(tx, mail).await?)
}
