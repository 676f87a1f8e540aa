//! Removes what has expired.

use crate::{Error, Services};

/// Deletes sessions, tokens, refused forms and used assertions whose time is over, and says
/// how many rows went.
pub async fn expired(services: &Services) -> Result<u64, Error> {
    Ok(store::sweep::expired(services.db.connection(), services.now()).await?)
}
