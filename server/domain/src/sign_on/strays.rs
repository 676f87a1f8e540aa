//! How much of what fits no sign-in is written down: enough to help, and never as much as
//! somebody likes to send. In the memory of this replica, since this is against load.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use uuid::Uuid;

/// At once, for one team.
const BURST: NonZeroU32 = NonZeroU32::new(300).unwrap();
/// Then one in this time.
const PERIOD: Duration = Duration::from_secs(20);

/// Counts per team; what came to no team's address counts together.
pub(crate) struct Strays(DefaultKeyedRateLimiter<Uuid>);

impl Strays {
    pub(crate) fn new() -> Self {
        let quota = Quota::with_period(PERIOD).unwrap_or(Quota::per_minute(BURST)).allow_burst(BURST);
        Self(RateLimiter::keyed(quota))
    }

    /// Whether one more may be written down.
    pub(super) fn may_be_written(&self, team: Option<Uuid>) -> bool {
        self.0.check_key(&team.unwrap_or_default()).is_ok()
    }

    /// Forgets teams to which nothing stray has come for a while.
    pub(crate) fn forget_idle(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

impl fmt::Debug for Strays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strays").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_teams_rubbish_leaves_others_alone() {
        let strays = Strays::new();
        let team = |number| Some(Uuid::from_u128(number));
        let written = (0..BURST.get() + 50).filter(|_| strays.may_be_written(team(1))).count();
        assert!((300..310).contains(&written), "{written}");
        assert!(strays.may_be_written(team(2)) && strays.may_be_written(None));
    }
}
