//! Which network addresses are on the public internet. Whatever an administrator makes us
//! fetch must be there: what is private answers us because of where we stand.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What IPv4 has beside the public internet (IANA's registry of special-purpose addresses),
/// each with the length of its prefix.
const SPECIAL_V4: [(Ipv4Addr, u32); 16] = [
    // this network
    (Ipv4Addr::UNSPECIFIED, 8),
    // private (RFC 1918)
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // shared by carriers for NAT; some clouds keep their metadata service there
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // loopback
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // link-local, where most clouds keep their metadata service
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // Azure's service for its virtual machines: public in form only
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // protocol assignments
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // documentation
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // relays of 6to4, no longer in use
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // benchmarks
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // multicast
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    // reserved, with the broadcast address at the end
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The part of IPv6 that is given out; all else is special: loopback, unique-local,
/// link-local, multicast, IPv4-mapped, translated (NAT64), unassigned.
const UNICAST_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What within that part is no host of the public internet, or hides an IPv4 address.
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    // protocol assignments, Teredo and benchmarks among them
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // documentation
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

/// Whether an address is one of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|range| in_v4(address, *range)),
        IpAddr::V6(address) => in_v6(address, UNICAST_V6) && !SPECIAL_V6.iter().any(|range| in_v6(address, *range)),
    }
}

fn in_v4(address: Ipv4Addr, (first, prefix): (Ipv4Addr, u32)) -> bool {
    // every prefix of the tables is at least one bit and at most all of them
    (address.to_bits() ^ first.to_bits()) >> (Ipv4Addr::BITS - prefix) == 0
}

fn in_v6(address: Ipv6Addr, (first, prefix): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ first.to_bits()) >> (Ipv6Addr::BITS - prefix) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(text: &str) -> bool {
        is_public(text.parse().unwrap())
    }

    #[test]
    fn non_public_addresses_are_recognised() {
        for address in [
            "0.0.0.0",
            "0.255.255.255",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    #[test]
    fn neighbouring_addresses_are_public() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "20.190.128.1",
            "40.126.0.1",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "168.63.129.17",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2603:1006:2000::1",
            "2a00:1450::1",
        ] {
            assert!(public(address), "{address}");
        }
    }
}
