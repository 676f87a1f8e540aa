//! After a new key was put first in the configuration: everything sealed goes over to it,
//! so that the one before can be taken out.

use store::sp_keys;

use super::place;
use crate::{Error, Services};

/// Seals anew what an older key sealed, and says how many rows that were. What cannot be
/// opened stays as it is and is an error, after all others were tried.
pub async fn reseal(services: &Services) -> Result<u64, Error> {
    let db = services.db.connection();
    let mut count = 0;
    let mut failed = None;
    for row in sp_keys::list_all_teams(db).await? {
        if services.keyring.is_current(&row.private_key) {
            continue;
        }
        let place = place(&row);
        let opened = services.keyring.open(&row.private_key, &place);
        let sealed = opened.and_then(|secret| services.keyring.seal(&*services.random, &secret, &place));
        match sealed {
            Ok(sealed) => count += u64::from(sp_keys::replace_sealed(db, &row, sealed).await?),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(count), |error| Err(error.into()))
}
