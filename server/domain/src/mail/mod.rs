//! Mail: a row committed with what it tells of, sent by the worker, tried again if need be.

mod body;
mod dead_letters;
mod delivery;
mod error;
mod failure;
mod layout;
mod message;
mod palette;
mod parts;
pub mod preview;
mod reason;
mod sanitize;
mod transport;

pub use dead_letters::{dead_letters, discard_dead_letter, retry_dead_letter};
pub use delivery::{deliver_due, send_test};
pub use error::MailError;
pub(crate) use message::at_and_from;
pub use message::{
    AuditedAct, Credentials, FactorChange, MembersMail, MembershipChange, Message, RequestOrigin, SignOnTeam,
    SupportAccountChange,
};
pub use transport::{OutgoingMail, Transport};

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
    let id = services.uuid();
    let mail = OutboxMail {
        id,
        recipient: recipient.to_owned(),
        sealed_body: Some(body::seal(services, id, &rendered)?),
        dead_at: None,
        subject: rendered.subject,
        created_at: now,
        next_try_at: now,
        tries: 0,
        sent_at: None,
        last_error: None,
    };
    Ok(outbox::insert(tx, mail).await?)
}
