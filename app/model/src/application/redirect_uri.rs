//! The addresses that a browser may be sent back to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::host::is_loopback;

/// The longest address that can be registered, in bytes.
const MAX_REDIRECT_URI: usize = 1024;

/// An address that a browser may be sent back to (RFC 6749 §3.1.2, RFC 8252 §7).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri(String);

/// Why a text is no address that a browser may be sent back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirectUri {
    /// It is no absolute address.
    #[error("this is not an absolute address: write it whole, such as https://app.example.com/callback")]
    NotAbsolute,
    /// It has a `#` or a `*`, user name or password.
    #[error(
        "an address to return to has no fragment, no wildcard and no password: write each address on a line of its own"
    )]
    NotExact,
    /// It is http, and not of this machine.
    #[error("an address to return to begins with https; http is for localhost only")]
    NotHttps,
    /// Its scheme runs code, reads files, or is no application's own.
    #[error("a scheme of an application's own is a domain name backwards, such as com.example.app:/callback")]
    NotPrivateUseScheme,
    /// It is too long.
    #[error("an address to return to has at most 1024 characters")]
    TooLong,
}

impl RedirectUri {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an address that a request names is this one: the same characters, but for the port of a
    /// loopback address, which a native application does not know before (RFC 8252 §7.3).
    #[must_use]
    pub fn matches(&self, requested: &str) -> bool {
        if self.0 == requested {
            return true;
        }
        without_port_of_loopback(&self.0).is_some_and(|own| without_port_of_loopback(requested) == Some(own))
    }

    /// The origin whose scripts may read answers, if it is an address of the web.
    #[must_use]
    pub fn web_origin(&self) -> Option<String> {
        let url = Url::parse(&self.0).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
    }
}

/// What is before and after the port of an address whose host is a literal loopback address
/// (`localhost` may be another machine's name).
fn without_port_of_loopback(address: &str) -> Option<(&str, &str)> {
    let hosts = ["http://127.0.0.1", "http://[::1]"];
    let host = hosts.into_iter().find(|host| address.starts_with(host))?;
    let rest = address.get(host.len()..)?;
    let Some(port) = rest.strip_prefix(':') else {
        return (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest));
    };
    let end = port.find(['/', '?']).unwrap_or(port.len());
    let (port, rest) = port.split_at_checked(end)?;
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && port.parse::<u16>().is_ok()).then_some((host, rest))
}

impl FromStr for RedirectUri {
    type Err = InvalidRedirectUri;

    fn from_str(text: &str) -> Result<Self, InvalidRedirectUri> {
        let text = text.trim();
        if text.len() > MAX_REDIRECT_URI {
            return Err(InvalidRedirectUri::TooLong);
        }
        let is_plain = text.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\');
        let url = Url::parse(text).ok().filter(|_| is_plain).ok_or(InvalidRedirectUri::NotAbsolute)?;
        if text.contains(['#', '*']) || !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidRedirectUri::NotExact);
        }
        match url.scheme() {
            "https" if url.host().is_some() => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(InvalidRedirectUri::NotHttps),
            // of an application's own: a domain name backwards (RFC 8252 §7.1)
            scheme if scheme.contains('.') => {}
            _ => return Err(InvalidRedirectUri::NotPrivateUseScheme),
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for RedirectUri {
    type Error = InvalidRedirectUri;

    fn try_from(text: String) -> Result<Self, InvalidRedirectUri> {
        text.parse()
    }
}

impl From<RedirectUri> for String {
    fn from(address: RedirectUri) -> Self {
        address.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_return_to_is_exact_and_safe() {
        for good in [
            "https://app.krisp.ai/callback",
            "https://app.krisp.ai:8443/callback?tenant=1",
            "http://localhost:3000/callback",
            "http://127.0.0.1/callback",
            "http://[::1]:8080/",
            "com.example.app:/callback",
            "com.example.app://callback",
        ] {
            assert!(good.parse::<RedirectUri>().is_ok(), "{good}");
        }
        for (bad, why) in [
            ("/callback", InvalidRedirectUri::NotAbsolute),
            ("", InvalidRedirectUri::NotAbsolute),
            ("https://app.krisp.ai/a b", InvalidRedirectUri::NotAbsolute),
            ("https:\\\\app.krisp.ai", InvalidRedirectUri::NotAbsolute),
            ("https://app.krisp.ai/#x", InvalidRedirectUri::NotExact),
            ("https://*.krisp.ai/", InvalidRedirectUri::NotExact),
            ("https://a@app.krisp.ai/", InvalidRedirectUri::NotExact),
            ("http://app.krisp.ai/", InvalidRedirectUri::NotHttps),
            ("http://localhost.evil.com/", InvalidRedirectUri::NotHttps),
            ("javascript:alert(1)", InvalidRedirectUri::NotPrivateUseScheme),
            ("data:text/html,x", InvalidRedirectUri::NotPrivateUseScheme),
            ("myapp://callback", InvalidRedirectUri::NotPrivateUseScheme),
        ] {
            assert_eq!(bad.parse::<RedirectUri>(), Err(why), "{bad}");
        }
        let long = format!("https://app.krisp.ai/{}", "a".repeat(1024));
        assert_eq!(long.parse::<RedirectUri>(), Err(InvalidRedirectUri::TooLong));
    }

    #[test]
    fn only_the_port_of_a_loopback_address_is_free() {
        let matches = |registered: &str, requested: &str| registered.parse::<RedirectUri>().unwrap().matches(requested);
        assert!(matches("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"));
        assert!(matches("http://127.0.0.1:80/cb", "http://127.0.0.1:51004/cb"));
        assert!(matches("http://[::1]/cb?a=1", "http://[::1]:9/cb?a=1"));
        for (registered, requested) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb/"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:x/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:+80/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1@evil.com/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1.evil.com/cb"),
            ("http://127.0.0.1/cb", "https://127.0.0.1:51004/cb"),
            ("http://localhost/cb", "http://localhost:51004/cb"),
            ("https://app.krisp.ai/cb", "https://app.krisp.ai:444/cb"),
            ("https://app.krisp.ai/cb", "https://app.krisp.ai/cb/"),
            ("https://app.krisp.ai/cb", "https://app.krisp.ai/cb?x"),
            ("https://app.krisp.ai/cb", "https://APP.krisp.ai/cb"),
            ("https://app.krisp.ai/cb", "https://app.krisp.ai/%63b"),
        ] {
            assert!(!matches(registered, requested), "{registered} {requested}");
        }
    }
}
