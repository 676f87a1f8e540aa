//! What an address is that stands where a Login URL belongs and can never be one: metadata,
//! another protocol's endpoint, a console. Whatever might take a sign-in request is let in, since
//! a refusal without cause keeps a customer out.

mod derived;
mod realm;

use serde::{Deserialize, Serialize};
use url::Url;

use self::derived::login_url;
use self::realm::after_realm;
use crate::entra;
use crate::host::{is_in, is_oktas};

/// What an address is for, if not for signing in with SAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// Where the identity provider publishes its SAML metadata.
    Metadata,
    /// An endpoint of WS-Federation or WS-Trust.
    WsFederation,
    /// An endpoint of OAuth 2.0 or OpenID Connect.
    OAuth,
    /// Microsoft's My Apps, or a link from it.
    MyApps,
    /// Where people open their applications at another identity provider, or a link from there.
    ApplicationsPage,
    /// Where people sign out.
    Logout,
    /// Where administrators configure the identity provider.
    Console,
    /// The identity provider's entity ID.
    Identifier,
}

/// An address that can never be a Login URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MisplacedAddress {
    /// What it is instead.
    pub kind: AddressKind,
    /// The Login URL of the same identity provider, where the address leaves no doubt of it.
    pub login_url: Option<String>,
    /// Its Logout URL, likewise.
    pub logout_url: Option<String>,
}

/// What was seen at a Login URL when nobody was signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginUrlCheck {
    /// The host that was asked.
    pub host: String,
    /// What was seen.
    pub answer: LoginUrlAnswer,
}

/// What a server answers at a Login URL without a request, or why it was not heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginUrlAnswer {
    /// Some answer.
    Status {
        /// HTTP status.
        status: u16,
    },
    /// It leads elsewhere.
    Redirected {
        /// To which host.
        host: String,
    },
    /// The identity provider's metadata.
    Metadata,
    /// Not one that we ask: without https, or on a port of its own.
    NotAsked,
    /// An address outside the public internet, given in figures.
    Private,
    /// No answer, for one of the reasons of [`crate::Unreachable::NotReached`].
    NotReached {
        /// How long we waited.
        seconds: u64,
    },
    /// Not encrypted, or by somebody whose certificate cannot be verified.
    NotVerified,
    /// The connection ended early.
    BrokenOff,
    /// Our own fault.
    Failed,
}

/// What an address is if it can never be a Login URL; none if it might be one.
#[must_use]
pub fn misplaced(text: &str) -> Option<MisplacedAddress> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let lower: Vec<String> = segments.iter().map(|segment| segment.to_ascii_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    let kind = Address { url: &url, host, path: &path }.kind()?;
    let right = login_url(&url, host, &path, &segments);
    let logout_url = right.as_ref().filter(|right| right.signs_out).map(|right| right.url.clone());
    Some(MisplacedAddress { kind, login_url: right.map(|right| right.url), logout_url })
}

/// An address taken apart: the segments of its path are in lower case, without empty ones.
struct Address<'a> {
    url: &'a Url,
    host: &'a str,
    path: &'a [&'a str],
}

