//! The network that an address is counted by.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Prefixes that one customer has all of, and how many times the budget of the narrowest each
/// of them has: a device or a small line a /64, a line often a /56, a hosting customer a /48.
const PREFIXES: [(u8, i32); 3] = [(64, 1), (56, 2), (48, 4)];

/// One customer's network: for IPv6 a /64, because a customer with one address has all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    /// One address.
    V4(Ipv4Addr),
    /// The first address, and the length of the prefix.
    V6(Ipv6Addr, u8),
}

impl Network {
    /// The network itself and those it is part of that may be one customer's, each with how many
    /// times a network's budget all of it has: else whoever has a /48 had 65,536 budgets.
    pub fn with_wider(self) -> impl Iterator<Item = (Self, i32)> {
        PREFIXES.into_iter().filter_map(move |(prefix, times)| match self {
            Self::V4(_) => (times == 1).then_some((self, times)),
            Self::V6(ip, own) => (prefix <= own).then(|| (Self::v6(ip, prefix), times)),
        })
    }

    fn v6(ip: Ipv6Addr, prefix: u8) -> Self {
        Self::V6(Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << (128 - prefix))), prefix)
    }
}

impl From<IpAddr> for Network {
    fn from(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self::V4(ip),
            IpAddr::V6(ip) => Self::v6(ip, 64),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(ip) => ip.fmt(f),
            Self::V6(ip, prefix) => write!(f, "{ip}/{prefix}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_counts_as_one() {
        let of = |text: &str| Network::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!(of("2001:db8:1:2::1").to_string(), "2001:db8:1:2::/64");
    }

    #[test]
    fn a_wider_network_counts_for_all_that_is_in_it() {
        let wider = |text: &str| {
            let all = Network::from(text.parse::<IpAddr>().unwrap()).with_wider();
            all.map(|(network, times)| format!("{network} {times}")).collect::<Vec<_>>()
        };
        assert_eq!(
            wider("2001:db8:1:12ff::1"),
            ["2001:db8:1:12ff::/64 1", "2001:db8:1:1200::/56 2", "2001:db8:1::/48 4"]
        );
        assert_eq!(wider("192.0.2.1"), ["192.0.2.1 1"]);
    }
}
