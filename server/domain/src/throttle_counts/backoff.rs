//! How long the next attempt waits.

use chrono::TimeDelta;
use model::Timestamp;
use store::limits::{Limit, ThrottledAction};

/// The longest wait that an attempt causes.
const MAX_WAIT: TimeDelta = TimeDelta::minutes(15);
/// The wait after the first attempt that is not free; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(2);
/// After this long without an attempt the count begins anew.
pub(crate) const MEMORY: TimeDelta = TimeDelta::hours(2);

/// A count of a subject of which nothing was counted.
pub(crate) fn fresh(action: ThrottledAction, subject: Vec<u8>, now: Timestamp) -> Limit {
    Limit { purpose: action, subject, attempts: 0, last_at: now, blocked_until: now, expires_at: now + MEMORY }
}

/// The same with one attempt more, of which so many are free.
pub(crate) fn counted(limit: Limit, free: i32, now: Timestamp) -> Limit {
    let before = if now - limit.last_at > MEMORY { 0 } else { limit.attempts };
    let attempts = before.saturating_add(1);
    Limit { attempts, last_at: now, blocked_until: now + wait(attempts - free), expires_at: now + MEMORY, ..limit }
}

/// How long the next attempt waits after so many that were not free.
fn wait(over: i32) -> TimeDelta {
    let Ok(doublings) = u32::try_from(over - 1) else { return TimeDelta::zero() };
    FIRST_WAIT.checked_mul(1 << doublings.min(20)).map_or(MAX_WAIT, |wait| wait.min(MAX_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end_at_a_quarter_of_an_hour() {
        let seconds = |over| wait(over).num_seconds();
        assert_eq!([seconds(-3), seconds(0), seconds(1), seconds(2), seconds(9)], [0, 0, 2, 4, 512]);
        assert_eq!([seconds(10), seconds(40), seconds(i32::MAX)], [900, 900, 900]);
    }
}
