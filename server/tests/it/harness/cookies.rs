//! A browser's cookies, kept and sent by the rules of RFC 6265.

use std::fmt;
use std::ops::Index;

use cookie_store::{CookieStore, RawCookie};
use url::Url;

/// The cookies of one browser at the portal.
#[derive(Clone)]
pub struct Cookies {
    store: CookieStore,
    portal: Url,
}

impl Cookies {
    /// None yet, for a portal at this address.
    pub fn at(portal: &str) -> Self {
        Self { store: CookieStore::default(), portal: portal.parse().unwrap() }
    }

    /// Keeps what a response to a request for `path` sets.
    pub fn keep(&mut self, path: &str, set_cookie: &str) {
        let address = self.portal.join(path).unwrap();
        let cookie = RawCookie::parse(set_cookie).unwrap().into_owned();
        self.store.store_response_cookies(std::iter::once(cookie), &address);
    }

    /// The `Cookie` header of a request for `path`; nothing if there is none to send.
    pub fn header(&self, path: &str) -> Option<String> {
        let address = self.portal.join(path).unwrap();
        let pairs: Vec<_> =
            self.store.get_request_values(&address).map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Puts a cookie in by hand, as the portal would have set it; what was there under its name.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) -> Option<String> {
        let (name, value) = (name.into(), value.into());
        let before = self.get(&name).map(str::to_owned);
        self.store.insert_raw(&RawCookie::build((name, value)).path("/").build(), &self.portal).unwrap();
        before
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.pairs().next().is_none()
    }

    pub fn clear(&mut self) {
        self.store.clear();
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pairs().map(|(name, _)| name)
    }

    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.pairs().map(|(_, value)| value)
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.store.iter_unexpired().map(|cookie| cookie.name_value())
    }
}

impl Index<&str> for Cookies {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("no cookie {name} in {self:?}"))
    }
}

impl fmt::Debug for Cookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.pairs()).finish()
    }
}
