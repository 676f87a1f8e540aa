//! What a mail says, sealed while it waits: it may hold a one-time link, which stands
//! nowhere else but as a hash.

use serde::{Deserialize, Serialize};
use store::outbox::{self, OutboxMail};
use uuid::Uuid;

use super::message::Rendered;
use crate::sealed::{Place, UnsealError};
use crate::{Error, Services};

/// Both parts of a mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) html: String,
}

const fn place(mail: Uuid) -> Place {
    Place { column: "outbox.sealed_body", row: mail, owner: Uuid::nil() }
}

pub(super) fn seal(services: &Services, mail: Uuid, rendered: &Rendered) -> Result<Vec<u8>, Error> {
    let body = Body { text: rendered.text.clone(), html: rendered.html.clone() };
    Ok(services.keyring.seal(&*services.random, &serde_json::to_vec(&body)?, &place(mail))?)
}

/// A mail's parts; none once it was sent.
pub(super) fn open(services: &Services, mail: &OutboxMail) -> Result<Option<Body>, Error> {
    let Some(sealed) = &mail.sealed_body else { return Ok(None) };
    let opened = services.keyring.open(sealed, &place(mail.id))?;
    Ok(Some(serde_json::from_slice(&opened)?))
}

/// Seals anew what an older key sealed, and says how many mails that were.
pub(crate) async fn reseal(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let mut count = 0;
    let mut failed: Option<UnsealError> = None;
    for mail in outbox::sealed(db).await? {
        let Some(old) = mail.sealed_body.as_ref().filter(|sealed| !services.keyring.is_current(sealed)) else {
            continue;
        };
        let place = place(mail.id);
        let opened = services.keyring.open(old, &place);
        match opened.and_then(|secret| services.keyring.seal(&*services.random, &secret, &place)) {
            Ok(new) => count += u64::from(outbox::replace_sealed(db, mail.id, old, new).await?),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), |error| Err(error.into()))
}
