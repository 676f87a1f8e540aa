//! The header in which a trusted proxy names the client. Why this is not a crate:
//! `docs/decisions/0034`.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, header};

/// How often at most the log warns that the header cannot be used.
const WARN_INTERVAL: Duration = Duration::from_mins(1);
/// As much of a header as the log shows.
const LOGGED_CHARS: usize = 80;

/// The header in which a proxy in front of us names the client.
#[derive(Debug)]
pub struct ClientIpHeader {
    name: HeaderName,
    last_warned: Mutex<Option<Instant>>,
}

impl ClientIpHeader {
    /// By its name.
    #[must_use]
    pub const fn new(name: HeaderName) -> Self {
        Self { name, last_warned: Mutex::new(None) }
    }

    /// The client that the proxy names. The last entry is the proxy's own; those before it
    /// are the client's to invent.
    pub(crate) fn client(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let Some(value) = headers.get_all(&self.name).iter().next_back() else {
            self.warn("the header is missing", "");
            return None;
        };
        let value = String::from_utf8_lossy(value.as_bytes());
        let client = if self.name == header::FORWARDED {
            parse_forwarded(&value)
        } else {
            last_entry(&value).and_then(parse_address)
        };
        if client.is_none() {
            self.warn("the header holds no address", &value);
        }
        client
    }

    /// Limits per address then count all clients as one, which the operator must learn, but not
    /// with every request.
    fn warn(&self, problem: &'static str, value: &str) {
        let mut last_warned = self.last_warned.lock().unwrap_or_else(PoisonError::into_inner);
        if last_warned.is_some_and(|warned| warned.elapsed() < WARN_INTERVAL) {
            return;
        }
        *last_warned = Some(Instant::now());
        let value: String = value.chars().take(LOGGED_CHARS).collect();
        tracing::warn!(header = %self.name, value, "client_ip_header: {problem}; the connection's address counts");
    }
}

/// The last entry of a list, which is the proxy's own: what follows the last comma. A quotation
/// mark that the client left open before it means nothing.
fn last_entry(value: &str) -> Option<&str> {
    value.rsplit(',').next()
}

/// The client of `Forwarded` (RFC 7239): `for=` of its last element, such as
/// `for="[2001:db8::1]:4711";proto=https`. It may be `unknown` or a name (`_hidden`).
fn parse_forwarded(value: &str) -> Option<IpAddr> {
    let pairs = split_quoted(last_entry(value)?, ';').filter_map(|pair| pair.split_once('='));
    let mut clients = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    let (_, client) = clients.next()?;
    clients.next().is_none().then_some(())?;
    let client = client.trim();
    parse_address(client.strip_prefix('"').and_then(|client| client.strip_suffix('"')).unwrap_or(client))
}

/// Splits at a sign, but not within quotation marks.
fn split_quoted(text: &str, sign: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |read| {
        quoted ^= read == '"';
        !quoted && read == sign
    })
}

/// An address as proxies write it: with or without a port, IPv6 with or without brackets.
fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Some(bracketed) = text.strip_prefix('[') {
        let (address, rest) = bracketed.split_once(']')?;
        return address.parse().ok().map(IpAddr::V6).filter(|_| rest.is_empty() || is_port(rest.strip_prefix(':')));
    }
    let (address, port) = text.split_once(':')?;
    address.parse().ok().map(IpAddr::V4).filter(|_| is_port(Some(port)))
}

/// A number, or a name that stands for one (RFC 7239 §6).
fn is_port(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.parse::<u16>().is_ok() || text.strip_prefix('_').is_some_and(|name| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(name: &'static str, values: &[&str]) -> Option<String> {
        let name = HeaderName::from_static(name);
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(&name, value.parse().unwrap());
        }
        ClientIpHeader::new(name).client(&headers).map(|client| client.to_string())
    }

    #[test]
    fn every_form_that_proxies_send_is_read() {
        for (value, address) in [
            ("192.0.2.1", "192.0.2.1"),
            (" 192.0.2.1 ", "192.0.2.1"),
            ("192.0.2.1:4711", "192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("203.0.113.9, 192.0.2.1", "192.0.2.1"),
            ("203.0.113.9,[2001:db8::1]:4711", "2001:db8::1"),
            ("unknown, 192.0.2.1:80", "192.0.2.1"),
            ("\", 192.0.2.1", "192.0.2.1"),
        ] {
            assert_eq!(client("x-forwarded-for", &[value]).as_deref(), Some(address), "{value}");
            assert_eq!(client("x-real-ip", &[value]).as_deref(), Some(address), "{value}");
        }
        let lines = ["203.0.113.9", "203.0.113.8, 192.0.2.1:1"];
        assert_eq!(client("x-forwarded-for", &lines).as_deref(), Some("192.0.2.1"), "the last line is the proxy's");
    }

    #[test]
    fn forwarded_is_read_by_its_own_rules() {
        for (value, address) in [
            ("for=192.0.2.1", "192.0.2.1"),
            ("For=\"192.0.2.1:4711\";proto=https", "192.0.2.1"),
            ("for=192.0.2.1:4711", "192.0.2.1"),
            ("proto=https;for=\"[2001:db8::1]:4711\";by=_us", "2001:db8::1"),
            ("for=\"[2001:db8::1]\"", "2001:db8::1"),
            ("for=\"[2001:db8::1]:_port\"", "2001:db8::1"),
            ("for=203.0.113.9, for=192.0.2.1", "192.0.2.1"),
            ("for=203.0.113.9;host=\"a,b\";by=1 , for=192.0.2.1;host=\"x;for=203.0.113.9\"", "192.0.2.1"),
            // a quotation mark that the client left open
            ("for=203.0.113.9;x=\", for=192.0.2.1", "192.0.2.1"),
            ("for=203.0.113.9;x=\", for=\"192.0.2.1:4711\"", "192.0.2.1"),
        ] {
            assert_eq!(client("forwarded", &[value]).as_deref(), Some(address), "{value}");
        }
        for value in [
            "",
            "for=unknown",
            "for=_hidden",
            "for=192.0.2.1, for=_hidden",
            "for=192.0.2.1, proto=https",
            "for=192.0.2.1;for=192.0.2.2",
            "192.0.2.1",
            "for=\"192.0.2.1",
        ] {
            assert_eq!(client("forwarded", &[value]), None, "{value}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for value in [
            "",
            ",",
            "unknown",
            "_hidden",
            "proxy.example:80",
            "192.0.2.1:",
            "192.0.2.1:65536",
            "192.0.2.1:a",
            "192.0.2",
            "[192.0.2.1]:80",
            "[2001:db8::1",
            "[2001:db8::1]80",
            "192.0.2.1, ",
            "for=192.0.2.1",
        ] {
            assert_eq!(client("x-forwarded-for", &[value]), None, "{value:?}");
        }
        assert_eq!(client("x-forwarded-for", &[]), None);
    }
}
