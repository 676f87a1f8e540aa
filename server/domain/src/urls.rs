//! Our public addresses, and which addresses we send people to.

use model::{Endpoints, TeamSlug, paths};
use url::{Origin, Url};

/// The two public base URLs, which may be the same host.
#[derive(Clone, Debug)]
pub struct PublicUrls {
    account: Url,
    api: Url,
    return_to: Vec<Origin>,
}

impl PublicUrls {
    /// From checked base URLs, and the origins that `return_to` may name besides the
    /// account host's own.
    #[must_use]
    pub fn new(account: Url, api: Url, return_to: &[Url]) -> Self {
        let mut origins = vec![account.origin()];
        origins.extend(return_to.iter().map(Url::origin));
        Self { account, api, return_to: origins }
    }

    /// An address on the account host.
    #[must_use]
    pub fn account(&self, path: &str) -> String {
        format!("{}{path}", self.account.as_str().trim_end_matches('/'))
    }

    /// An address on the API host.
    #[must_use]
    pub fn api(&self, path: &str) -> String {
        format!("{}{path}", self.api.as_str().trim_end_matches('/'))
    }

    /// The account host's base URL.
    #[must_use]
    pub const fn account_url(&self) -> &Url {
        &self.account
    }

    /// The origin of the account host, as browsers write it in `Origin`.
    #[must_use]
    pub fn account_origin(&self) -> String {
        self.account.origin().ascii_serialization()
    }

    /// The issuer of tokens: the account host's base URL, without a slash at its end.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.account("")
    }

    /// Whether browsers reach us by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.account.scheme() == "https"
    }

    /// Whether this is a trial on one machine: plain http on a loopback address.
    #[must_use]
    pub fn is_local_http(&self) -> bool {
        !self.is_https() && model::host::is_loopback(&self.account)
    }

    /// What a team's admin copies into Entra.
    #[must_use]
    pub fn endpoints(&self, slug: &TeamSlug) -> Endpoints {
        Endpoints {
            identifier: slug.to_string(),
            reply_url: self.api(&paths::acs(slug.as_str())),
            sign_on_url: self.account(&paths::sign_on(Some(slug))),
            metadata_url: self.api(&paths::sp_metadata(slug.as_str())),
            logout_url: self.api(&paths::slo(slug.as_str())),
        }
    }

    /// `return_to` if it may be followed: a path of ours, or an address whose origin is on
    /// the allow-list.
    #[must_use]
    pub fn allowed_return_url(&self, return_to: &str) -> Option<String> {
        if let Some(path) = local_path(return_to) {
            return Some(path.to_owned());
        }
        let url = Url::parse(return_to).ok()?;
        let allowed = return_to.len() <= 2048
            && matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && self.return_to.contains(&url.origin());
        allowed.then(|| url.to_string())
    }
}

/// The path, if it leads nowhere but to a page of ours: no host, no scheme, no control
/// characters, none of the slashes and backslashes that browsers read as a host.
#[must_use]
pub fn local_path(path: &str) -> Option<&str> {
    let plain = path.len() <= 2048
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    plain.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls() -> PublicUrls {
        let parse = |text: &str| text.parse::<Url>().unwrap();
        PublicUrls::new(
            parse("https://account.krisp.ai"),
            parse("https://api.krisp.ai"),
            &[parse("https://app.krisp.ai")],
        )
    }

    #[test]
    fn a_team_gets_the_addresses_of_the_guide() {
        let endpoints = urls().endpoints(&"contoso-7k2m9q".parse().unwrap());
        assert_eq!(endpoints.identifier, "contoso-7k2m9q");
        assert_eq!(endpoints.reply_url, "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q");
        assert_eq!(endpoints.sign_on_url, "https://account.krisp.ai/sso/contoso-7k2m9q");
        assert_eq!(endpoints.metadata_url, "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/metadata");
    }

    #[test]
    fn return_to_stays_on_the_allow_list() {
        for allowed in ["/me", "/a?b=c#d", "https://app.krisp.ai/x", "https://account.krisp.ai/me"] {
            assert!(urls().allowed_return_url(allowed).is_some(), "{allowed}");
        }
        for refused in [
            "",
            "me",
            "//evil.com",
            "/\\evil.com",
            "/\tevil",
            "https://evil.com",
            "https://app.krisp.ai.evil.com/",
            "https://app.krisp.ai@evil.com/",
            "https://x@app.krisp.ai/",
            "http://app.krisp.ai/",
            "javascript:alert(1)",
            "https://app.krisp.ai:444/",
            "data:text/html,x",
            "/me\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(urls().allowed_return_url(refused), None, "{refused}");
        }
    }
}
