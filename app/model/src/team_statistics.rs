//! What a team's people did lately, for its overview.

use serde::{Deserialize, Serialize};

use crate::{FindingCode, Reference};

/// How many days are looked at.
pub const STATISTICS_DAYS: usize = 30;

/// A team's sign-ins of the last days, tests left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamStatistics {
    /// Each of the last [`STATISTICS_DAYS`] days, the oldest first, those without sign-ins included.
    pub days: Vec<SignInDay>,
    /// What sign-ins of the last seven days failed for, the most frequent first.
    pub failing: Vec<FailingSignIns>,
    /// How many members have no second factor.
    pub members_without_second_factor: u64,
}

/// The sign-ins of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInDay {
    /// The day in UTC, as 2026-11-23.
    pub day: String,
    /// How many passed every check.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

/// Sign-ins that failed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailingSignIns {
    /// The finding that ended them.
    pub code: FindingCode,
    /// How many.
    pub count: u64,
    /// The latest one.
    pub latest: Reference,
}

/// Sign-ins of several days together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInCount {
    /// How many passed every check.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

impl SignInCount {
    /// The last so many of some days, the oldest first, together.
    #[must_use]
    pub fn of_last(days: &[SignInDay], count: usize) -> Self {
        days.iter().rev().take(count).fold(Self::default(), |sum, day| Self {
            passed: sum.passed.saturating_add(day.passed),
            failed: sum.failed.saturating_add(day.failed),
        })
    }

    /// How many of a hundred passed, rounded down, so that a hundred means all; none without sign-ins.
    #[must_use]
    pub fn success_percent(self) -> Option<u64> {
        let all = self.passed.saturating_add(self.failed);
        self.passed.saturating_mul(100).checked_div(all)
    }
}

impl TeamStatistics {
    /// The last so many days together.
    #[must_use]
    pub fn last(&self, days: usize) -> SignInCount {
        SignInCount::of_last(&self.days, days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(days: &[(u64, u64)]) -> TeamStatistics {
        let day = |(passed, failed): &(u64, u64)| SignInDay { day: String::new(), passed: *passed, failed: *failed };
        TeamStatistics { days: days.iter().map(day).collect(), ..TeamStatistics::default() }
    }

    #[test]
    fn the_latest_days_are_summed() {
        let activity = activity(&[(100, 100), (3, 1), (4, 0)]);
        assert_eq!(activity.last(2), SignInCount { passed: 7, failed: 1 });
        assert_eq!(activity.last(30), SignInCount { passed: 107, failed: 101 });
    }

    #[test]
    fn a_hundred_percent_means_all() {
        assert_eq!(SignInCount { passed: 999, failed: 1 }.success_percent(), Some(99));
        assert_eq!(SignInCount { passed: 5, failed: 0 }.success_percent(), Some(100));
        assert_eq!(SignInCount { passed: 0, failed: 3 }.success_percent(), Some(0));
        assert_eq!(SignInCount::default().success_percent(), None);
    }
}
