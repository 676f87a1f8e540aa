//! Where mail goes: an SMTP server, a folder, or memory.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use store::outbox::OutboxMail;

/// A mail could not be made or sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address is none.
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message could not be put together.
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
    /// A template failed.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// The SMTP server refused or could not be reached.
    #[error("SMTP: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The folder could not be written.
    #[error("folder: {0}")]
    Folder(#[from] lettre::transport::file::Error),
    /// The folder could not be made.
    #[error("folder: {0}")]
    CreateFolder(#[from] std::io::Error),
}

/// Where mail goes.
#[derive(Clone, Debug)]
pub enum Transport {
    /// An SMTP server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` file a mail, for trials on one machine.
    Folder(PathBuf),
    /// Kept in memory, for tests.
    Memory(Arc<Mutex<Vec<OutboxMail>>>),
}

impl Transport {
    /// Sends a mail from `from`, and says where it went.
    pub(super) async fn send(&self, from: &Mailbox, mail: &OutboxMail) -> Result<String, MailError> {
        match self {
            Self::Smtp(server) => {
                server.send(compose(from, mail)?).await?;
                Ok("SMTP".to_owned())
            }
            Self::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                let id = AsyncFileTransport::<Tokio1Executor>::new(folder).send(compose(from, mail)?).await?;
                Ok(folder.join(format!("{id}.eml")).display().to_string())
            }
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok("memory".to_owned())
            }
        }
    }
}

fn compose(from: &Mailbox, mail: &OutboxMail) -> Result<Message, MailError> {
    let message = Message::builder()
        .from(from.clone())
        .to(mail.recipient.parse()?)
        .subject(&mail.subject)
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .multipart(MultiPart::alternative_plain_html(mail.text_body.clone(), mail.html_body.clone()))?;
    Ok(message)
}
