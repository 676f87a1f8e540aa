//! Where mail goes: an SMTP server, a folder, or memory.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::{Mailbox, MessageBuilder, MultiPart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::fs::{DirBuilder, set_permissions};
use uuid::Uuid;

use super::error::MailError;
use super::layout::RenderedMail;

/// A mail of the outbox, opened to be sent.
#[derive(Clone, Debug)]
pub struct OutgoingMail {
    /// Its row in the outbox.
    pub id: Uuid,
    /// The address that it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text part.
    pub text_body: String,
    /// Its HTML part.
    pub html_body: String,
}

/// How mail leaves the portal.
#[derive(Clone, Debug)]
pub enum Transport {
    /// An SMTP server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` file a mail, for trials on one machine.
    Folder(PathBuf),
    /// Kept in memory, for tests.
    Memory(Arc<Mutex<Vec<OutgoingMail>>>),
}

impl Transport {
    /// Sends a mail of the outbox from `from`, and returns where it went.
    pub(super) async fn send(&self, from: &Mailbox, mail: &OutgoingMail) -> Result<String, MailError> {
        if let Self::Memory(sent) = self {
            sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        }
        // the same each time it is tried: what arrives twice is known by it
        let id = format!("<{}@{}>", mail.id, from.email.domain());
        let parts = MultiPart::alternative_plain_html(mail.text_body.clone(), mail.html_body.clone());
        self.transmit(message_builder(from, &mail.recipient, &mail.subject)?.message_id(Some(id)).multipart(parts)?)
            .await
    }

    /// Sends a mail that is not in the outbox.
    pub(super) async fn send_directly(
        &self,
        from: &Mailbox,
        to: &str,
        mail: &RenderedMail,
    ) -> Result<String, MailError> {
        let parts = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
        self.transmit(message_builder(from, to, &mail.subject)?.message_id(None).multipart(parts)?).await
    }

    async fn transmit(&self, message: Message) -> Result<String, MailError> {
        match self {
            Self::Smtp(server) => {
                server.send(message).await?;
                Ok("SMTP".to_owned())
            }
            Self::Folder(folder) => {
                // links in it sign people in: nobody else on this machine reads them
                DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
                let id = AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await?;
                let file = folder.join(format!("{id}.eml"));
                set_permissions(&file, Permissions::from_mode(0o600)).await?;
                Ok(file.display().to_string())
            }
            Self::Memory(_) => Ok("memory".to_owned()),
        }
    }
}

fn message_builder(from: &Mailbox, to: &str, subject: &str) -> Result<MessageBuilder, MailError> {
    Ok(Message::builder().from(from.clone()).to(to.parse()?).subject(subject))
}
