//! What a mail says, sealed while it waits: it may hold a one-time link, which stands
//! nowhere else but as a hash.

use serde::{Deserialize, Serialize};
use store::outbox::OutboxMail;
use store::sealed_values::SealedColumn;
use uuid::Uuid;

use super::layout::RenderedMail;
use crate::sealed::AssociatedData;
use crate::{Error, Services};

/// Both parts of a mail, as text and as HTML.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct MailBody {
    pub(super) text: String,
    pub(super) html: String,
}

const fn associated_data(mail: Uuid) -> AssociatedData {
    AssociatedData::of(SealedColumn::MailBody, mail, Uuid::nil())
}

pub(super) fn seal(services: &Services, mail: Uuid, rendered: &RenderedMail) -> Result<Vec<u8>, Error> {
    let body = MailBody { text: rendered.text.clone(), html: rendered.html.clone() };
    Ok(services.key_ring.seal(&*services.random, &serde_json::to_vec(&body)?, &associated_data(mail))?)
}

/// A mail's parts; none once it was sent.
pub(super) fn open(services: &Services, mail: &OutboxMail) -> Result<Option<MailBody>, Error> {
    let Some(sealed) = &mail.sealed_body else { return Ok(None) };
    let opened = services.key_ring.open(sealed, &associated_data(mail.id))?;
    Ok(Some(serde_json::from_slice(&opened)?))
}
