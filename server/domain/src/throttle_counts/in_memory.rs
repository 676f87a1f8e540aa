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
/// So many places a clean-up makes, or as many as it can.
const MIN_FREE: usize = MAX_COUNTS / 10;
/// How often at most there is one: it looks at all counts, and strangers can add some with every attempt.
const CLEAN_UP_INTERVAL: TimeDelta = TimeDelta::seconds(1);

type Key = (ThrottledAction, Vec<u8>);

/// Counts in memory.
#[derive(Debug, Default)]
pub(crate) struct InMemoryCounts(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    limits: HashMap<Key, Limit>,
    /// When places were last made.
    cleaned_up_at: Option<Timestamp>,
}

impl Counts {
    /// Whether so many subjects more can be counted.
    fn has_places(&mut self, new: usize, now: Timestamp) -> bool {
        // either way: the clock may have been set back
        let is_due = || self.cleaned_up_at.is_none_or(|cleaned_up| (now - cleaned_up).abs() >= CLEAN_UP_INTERVAL);
        if self.limits.len() + new > MAX_COUNTS && is_due() {
            self.clean_up(now);
        }
        self.limits.len() + new <= MAX_COUNTS
    }

    fn clean_up(&mut self, now: Timestamp) {
        self.limits.retain(|_, limit| limit.expires_at > now);
        if self.limits.len() > MAX_COUNTS - MIN_FREE {
            // names that somebody made up were tried once: what is guessed at stays
            self.limits.retain(|_, limit| limit.blocked_until > now);
        }
        self.cleaned_up_at = Some(now);
    }
}

fn key(limit: &Limit) -> Key {
    (limit.purpose, limit.subject.clone())
}

impl InMemoryCounts {
    /// What was counted of this subject; `fresh` if nothing was.
    pub(crate) fn of(&self, fresh: Limit) -> Limit {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.limits.get(&key(&fresh)).cloned().unwrap_or(fresh)
    }

    /// Counts an attempt by each of these, with how many of it are free; by none if one of them
    /// must wait, for so long.
    ///
    /// Where there is no place for a count the attempt must wait as well, since a guess that nobody counts is free.
    /// Who is counted already and browsers that an account knows need no place.
    pub(crate) fn count(&self, subjects: &[(Limit, i32)], now: Timestamp) -> Result<(), TimeDelta> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Vec::new();
        for (fresh, free) in subjects {
            let limit = counts.limits.get(&key(fresh)).unwrap_or(fresh).clone();
            if limit.blocked_until > now {
                return Err(limit.blocked_until - now);
            }
            next.push(counted(limit, *free, now));
        }
        let new = next.iter().filter(|limit| !counts.limits.contains_key(&key(limit))).count();
        if new > 0 && !counts.has_places(new, now) {
            return Err(CLEAN_UP_INTERVAL);
        }
        counts.limits.extend(next.into_iter().map(|limit| (key(&limit), limit)));
        Ok(())
    }

    /// Takes one attempt of this subject back.
    pub(crate) fn uncount(&self, fresh: &Limit, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limit) = counts.limits.get_mut(&key(fresh)) {
            limit.attempts = limit.attempts.saturating_sub(1).max(0);
            limit.blocked_until = now;
        }
    }

    /// Forgets what was counted of this subject: it is written, or the secret was right.
    pub(crate) fn forget(&self, fresh: &Limit) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).limits.remove(&key(fresh));
    }

    /// Forgets counts whose time is over.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.limits.retain(|_, limit| limit.expires_at > now);
        counts.limits.shrink_to_fit();
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

    fn accounts(count: usize, free: i32) -> Vec<(Limit, i32)> {
        (0..count).map(|number| (account(&number.to_string()), free)).collect()
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
        counts.count(&accounts(MAX_COUNTS - 1, 5), at(1)).unwrap();
        counts.count(&[(account("eve"), 5)], at(1)).unwrap();
        assert_eq!(counts.0.lock().unwrap().limits.len(), 2);
        assert!(counts.count(&[(account("ada"), 5)], at(1)).is_err());
        counts.forget_idle(at(2) + MEMORY);
        assert!(counts.0.lock().unwrap().limits.is_empty());
    }

    #[test]
    fn without_a_place_a_new_name_waits_and_no_other_does() {
        let counts = InMemoryCounts::default();
        let grace = (account("grace"), 5);
        counts.count(std::slice::from_ref(&grace), at(0)).unwrap();
        // none is free: each of them waits until 2
        counts.count(&accounts(MAX_COUNTS - 1, 0), at(0)).unwrap();
        let with_new = [(account("eve"), 5), grace.clone()];
        // grace, who need not wait, goes with the first clean-up
        assert_eq!(counts.count(&[(account("ada"), 5)], at(0)), Ok(()));
        assert_eq!(counts.count(&with_new, at(0)), Err(CLEAN_UP_INTERVAL));
        assert_eq!(counts.count(&[(account("ada"), 5)], at(0)), Ok(()), "who is counted already");
        assert_eq!(counts.0.lock().unwrap().limits.len(), MAX_COUNTS);
        // now ada goes
        assert_eq!(counts.count(std::slice::from_ref(&grace), at(1)), Ok(()));
        assert_eq!(counts.count(&with_new, at(1)), Err(CLEAN_UP_INTERVAL));
        assert_eq!(counts.count(&with_new, at(3)), Ok(()), "those who waited may try again");
        assert_eq!(counts.0.lock().unwrap().limits.len(), 2);
    }
}
