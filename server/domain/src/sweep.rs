//! Removes what has expired.

use store::{attempt_documents, sign_ins, stray_arrivals};

use crate::{Error, Services};

/// Documents that go in one statement: few enough that nobody waits for them.
const DOCUMENTS: u64 = 2_000;
/// Attempts that do: each takes some 30 events along.
const ATTEMPTS: u64 = 200;

/// Deletes sessions, tokens, refused forms and used assertions whose time is over, sign-ins
/// that are older than the configuration keeps them, and says how many rows went.
pub async fn expired(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let now = services.now();
    services.strays.forget_idle();
    let retention = services.settings.retention;
    let mut rows = store::sweep::expired(db, now).await?;
    // with nothing to keep, what was kept before goes as well
    let xml_before = now - retention.xml;
    loop {
        let deleted = attempt_documents::delete_before(db, xml_before, DOCUMENTS).await?;
        rows += deleted;
        if deleted < DOCUMENTS {
            break;
        }
    }
    let before = now - retention.attempts;
    loop {
        let deleted = sign_ins::delete_before(db, before, ATTEMPTS).await?;
        rows += deleted;
        if deleted < ATTEMPTS {
            break;
        }
    }
    Ok(rows + stray_arrivals::delete_before(db, before).await?)
}
