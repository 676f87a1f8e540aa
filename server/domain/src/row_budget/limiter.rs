//! Charges against budgets, in the memory of this replica.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use model::Timestamp;

/// With so many budgets in memory, those that are whole again are forgotten.
const CLEAN_UP_FROM: usize = 20_000;
/// More than these are not told apart: the budget that they share still counts.
const MAX_KEYS: usize = 200_000;

/// How much may be used at once, and how much of it comes back a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    burst: i32,
    per_minute: i32,
}

impl Budget {
    /// So much at once, and so much more a minute; both at least one.
    #[must_use]
    pub const fn new(burst: i32, per_minute: i32) -> Self {
        Self { burst, per_minute }
    }

    /// As much for so many of those who have this.
    #[must_use]
    pub const fn times(self, times: i32) -> Self {
        Self { burst: self.burst.saturating_mul(times), per_minute: self.per_minute.saturating_mul(times) }
    }

    fn time_of(self, units: i32) -> TimeDelta {
        TimeDelta::nanoseconds(60_000_000_000 / i64::from(self.per_minute.max(1)) * i64::from(units))
    }
}

/// Counts for each key until when what it used takes to come back (the generic cell rate
/// algorithm, ITU-T I.371).
#[derive(Debug)]
pub struct Limiter<K>(Mutex<HashMap<K, Timestamp>>);

impl<K> Default for Limiter<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Limiter<K> {
    /// Takes so many units of a budget.
    ///
    /// # Errors
    /// How long to wait, if that is more than is left; nothing is taken then.
    pub fn charge(&self, key: K, budget: Budget, units: i32, now: Timestamp) -> Result<(), TimeDelta> {
        let mut used_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used_until.len() >= CLEAN_UP_FROM && !used_until.contains_key(&key) {
            used_until.retain(|_, until| *until > now);
            if used_until.len() >= MAX_KEYS {
                return Ok(());
            }
        }
        // further away than any charge can lead: the clock was set back meanwhile
        let plausible = |until: &&Timestamp| **until - now <= budget.time_of(budget.burst);
        let before = used_until.get(&key).filter(plausible).map_or(now, |until| now.max(*until));
        let after = before + budget.time_of(units);
        let wait = after - now - budget.time_of(budget.burst);
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        used_until.insert(key, after);
        Ok(())
    }

    /// Takes so many units of each of these budgets, or of none.
    ///
    /// # Errors
    /// How long to wait for the first that has too little left.
    pub fn charge_all(
        &self,
        shares: impl IntoIterator<Item = (K, Budget)>,
        units: i32,
        now: Timestamp,
    ) -> Result<(), TimeDelta>
    where
        K: Clone,
    {
        let mut charged: Vec<(K, Budget)> = Vec::new();
        for (key, budget) in shares {
            if let Err(wait) = self.charge(key.clone(), budget, units, now) {
                for (key, budget) in charged {
                    self.refund(&key, budget, units);
                }
                return Err(wait);
            }
            charged.push((key, budget));
        }
        Ok(())
    }

    /// Gives units back that were taken.
    pub fn refund(&self, key: &K, budget: Budget, units: i32) {
        let mut used_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = used_until.get_mut(key) {
            *until -= budget.time_of(units);
        }
    }

    /// Forgets budgets that are whole again.
    pub fn forget_idle(&self, now: Timestamp) {
        let mut used_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        used_until.retain(|_, until| *until > now);
        used_until.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget::new(30, 6);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    fn taken(limiter: &Limiter<u8>, key: u8, now: Timestamp) -> usize {
        (0..100).filter(|_| limiter.charge(key, BUDGET, 1, now).is_ok()).count()
    }

    #[test]
    fn a_burst_is_allowed_and_then_a_rate_per_minute() {
        let limiter = Limiter::default();
        assert_eq!(taken(&limiter, 1, at(0)), 30);
        assert_eq!(limiter.charge(1, BUDGET, 1, at(0)), Err(TimeDelta::seconds(10)));
        assert_eq!(taken(&limiter, 2, at(0)), 30, "others are not stopped by it");
        assert_eq!(taken(&limiter, 1, at(60)), 6);
        assert_eq!(taken(&limiter, 1, at(100_000)), 30, "never more than at once");
    }

    #[test]
    fn a_refusal_is_free_and_a_refund_can_be_used_again() {
        let limiter = Limiter::default();
        assert!(limiter.charge(1, BUDGET, 31, at(0)).is_err());
        assert_eq!(limiter.charge(1, BUDGET, 30, at(0)), Ok(()));
        limiter.refund(&1, BUDGET, 4);
        assert_eq!(taken(&limiter, 1, at(0)), 4);
        limiter.refund(&2, BUDGET, 9);
        assert_eq!(taken(&limiter, 2, at(0)), 30);
    }

    #[test]
    fn all_are_charged_or_none_is() {
        let limiter = Limiter::default();
        let both = [(1, BUDGET), (2, BUDGET.times(2))];
        assert_eq!((0..100).filter(|_| limiter.charge_all(both, 1, at(0)).is_ok()).count(), 30);
        assert_eq!(limiter.charge_all([(2, BUDGET.times(2)), (1, BUDGET)], 1, at(0)), Err(TimeDelta::seconds(10)));
        assert_eq!((0..100).filter(|_| limiter.charge(2, BUDGET.times(2), 1, at(0)).is_ok()).count(), 30);
    }

    #[test]
    fn a_clock_that_was_set_back_stops_nobody() {
        let limiter = Limiter::default();
        assert_eq!(taken(&limiter, 1, at(1_000_000)), 30);
        assert_eq!(taken(&limiter, 1, at(0)), 30);
    }

    #[test]
    fn an_unused_budget_is_forgotten() {
        let limiter = Limiter::default();
        taken(&limiter, 1, at(0));
        limiter.charge(2, BUDGET, 1, at(0)).unwrap();
        limiter.forget_idle(at(20));
        assert_eq!(limiter.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn memory_is_bounded_however_many_keys_there_are() {
        let limiter = Limiter::default();
        for key in 0..i32::try_from(MAX_KEYS).unwrap() + 10 {
            // the retaining of idle ones would make this slow: all owe
            limiter.0.lock().unwrap().entry(key).or_insert_with(|| at(60));
            if key > i32::try_from(MAX_KEYS).unwrap() {
                limiter.0.lock().unwrap().remove(&key);
                assert_eq!(limiter.charge(key, BUDGET, 1, at(0)), Ok(()));
            }
        }
        assert!(limiter.0.lock().unwrap().len() <= MAX_KEYS + 1);
    }
}
