//! What an error of Microsoft's means.

use messages::message;

use crate::remediation::{Remediation, steps};

/// What some numbers mean, and who can fix it. The text is in `aadsts.ftl` of the message
/// catalogue, under the first number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The numbers that mean it.
    pub numbers: &'static [u32],
    /// Who can fix it, where, and with which values.
    pub remediation: Remediation,
}

impl Explanation {
    /// Where its text is in the message catalogue.
    pub(super) fn key(&self) -> String {
        format!("aadsts-{}", self.numbers.first().copied().unwrap_or_default())
    }

    /// What it is.
    #[must_use]
    pub fn title(&self) -> String {
        message(&self.key(), &[])
    }

    /// Why Microsoft stopped.
    #[must_use]
    pub fn cause(&self) -> String {
        message(&format!("{}.cause", self.key()), &[])
    }

    /// What to do about it, each one action.
    #[must_use]
    pub fn steps(&self) -> Vec<String> {
        steps(&self.key())
    }
}
