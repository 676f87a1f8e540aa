//! Why a mail was not sent.

use crate::InternalError;

/// A mail could not be composed or sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address does not parse.
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The message could not be built.
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
    /// The folder could not be created.
    #[error("folder: {0}")]
    CreateFolder(#[from] std::io::Error),
}

impl From<MailError> for InternalError {
    fn from(error: MailError) -> Self {
        Self::Mail(Box::new(error))
    }
}