impl Address<'_> {
    fn kind(&self) -> Option<AddressKind> {
        use AddressKind as Kind;
        if self.is_of_a_console() {
            return Some(Kind::Console);
        }
        // its last part is a name that an administrator chose
        if is_in(self.host, "jumpcloud.com") && matches!(self.path, ["saml2", _]) {
            return None;
        }
        let kinds = [
            (self.is_of_my_apps(), Kind::MyApps),
            (self.opens_applications(), Kind::ApplicationsPage),
            (self.signs_out(), Kind::Logout),
            (self.is_metadata(), Kind::Metadata),
            (self.is_of_oauth(), Kind::OAuth),
            (self.is_of_ws_federation(), Kind::WsFederation),
            (self.is_identifier(), Kind::Identifier),
        ];
        kinds.into_iter().find_map(|(is, kind)| is.then_some(kind))
    }

    fn is_of_a_console(&self) -> bool {
        let (host, path) = (self.host, self.path);
        let known = [
            "portal.azure.com",
            "portal.azure.us",
            "portal.azure.cn",
            "entra.microsoft.com",
            "entra.microsoft.us",
            "admin.google.com",
            "console.jumpcloud.com",
            "console.eu.jumpcloud.com",
        ];
        let is_oktas_admin = || host.split('.').next().is_some_and(|label| label.ends_with("-admin"));
        known.contains(&host)
            || is_in(host, "portal.azure.com")
            || host.starts_with("console.pingone.")
            || (is_oktas(host) && (is_oktas_admin() || path.first() == Some(&"admin")))
            || (is_in(host, "onelogin.com") && matches!(path, ["admin" | "admin2" | "apps", ..]))
            // Keycloak's, at the root or below a context path
            || matches!(path, ["admin", _, "console", ..] | [_, "admin", _, "console", ..])
    }

    fn is_of_my_apps(&self) -> bool {
        is_in(self.host, "myapps.microsoft.com")
            || ["myapplications.microsoft.com", "account.activedirectory.windowsazure.com"].contains(&self.host)
    }

    fn opens_applications(&self) -> bool {
        let (host, path) = (self.host, self.path);
        (is_oktas(host) && matches!(path, ["home" | "enduser", ..] | ["app", "userhome" | "user-home", ..]))
            || (host == "accounts.google.com" && matches!(path, ["o", "saml2", "initsso"]))
            || (is_in(host, "onelogin.com") && matches!(path, ["portal" | "launch", ..] | ["client", "apps", ..]))
            || matches!(after_realm(path), Some(["account", ..] | ["protocol", "saml", "clients", _]))
    }

    fn signs_out(&self) -> bool {
        let is_saml = |segment: &&str| segment.starts_with("saml");
        let by_path = match self.path {
            // which is a country, too
            [before @ .., "slo"] => before.iter().any(is_saml),
            path => matches!(
                path,
                [.., "logout" | "signout" | "singlelogout" | "singlelogoutservice.php" | "slo.saml2"]
                    | ["trust", "saml2", _, "slo", ..]
                    | ["app", .., "slo", "saml"]
                    | ["application", "saml", _, "slo", "binding", ..]
            ),
        };
        by_path || self.url.query_pairs().any(|(name, value)| name == "wa" && value.starts_with("wsignout"))
    }

    fn is_metadata(&self) -> bool {
        match self.path {
            [.., "metadata" | "metadata.php" | "federation_metadata.ping" | "exportmetadata.jsp"]
            | [.., "protocol", "saml", "descriptor"]
            | [.., "idp", "shibboleth"] => true,
            [.., protocol, "metadata", _] => protocol.starts_with("saml"),
            [.., file] => file.ends_with("metadata.xml"),
            [] => false,
        }
    }

    fn is_of_oauth(&self) -> bool {
        let (host, path) = (self.host, self.path);
        let endpoints = ["authorize", "token", "userinfo", "introspect", "revoke"];
        let is_endpoint = || path.last().is_some_and(|last| endpoints.contains(last));
        let is_a_service = entra::is_login(self.url) || is_oktas(host);
        matches!(path, [.., "openid-configuration" | "oauth-authorization-server"])
            || (path.contains(&"oauth2") && (is_a_service || is_endpoint()))
            || matches!(path, ["adfs", "oauth2", ..])
            || matches!(after_realm(path), Some(["protocol", "openid-connect", ..]))
            || (host == "accounts.google.com" && matches!(path, ["o", "oauth2", ..]))
            || (is_in(host, "onelogin.com") && path.first() == Some(&"oidc"))
            || (host.starts_with("auth.pingone.") && matches!(path, [_, "as", ..]))
    }

    fn is_of_ws_federation(&self) -> bool {
        match self.path {
            [.., "wsfed" | "wsfederation" | "prp.wsf"]
            | ["app", .., "sso", "wsfed", _]
            | ["adfs", "services", "trust", _, ..] => true,
            ["wsfed", _] => is_in(self.host, "auth0.com"),
            _ => false,
        }
    }

    fn is_identifier(&self) -> bool {
        match self.path {
            ["adfs", "services", "trust"] | ["realms", _] | ["auth", "realms", _] => true,
            ["o", "saml2"] => self.host == "accounts.google.com",
            [_] => self.host == "www.okta.com",
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
