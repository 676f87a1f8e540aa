//! Limits of the sign-on endpoints, before anything is parsed: per team and address, in the
//! memory of this replica, since these are against load. Limits on guessing are in the
//! database (`domain::limits`).

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::http::error::too_many;
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// A second; a company's people come from one address, all at nine o'clock.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();
/// At once.
const BURST: NonZeroU32 = NonZeroU32::new(300).unwrap();

/// Answers 429 with `Retry-After` if there were too many requests for the team in the path,
/// or for no team in particular.
pub async fn limit(
    State(state): State<AppState>,
    params: RawPathParams,
    ClientIp(ip): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let slug = params.iter().find(|(name, _)| *name == "slug").map_or("", |(_, slug)| slug);
    match state.limits.check(slug, ip) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_many(&state.page, wait),
    }
}

/// Counts per team and address.
pub struct SignOnLimits(DefaultKeyedRateLimiter<(String, IpAddr)>);

impl SignOnLimits {
    pub(crate) fn new() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(BURST)))
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, if there were too many.
    pub(crate) fn check(&self, slug: &str, ip: IpAddr) -> Result<(), Duration> {
        let key = (slug.chars().take(64).collect(), ip);
        self.0.check_key(&key).map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()))
    }

    /// Forgets who has not come for a while.
    pub(crate) fn forget_idle(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_team_at_one_address_is_stopped_and_others_are_not() {
        let limits = SignOnLimits::new();
        let ip = |last| IpAddr::from([10, 0, 0, last]);
        let refused = (0..BURST.get() + 50).filter(|_| limits.check("contoso", ip(1)).is_err()).count();
        assert!(refused > 0, "none of {} refused", BURST.get() + 50);
        assert!(limits.check("contoso", ip(2)).is_ok());
        assert!(limits.check("fabrikam", ip(1)).is_ok());
    }
}
