//! Charges against budgets, in the memory of this replica.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use model::Timestamp;

/// With so many budgets in memory, those that are whole again are forgotten.
const CLEAN_UP_FROM: usize = 20_000;
/// How often at most: it looks at all of them, and strangers can add one with every request.
const CLEAN_UP_INTERVAL: TimeDelta = TimeDelta::seconds(1);
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

/// What budgets are told apart by.
pub trait LimiterKey: Eq + Hash {
    /// Whether this is a budget that all share who could be told apart. There are few of these, and they are counted
    /// however full the memory is.
    fn is_shared(&self) -> bool;
}

/// Counts for each key until when what it used takes to come back (the generic cell rate
/// algorithm, ITU-T I.371).
#[derive(Debug)]
pub struct Limiter<K>(Mutex<Charges<K>>);

#[derive(Debug)]
struct Charges<K> {
    used_until: HashMap<K, Timestamp>,
    /// When budgets that were whole again were last forgotten.
    cleaned_up_at: Option<Timestamp>,
}

impl<K> Default for Limiter<K> {
    fn default() -> Self {
        Self(Mutex::new(Charges { used_until: HashMap::new(), cleaned_up_at: None }))
    }
}

impl<K: LimiterKey> Charges<K> {
    /// Whether a charge to this key is counted: one was before, or there is a place for it.
    ///
    /// Where there is none the charge is granted, not refused: else whoever has 200,000 addresses kept everybody else
    /// out. What they all can use together stays bounded, since shared budgets have a place always.
    fn has_place(&mut self, key: &K, now: Timestamp) -> bool {
        if self.used_until.len() < CLEAN_UP_FROM || self.used_until.contains_key(key) {
            return true;
        }
        // either way: the clock may have been set back
        if self.cleaned_up_at.is_none_or(|cleaned_up| (now - cleaned_up).abs() >= CLEAN_UP_INTERVAL) {
            self.forget_idle(now);
        }
        self.used_until.len() < MAX_KEYS || key.is_shared()
    }

    fn forget_idle(&mut self, now: Timestamp) {
        self.used_until.retain(|_, until| *until > now);
        self.cleaned_up_at = Some(now);
    }
}

impl<K: LimiterKey> Limiter<K> {
    /// Takes so many units of a budget.
    ///
    /// # Errors
    /// How long to wait, if that is more than is left; nothing is taken then.
    pub fn charge(&self, key: K, budget: Budget, units: i32, now: Timestamp) -> Result<(), TimeDelta> {
        let mut charges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !charges.has_place(&key, now) {
            return Ok(());
        }
        // further away than any charge can lead: the clock was set back meanwhile
        let plausible = |until: &&Timestamp| **until - now <= budget.time_of(budget.burst);
        let before = charges.used_until.get(&key).filter(plausible).map_or(now, |until| now.max(*until));
        let after = before + budget.time_of(units);
        let wait = after - now - budget.time_of(budget.burst);
        if wait > TimeDelta::zero() {
            return Err(wait);
        }
        charges.used_until.insert(key, after);
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
        let mut charges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = charges.used_until.get_mut(key) {
            *until -= budget.time_of(units);
        }
    }

    /// Forgets budgets that are whole again.
    pub fn forget_idle(&self, now: Timestamp) {
        let mut charges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        charges.forget_idle(now);
        charges.used_until.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: Budget = Budget::new(30, 6);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    impl LimiterKey for i32 {
        fn is_shared(&self) -> bool {
            *self < 0
        }
    }

    fn taken(limiter: &Limiter<i32>, key: i32, now: Timestamp) -> usize {
        (0..100).filter(|_| limiter.charge(key, BUDGET, 1, now).is_ok()).count()
    }

    /// With so many keys more, from 0 on, whose budgets are whole again then.
    fn fill(limiter: &Limiter<i32>, keys: usize, used_until: Timestamp) {
        let keys = 0..i32::try_from(keys).unwrap();
        limiter.0.lock().unwrap().used_until.extend(keys.map(|key| (key, used_until)));
    }

    fn len(limiter: &Limiter<i32>) -> usize {
        limiter.0.lock().unwrap().used_until.len()
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
        assert_eq!(len(&limiter), 1);
    }

    #[test]
    fn budgets_that_are_whole_again_are_looked_for_once_a_second_at_most() {
        let (limiter, new) = (Limiter::default(), i32::MAX);
        fill(&limiter, CLEAN_UP_FROM, at(0));
        limiter.charge(new, BUDGET, 1, at(10)).unwrap();
        assert_eq!(len(&limiter), 1);
        fill(&limiter, CLEAN_UP_FROM, at(0));
        let soon = at(10) + TimeDelta::milliseconds(999);
        limiter.charge(new - 1, BUDGET, 1, soon).unwrap();
        assert_eq!(len(&limiter), CLEAN_UP_FROM + 2, "none was looked at");
        assert_eq!(taken(&limiter, new - 1, soon), 29, "what is new is counted meanwhile");
        limiter.charge(new - 2, BUDGET, 1, at(11)).unwrap();
        assert_eq!(len(&limiter), 3);
        fill(&limiter, CLEAN_UP_FROM, at(-2_000));
        limiter.charge(new - 3, BUDGET, 1, at(-1_000)).unwrap();
        assert_eq!(len(&limiter), 4, "the clock was set back");
    }

    #[test]
    fn memory_is_bounded_however_many_keys_there_are() {
        let limiter = Limiter::default();
        fill(&limiter, MAX_KEYS, at(60));
        let new = i32::try_from(MAX_KEYS).unwrap();
        assert_eq!(taken(&limiter, new, at(0)), 100, "not told apart from others");
        assert_eq!(len(&limiter), MAX_KEYS);
        assert_eq!(taken(&limiter, -1, at(0)), 30, "what all share is counted");
        assert_eq!(limiter.charge_all([(new, BUDGET), (-1, BUDGET)], 1, at(0)), Err(TimeDelta::seconds(10)));
        assert_eq!(taken(&limiter, new, at(61)), 30, "there is room again");
    }
}
