//! The steps of something to be done.

use messages::list;

/// The steps of a message, each one action.
#[must_use]
pub fn steps(key: &str) -> Vec<String> {
    list(key, "step", &[])
}
