//! The sealed XML of attempts: opened, and sealed anew after a new key.

use store::attempt_documents::{self, Document};
use store::attempts::{self, Attempt};

use crate::sealed::UnsealError;
use crate::sign_on::place;
use crate::{Error, Services};

/// How many are sealed anew at a time.
const BATCH: u64 = 200;

/// A document as text.
pub(super) fn open(services: &Services, attempt: &Attempt, document: &Document) -> Result<String, Error> {
    let opened = services.keyring.open(&document.sealed, &place(attempt, document.kind))?;
    Ok(String::from_utf8_lossy(&opened).into_owned())
}

/// Seals anew what an older key sealed, and says how many documents that were.
pub(crate) async fn reseal(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let (mut count, mut failed, mut after) = (0, None, None);
    loop {
        let batch = attempt_documents::after(db, after, BATCH).await?;
        let Some(last) = batch.last() else { return failed.map_or(Ok(count), Err) };
        after = Some((last.attempt_id, last.kind));
        for document in batch.iter().filter(|document| !services.keyring.is_current(&document.sealed)) {
            match reseal_one(services, document).await {
                Ok(resealed) => count += u64::from(resealed),
                Err(error) => failed = Some(error),
            }
        }
    }
}

async fn reseal_one(services: &Services, document: &Document) -> Result<bool, Error> {
    let db = services.db.connection();
    // swept away meanwhile
    let Some(attempt) = attempts::by_document(db, document).await? else { return Ok(false) };
    let place = place(&attempt, document.kind);
    let opened = services.keyring.open(&document.sealed, &place);
    let sealed: Result<_, UnsealError> =
        opened.and_then(|secret| services.keyring.seal(&*services.random, &secret, &place));
    Ok(attempt_documents::replace_sealed(db, document, sealed?).await?)
}
