//! The switchboard's state.

use serde::{Deserialize, Serialize};

use super::catalogue::Fault;
use super::entra_error::entra_error;
use crate::aad_sts::AadSts;
use crate::shape::Shape;

/// The clock may be wrong by ten years.
const CLOCK_LIMIT: i64 = 10 * 365 * 24 * 3600;

/// How the mock misbehaves, until it is told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// What it does wrong.
    pub fault: Fault,
    /// How far its clock is ahead; behind, if negative. Every instant of a response is
    /// shifted by it, but for those that [`Fault::NotYetValid`] sets by it.
    pub clock_skew_seconds: i64,
    /// The number that [`Fault::StopsAtEntra`] stops with.
    pub aadsts: u32,
    /// Whose responses its own look like, rightly or wrongly.
    pub shape: Shape,
}

impl Default for Faults {
    fn default() -> Self {
        Self { fault: Fault::None, clock_skew_seconds: 0, aadsts: 50_105, shape: Shape::Entra }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self { fault, ..Self::default() }
    }
}

impl Faults {
    /// The same, if it can be done.
    pub fn checked(self) -> Result<Self, String> {
        if self.clock_skew_seconds.abs_diff(0) > CLOCK_LIMIT.unsigned_abs() {
            return Err(format!("The clock can be wrong by at most {CLOCK_LIMIT} seconds, which are ten years."));
        }
        if self.aadsts == 0 {
            return Err("An AADSTS number is greater than 0.".to_owned());
        }
        Ok(self)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn any(&self) -> bool {
        self.fault != Fault::None || self.clock_skew_seconds != 0
    }

    /// What Entra's own page says instead of answering, if it is to stop there.
    #[must_use]
    pub fn entra_error(&self) -> Option<AadSts> {
        (self.fault == Fault::StopsAtEntra).then(|| entra_error(self.aadsts))
    }
}
