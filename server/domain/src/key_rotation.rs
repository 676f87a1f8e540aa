//! After a new key was put first in the configuration: everything sealed is sealed anew with it,
//! so that the one before can be taken out.

use model::AuditAction;
use model::audit::AuditDetail;
use store::sealed_values::{self, SealedColumn, SealedValue};

use crate::audit::{self, NewAuditEvent};
use crate::sealed::AssociatedData;
use crate::{Actor, Error, Services};

/// How many values are read at a time.
const BATCH: u64 = 200;

/// Seals anew what an older key sealed, in every column, and says how many values that were. Kept messages, of which
/// there are millions, are looked through only where there is an older key to open them with.
///
/// # Errors
/// What cannot be opened stays as it is and is an error, after all others were tried.
#[tracing::instrument(skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn reseal(services: &Services, actor: &Actor) -> Result<u64, Error> {
    let mut total = Resealed::default();
    let has_older_keys = services.key_ring.has_older_keys();
    for column in SealedColumn::ALL.into_iter().filter(|column| has_older_keys || !column.is_of_messages()) {
        match reseal_values(services, column).await {
            Ok(resealed) => total.add(resealed),
            Err(error) => total.failed = Some(error),
        }
    }
    if total.count > 0 {
        let tx = services.db.begin().await?;
        let detail = AuditDetail::Resealed { count: total.count, key: services.key_ring.current_id().to_string() };
        audit::record(services, &tx, actor, NewAuditEvent::vendor(AuditAction::SecretsResealed).coded_detail(&detail))
            .await?;
        store::commit(tx).await?;
    }
    total.result()
}

/// The same for one column, without an audit event.
///
/// # Errors
/// As [`reseal`].
pub async fn reseal_column(services: &Services, column: SealedColumn) -> Result<u64, Error> {
    reseal_values(services, column).await?.result()
}

/// What was sealed anew, and an error if something could not be.
#[derive(Debug, Default)]
struct Resealed {
    count: u64,
    failed: Option<Error>,
}

impl Resealed {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.failed = other.failed.or_else(|| self.failed.take());
    }

    fn result(self) -> Result<u64, Error> {
        self.failed.map_or(Ok(self.count), Err)
    }
}

async fn reseal_values(services: &Services, column: SealedColumn) -> Result<Resealed, Error> {
    let db = services.db.connection();
    let header = services.key_ring.current_header();
    let (mut resealed, mut after) = (Resealed::default(), None);
    loop {
        let batch = sealed_values::batch_without_header(db, column, &header, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(resealed) };
        after = Some(last.row);
        for value in &batch {
            match reseal_value(services, column, value).await {
                Ok(is_replaced) => resealed.count += u64::from(is_replaced),
                Err(error) => resealed.failed = Some(error),
            }
        }
    }
}

async fn reseal_value(services: &Services, column: SealedColumn, value: &SealedValue) -> Result<bool, Error> {
    let associated = AssociatedData::of(column, value.row, value.owner);
    let secret = services.key_ring.open(&value.sealed, &associated)?;
    let sealed = services.key_ring.seal(&*services.random, &secret, &associated)?;
    Ok(sealed_values::replace(&services.db.autocommit(), column, value, sealed).await?)
}
