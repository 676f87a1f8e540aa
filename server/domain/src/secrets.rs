//! After a new key was put first in the configuration: everything sealed goes over to it, so
//! that the one before can be taken out.

use model::AuditAction;

use crate::accounts::factors;
use crate::audit::{self, Event};
use crate::{Actor, Error, Services, attempts, mail, sp_keys};

/// Seals anew what an older key sealed, and says how many values that were. What cannot be
/// opened stays as it is and is an error, after all others were tried.
pub async fn reseal(services: &Services, actor: &Actor) -> Result<u64, Error> {
    let results = [
        sp_keys::reseal(services).await,
        factors::reseal(services).await,
        mail::reseal(services).await,
        attempts::reseal(services).await,
    ];
    let mut count = 0;
    let mut failed = None;
    for result in results {
        match result {
            Ok(resealed) => count += resealed,
            Err(error) => failed = Some(error),
        }
    }
    if count > 0 {
        let tx = services.db.begin().await?;
        let detail = Some(format!("{count} with the key {}", services.keyring.current_id()));
        audit::record(services, &tx, actor, Event::vendor(AuditAction::SecretsResealed).detail(detail)).await?;
        store::commit(tx).await?;
    }
    failed.map_or(Ok(count), Err)
}
