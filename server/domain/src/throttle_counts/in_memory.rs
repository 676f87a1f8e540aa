//! Counts in the memory of this replica, for when strangers have used up the budget for counts in
//! the database (`RowKind::AttemptCounter`): the right password still works then, and no guess goes
//! uncounted.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use model::Timestamp;
use store::limits::{Limit, ThrottledAction};

use super::backoff::counted;

/// So many are told apart. Each is charged to an address (`RowKind::InMemoryCounter`).
const MAX_COUNTS: usize = 50_000;

type Key = (ThrottledAction, Vec<u8>);

/// Counts in memory.
#[derive(Debug, Default)]
pub(crate) struct InMemoryCounts(Mutex<HashMap<Key, Limit>>);

fn key(limit: &Limit) -> Key {
    (limit.purpose, limit.subject.clone())
}

impl InMemoryCounts {
    /// What was counted of this subject; `fresh` if nothing was.
    pub(crate) fn of(&self, fresh: Limit) -> Limit {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(&key(&fresh)).cloned().unwrap_or(fresh)
    }

    /// Counts an attempt by each of these, with how many of it are free; by none if one of them
    /// must wait, for so long.
    pub(crate) fn count(&self, subjects: &[(Limit, i32)], now: Timestamp) -> Result<(), TimeDelta> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Vec::new();
        for (fresh, free) in subjects {
            let limit = counts.get(&key(fresh)).unwrap_or(fresh).clone();
            if limit.blocked_until > now {
                return Err(limit.blocked_until - now);
            }
            next.push(counted(limit, *free, now));
        }
        if counts.len() >= MAX_COUNTS {
            counts.retain(|_, limit| limit.expires_at > now);
        }
        if counts.len() >= MAX_COUNTS {
            // names that somebody made up were tried once: what is guessed at stays
            counts.retain(|_, limit| limit.blocked_until > now);
        }
        counts.extend(next.into_iter().map(|limit| (key(&limit), limit)));
        Ok(())
    }

    /// Takes one attempt of this subject back.
    pub(crate) fn uncount(&self, fresh: &Limit, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limit) = counts.get_mut(&key(fresh)) {
            limit.attempts = limit.attempts.saturating_sub(1).max(0);
            limit.blocked_until = now;
        }
    }

    /// Forgets what was counted of this subject: it is written, or the secret was right.
    pub(crate) fn forget(&self, fresh: &Limit) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(fresh));
    }

    /// Forgets counts whose time is over.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, limit| limit.expires_at > now);
        counts.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::super::backoff::{MEMORY, fresh};
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    fn account(name: &str) -> Limit {
        fresh(ThrottledAction::SignIn, name.as_bytes().to_vec(), at(0))
    }

    #[test]
    fn in_memory_counts_equal_stored_counts() {
        let counts = InMemoryCounts::default();
        let ada = (account("ada"), 5);
        let looked_at = (0..100).filter(|_| counts.count(std::slice::from_ref(&ada), at(0)).is_ok()).count();
        assert_eq!(looked_at, 6);
        assert_eq!(counts.count(&[(account("grace"), 5), ada.clone()], at(0)), Err(TimeDelta::seconds(2)));
        assert_eq!(counts.of(account("grace")).attempts, 0, "by none if one must wait");
        assert_eq!(counts.of(account("ada")).attempts, 6);
        counts.uncount(&ada.0, at(0));
        assert_eq!(counts.count(std::slice::from_ref(&ada), at(0)), Ok(()));
        counts.forget(&ada.0);
        assert_eq!(counts.of(account("ada")).attempts, 0);
    }

    #[test]
    fn invented_names_do_not_evict_throttled_ones() {
        let counts = InMemoryCounts::default();
        for _ in 0..6 {
            counts.count(&[(account("ada"), 5)], at(0)).unwrap();
        }
        let made_up: Vec<_> = (0..MAX_COUNTS).map(|number| (account(&number.to_string()), 5)).collect();
        counts.count(&made_up, at(1)).unwrap();
        counts.count(&[(account("eve"), 5)], at(1)).unwrap();
        assert!(counts.0.lock().unwrap().len() <= MAX_COUNTS);
        assert!(counts.count(&[(account("ada"), 5)], at(1)).is_err());
        counts.forget_idle(at(2) + MEMORY);
        assert!(counts.0.lock().unwrap().is_empty());
    }
}
