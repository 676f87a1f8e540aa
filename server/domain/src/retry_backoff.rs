//! How long to wait before something that failed is tried again.

use chrono::TimeDelta;

/// The wait after so many tries: doubled each time, from the first wait up to the longest.
pub(crate) fn doubled(first: TimeDelta, longest: TimeDelta, tries: i32) -> TimeDelta {
    let doublings = u32::try_from(tries).unwrap_or_default().min(16);
    first.checked_mul(1 << doublings).map_or(longest, |wait| wait.min(longest))
}
