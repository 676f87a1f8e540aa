//! How many streams of events a replica and an account hold at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::ids::AccountId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many streams a replica holds at once.
const MAX_STREAMS: usize = 500;
/// How many of them one account holds, so that nobody takes all of them.
const MAX_STREAMS_PER_ACCOUNT: usize = 20;

/// The permits for streams. Closed when the server is told to stop.
#[derive(Clone, Debug)]
pub struct StreamPermits {
    permits: Arc<Semaphore>,
    counts: Arc<StreamCounts>,
}

/// How many streams each account holds that holds any.
#[derive(Debug, Default)]
struct StreamCounts(Mutex<HashMap<AccountId, usize>>);

/// The permit of one stream, given back when it is dropped.
#[derive(Debug)]
pub struct StreamPermit {
    counts: Arc<StreamCounts>,
    account: AccountId,
    _permit: OwnedSemaphorePermit,
}

impl Default for StreamPermits {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(MAX_STREAMS)), counts: Arc::default() }
    }
}

impl StreamPermits {
    /// Ends all streams at their next poll, and lets no other begin.
    pub fn close(&self) {
        self.permits.close();
    }

    /// Whether the server is stopping.
    pub fn is_closed(&self) -> bool {
        self.permits.is_closed()
    }

    /// A permit for an account; none if it holds as many as it may, or all are taken.
    pub fn permit(&self, account: AccountId) -> Option<StreamPermit> {
        let permit = Arc::clone(&self.permits).try_acquire_owned().ok()?;
        let counted = self.counts.change(account, |count| (count < MAX_STREAMS_PER_ACCOUNT).then_some(count + 1));
        counted.then(|| StreamPermit { counts: Arc::clone(&self.counts), account, _permit: permit })
    }
}

impl StreamCounts {
    /// Changes an account's count, unless that is refused.
    fn change(&self, account: AccountId, change: impl FnOnce(usize) -> Option<usize>) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match change(counts.get(&account).copied().unwrap_or_default()) {
            None => return false,
            Some(0) => counts.remove(&account),
            Some(count) => counts.insert(account, count),
        };
        true
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        self.counts.change(self.account, |count| Some(count.saturating_sub(1)));
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;

    fn account(number: usize) -> AccountId {
        Uuid::from_u128(number.try_into().unwrap()).into()
    }

    #[test]
    fn an_account_and_a_replica_hold_so_many_streams() {
        let streams = StreamPermits::default();
        let mut permits: Vec<_> =
            (0..MAX_STREAMS).map(|number| streams.permit(account(number / MAX_STREAMS_PER_ACCOUNT))).collect();
        assert!(permits.iter().all(Option::is_some));
        assert!(streams.permit(account(MAX_STREAMS)).is_none(), "all are taken");
        permits.truncate(MAX_STREAMS - MAX_STREAMS_PER_ACCOUNT);
        assert!(streams.permit(account(0)).is_none(), "it has as many as it may");
        assert!(streams.permit(account(MAX_STREAMS)).is_some(), "nobody else's stream was lost to that");
        drop(permits);
        assert!(streams.counts.0.lock().unwrap().is_empty(), "nothing is kept of who has gone");
        assert_eq!(streams.permits.available_permits(), MAX_STREAMS);
    }

    #[test]
    fn nobody_is_let_in_once_it_is_closed() {
        let streams = StreamPermits::default();
        streams.close();
        assert!(streams.is_closed() && streams.permit(account(1)).is_none());
    }
}
