//! Counts of requests, in the memory of this replica, since they limit load. What may be
//! written is counted in `domain::row_budget`, guesses in the database (`domain::limits`).

use chrono::TimeDelta;
use domain::row_budget::{Budget, Limiter, LimiterKey, Network};
use model::Timestamp;

/// To one team's sign-on addresses; a company's people come from one address, all at nine
/// o'clock.
const TEAM_SIGN_INS: Budget = Budget::new(1_600, 1_600);
/// To the sign-on addresses of all teams, and those of none.
const ALL_SIGN_INS: Budget = Budget::new(3_000, 2_400);
/// Forms, what scripts of our pages ask, and what identity providers make browsers post.
const POSTS: Budget = Budget::new(1_200, 1_200);
/// The same from all addresses together: as much as a replica can do. Fewer would let a few
/// addresses keep everybody out; what posts may write is bounded elsewhere.
const ALL_POSTS: Budget = Budget::new(60_000, 60_000);

/// What applications ask by themselves: the vendor's servers, from few addresses.
const APPLICATION_REQUESTS: Budget = Budget::new(60_000, 60_000);

/// What requests are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum LimitKey {
    /// To the sign-on addresses of what stands where a slug stands, cut.
    TeamSignIns(String, Network),
    SignIns(Network),
    Posts(Network),
    ApplicationRequests(Network),
    AllPosts,
}

impl LimiterKey for LimitKey {
    fn is_shared(&self) -> bool {
        matches!(self, Self::AllPosts)
    }
}

/// Counts of requests.
#[derive(Debug, Default)]
pub struct RequestLimits(Limiter<LimitKey>);

impl RequestLimits {
    /// Counts a request to a team's sign-in addresses; how long to wait if there were too many.
    pub(crate) fn count_sign_in(&self, slug: &str, from: Network, now: Timestamp) -> Result<(), TimeDelta> {
        let slug: String = slug.chars().take(64).collect();
        let shares = from.with_wider().flat_map(|(network, times)| {
            let one_team = (LimitKey::TeamSignIns(slug.clone(), network), TEAM_SIGN_INS.times(times));
            [one_team, (LimitKey::SignIns(network), ALL_SIGN_INS.times(times))]
        });
        self.0.charge_all(shares, 1, now)
    }

    /// Counts a post; how long to wait if there were too many.
    pub(crate) fn count_post(&self, from: Network, now: Timestamp) -> Result<(), TimeDelta> {
        let own = from.with_wider().map(|(network, times)| (LimitKey::Posts(network), POSTS.times(times)));
        self.0.charge_all(own.chain([(LimitKey::AllPosts, ALL_POSTS)]), 1, now)
    }

    /// Counts what an application asks; how long to wait if there was too much.
    pub(crate) fn count_application_request(&self, from: Network, now: Timestamp) -> Result<(), TimeDelta> {
        let own = from
            .with_wider()
            .map(|(network, times)| (LimitKey::ApplicationRequests(network), APPLICATION_REQUESTS.times(times)));
        self.0.charge_all(own, 1, now)
    }

    /// Forgets who has not come for a while.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.0.forget_idle(now);
    }
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
        assert_eq!(stopped_after(|_| limits.count_sign_in("contoso", one, now).is_ok()), 1_600);
        assert!(
            limits.count_sign_in("contoso", other, now).is_ok() && limits.count_sign_in("fabrikam", one, now).is_ok()
        );
    }

    #[test]
    fn another_team_each_time_or_another_address_of_a_network_is_stopped_too() {
        let (limits, now) = (RequestLimits::default(), Timestamp::UNIX_EPOCH);
        let ask = |number: usize| {
            limits.count_sign_in(&format!("team-{number}"), from(&format!("2001:db8::{number:x}")), now)
        };
        assert_eq!(stopped_after(|number| ask(number).is_ok()), 3_000);
        assert_eq!(
            stopped_after(|number| limits.count_post(from(&format!("2001:db8::{number:x}")), now).is_ok()),
            1_200
        );
        let neighbour = |number: usize| from(&format!("2001:db8:0:{number:x}::1"));
        assert!(limits.count_post(neighbour(0x200), now).is_ok(), "another network");
        let stopped = stopped_after(|number| limits.count_post(neighbour(0x300 + number % 256), now).is_ok());
        assert_eq!(stopped, 2_400, "networks of one /56");
    }
}
