//! The sealed XML of attempts.

use store::attempt_documents::Document;
use store::attempts::Attempt;

use crate::sign_in::document_associated_data;
use crate::{Error, Services, document_encoding};

/// A document as text.
pub(super) fn open(services: &Services, attempt: &Attempt, document: &Document) -> Result<String, Error> {
    let opened = services.key_ring.open(&document.sealed, &document_associated_data(attempt, document.kind))?;
    Ok(document_encoding::decode(&opened)?)
}
