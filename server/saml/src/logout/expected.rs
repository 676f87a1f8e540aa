//! What a logout message must say to be meant for us.

use chrono::TimeDelta;

/// What a message must say to be meant for us.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedLogoutMessage<'a> {
    /// The address it came to.
    pub slo_url: &'a str,
    /// The ID of the request that we sent; without one, no response is accepted.
    pub in_response_to: Option<&'a str>,
    /// How far apart clocks may be: [`crate::response::CLOCK_SKEW`].
    pub clock_skew: TimeDelta,
}
