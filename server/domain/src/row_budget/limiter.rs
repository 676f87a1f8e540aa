//! Counts against budgets, in the memory of this replica.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use model::Timestamp;

/// With so many payers in memory, those that owe nothing are forgotten.
const MANY: usize = 20_000;
/// More than these are not told apart: what they pay in common still counts.
const MOST: usize = 200_000;

/// How much may be used at once, and how much of it comes back a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    at_once: i32,
    a_minute: i32,
}

impl Budget {
    /// So much at once, and so much more a minute; both at least one.
    #[must_use]
    pub const fn new(at_once: i32, a_minute: i32) -> Self {
        Self { at_once, a_minute }
    }

    /// As much for so many of those who have this.
    #[must_use]
    pub const fn times(self, times: i32) -> Self {
        Self { at_once: self.at_once.saturating_mul(times), a_minute: self.a_minute.saturating_mul(times) }
    }

    fn time_of(self, units: i32) -> TimeDelta {
        TimeDelta::nanoseconds(60_000_000_000 / i64::from(self.a_minute.max(1)) * i64::from(units))
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
    /// Uses so many units up.
    ///
    /// # Errors
    /// How long to wait, if that is more than is left; nothing is used up then.
    pub fn pay(&self, key: K, budget: Budget, units: i32, now: Timestamp) -> Result<(), TimeDelta> {
        let mut used_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used_until.len() >= MANY && !used_until.contains_key(&key) {
            used_until.retain(|_, until| *until > now);
            if used_until.len() >= MOST {
                return Ok(());
            }
        }
        // further away than anybody can pay for: the clock was set back meanwhile
        let plausible = |until: &&Timestamp| **until - now <= budget.time_of(budget.at_once);
        let before = used_until.get(&key).filter(plausible).map_or(now, |until| now.max(*until));
        let after = before + budget.time_of(units);
        let wait = after - now - budget.time_of(budget.at_once);
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        used_until.insert(key, after);
        Ok(())
    }

    /// Uses so many units of each of these up, or of none.
    ///
    /// # Errors
    /// How long to wait for the first that has too little left.
    pub fn pay_each(
        &self,
        shares: impl IntoIterator<Item = (K, Budget)>,
        units: i32,
        now: Timestamp,
    ) -> Result<(), TimeDelta>
    where
        K: Clone,
    {
        let mut paid: Vec<(K, Budget)> = Vec::new();
        for (key, budget) in shares {
            if let Err(wait) = self.pay(key.clone(), budget, units, now) {
                for (key, budget) in paid {
                    self.give_back(&key, budget, units);
                }
                return Err(wait);
            }
            paid.push((key, budget));
        }
        Ok(())
    }

    /// Gives units back that were paid.
    pub fn give_back(&self, key: &K, budget: Budget, units: i32) {
        let mut used_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = used_until.get_mut(key) {
            *until -= budget.time_of(units);
        }
    }

    /// Forgets who owes nothing.
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
        (0..100).filter(|_| limiter.pay(key, BUDGET, 1, now).is_ok()).count()
    }

    #[test]
    fn so_many_at_once_and_then_so_many_a_minute() {
        let limiter = Limiter::default();
        assert_eq!(taken(&limiter, 1, at(0)), 30);
        assert_eq!(limiter.pay(1, BUDGET, 1, at(0)), Err(TimeDelta::seconds(10)));
        assert_eq!(taken(&limiter, 2, at(0)), 30, "others are not stopped by it");
        assert_eq!(taken(&limiter, 1, at(60)), 6);
        assert_eq!(taken(&limiter, 1, at(100_000)), 30, "never more than at once");
    }

    #[test]
    fn what_is_refused_costs_nothing_and_what_is_given_back_is_there_again() {
        let limiter = Limiter::default();
        assert!(limiter.pay(1, BUDGET, 31, at(0)).is_err());
        assert_eq!(limiter.pay(1, BUDGET, 30, at(0)), Ok(()));
        limiter.give_back(&1, BUDGET, 4);
        assert_eq!(taken(&limiter, 1, at(0)), 4);
        limiter.give_back(&2, BUDGET, 9);
        assert_eq!(taken(&limiter, 2, at(0)), 30);
    }

    #[test]
    fn each_pays_or_none_does() {
        let limiter = Limiter::default();
        let both = [(1, BUDGET), (2, BUDGET.times(2))];
        assert_eq!((0..100).filter(|_| limiter.pay_each(both, 1, at(0)).is_ok()).count(), 30);
        assert_eq!(limiter.pay_each([(2, BUDGET.times(2)), (1, BUDGET)], 1, at(0)), Err(TimeDelta::seconds(10)));
        assert_eq!((0..100).filter(|_| limiter.pay(2, BUDGET.times(2), 1, at(0)).is_ok()).count(), 30);
    }

    #[test]
    fn a_clock_that_was_set_back_stops_nobody() {
        let limiter = Limiter::default();
        assert_eq!(taken(&limiter, 1, at(1_000_000)), 30);
        assert_eq!(taken(&limiter, 1, at(0)), 30);
    }

    #[test]
    fn who_owes_nothing_is_forgotten() {
        let limiter = Limiter::default();
        taken(&limiter, 1, at(0));
        limiter.pay(2, BUDGET, 1, at(0)).unwrap();
        limiter.forget_idle(at(20));
        assert_eq!(limiter.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn more_payers_than_can_be_told_apart_do_not_grow_the_memory() {
        let limiter = Limiter::default();
        for key in 0..i32::try_from(MOST).unwrap() + 10 {
            // the retaining of idle ones would make this slow: all owe
            limiter.0.lock().unwrap().entry(key).or_insert_with(|| at(60));
            if key > i32::try_from(MOST).unwrap() {
                limiter.0.lock().unwrap().remove(&key);
                assert_eq!(limiter.pay(key, BUDGET, 1, at(0)), Ok(()));
            }
        }
        assert!(limiter.0.lock().unwrap().len() <= MOST + 1);
    }
}
