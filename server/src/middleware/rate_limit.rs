//! Limits on requests, before anything is looked at: in the memory of this replica, since
//! these are against load. What may be written is counted in `domain::row_budget`, guesses in
//! the database (`domain::limits`).

use app::whole_seconds;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use chrono::TimeDelta;
use domain::row_budget::{Budget, Limiter, Network, from_address};
use model::Timestamp;

use crate::http::error::too_many_sign_ins;
use crate::middleware::client_ip::ClientIp;
use crate::state::AppState;

/// To one team's sign-on addresses; a company's people come from one address, all at nine
/// o'clock.
const ONE_TEAM: Budget = Budget::new(1_600, 1_600);
/// To the sign-on addresses of all teams, and those of none.
const SIGN_ON: Budget = Budget::new(3_000, 2_400);
/// Forms, what scripts of our pages ask, and what identity providers make browsers post.
const POSTS: Budget = Budget::new(1_200, 1_200);
/// The same from all addresses together: as much as a replica can do. Fewer would let a few
/// addresses keep everybody out; what posts may write is bounded elsewhere.
const ALL_POSTS: Budget = Budget::new(60_000, 60_000);

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Counted {
    /// To the sign-on addresses of what stands where a slug stands, cut.
    OneTeam(String, Network),
    SignOn(Network),
    Post(Network),
    AnyPost,
}

/// Counts of requests.
#[derive(Debug, Default)]
pub struct RequestLimits(Limiter<Counted>);

impl RequestLimits {
    fn sign_on(&self, slug: &str, from: Network, now: Timestamp) -> Result<(), TimeDelta> {
        let slug: String = slug.chars().take(64).collect();
        let shares = from.with_wider().flat_map(|(network, times)| {
            let one_team = (Counted::OneTeam(slug.clone(), network), ONE_TEAM.times(times));
            [one_team, (Counted::SignOn(network), SIGN_ON.times(times))]
        });
        self.0.pay_each(shares, 1, now)
    }

    fn post(&self, from: Network, now: Timestamp) -> Result<(), TimeDelta> {
        let own = from.with_wider().map(|(network, times)| (Counted::Post(network), POSTS.times(times)));
        self.0.pay_each(own.chain([(Counted::AnyPost, ALL_POSTS)]), 1, now)
    }

    /// Forgets who has not come for a while.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.0.forget_idle(now);
    }
}

/// Answers 429 with `Retry-After` if there were too many requests for the team in the path,
/// or for no team in particular.
pub async fn sign_on(
    State(state): State<AppState>,
    params: RawPathParams,
    ClientIp(ip): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let slug = params.iter().find(|(name, _)| *name == "slug").map_or("", |(_, slug)| slug);
    match state.limits.sign_on(slug, ip.into(), state.services.now()) {
        Ok(()) => next.run(request).await,
        Err(wait) => too_many_sign_ins(&state, slug.parse().ok().as_ref(), wait),
    }
}

/// For every request: who pays for what it makes us write, and whether there were too many
/// posts; people get a page for that from `error_pages`.
pub async fn every_request(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::POST
        && let Err(wait) = state.limits.post(ip.into(), state.services.now())
    {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, whole_seconds(wait))]).into_response();
    }
    from_address(ip, next.run(request)).await
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn from(text: &str) -> Network {
        text.parse::<IpAddr>().unwrap().into()
    }

    fn stopped_after(mut ask: impl FnMut(usize) -> bool) -> usize {
        (0..10_000).find(|number| !ask(*number)).unwrap()
    }

    #[test]
    fn one_team_at_one_address_is_stopped_and_others_are_not() {
        let (limits, now) = (RequestLimits::default(), Timestamp::UNIX_EPOCH);
        let (one, other) = (from("10.0.0.1"), from("10.0.0.2"));
        assert_eq!(stopped_after(|_| limits.sign_on("contoso", one, now).is_ok()), 1_600);
        assert!(limits.sign_on("contoso", other, now).is_ok() && limits.sign_on("fabrikam", one, now).is_ok());
    }

    #[test]
    fn another_team_each_time_or_another_address_of_a_network_is_stopped_too() {
        let (limits, now) = (RequestLimits::default(), Timestamp::UNIX_EPOCH);
        let ask =
            |number: usize| limits.sign_on(&format!("team-{number}"), from(&format!("2001:db8::{number:x}")), now);
        assert_eq!(stopped_after(|number| ask(number).is_ok()), 3_000);
        assert_eq!(stopped_after(|number| limits.post(from(&format!("2001:db8::{number:x}")), now).is_ok()), 1_200);
        let neighbour = |number: usize| from(&format!("2001:db8:0:{number:x}::1"));
        assert!(limits.post(neighbour(0x200), now).is_ok(), "another network");
        let stopped = stopped_after(|number| limits.post(neighbour(0x300 + number % 256), now).is_ok());
        assert_eq!(stopped, 2_400, "networks of one /56");
    }
}
