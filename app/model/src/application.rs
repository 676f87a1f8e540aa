//! The vendor's applications, which receive sign-ins by OpenID Connect: what is registered of each.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use url::Url;

use crate::Timestamp;
use crate::connection::is_loopback;
use crate::ids::ApplicationSecretId;

/// What kind of client an application is (OpenID Connect Registration §2, RFC 8252, RFC 9700 §2.1).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationKind {
    /// Runs on a web server, and keeps a secret or a key.
    #[default]
    Web,
    /// Runs in the browser, and keeps no secret.
    SinglePage,
    /// Runs on a phone or a desktop, and keeps no secret.
    Native,
}

coded!(ApplicationKind);

impl ApplicationKind {
    /// Whether it can keep a secret: a confidential client (RFC 6749 §2.1).
    #[must_use]
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Web)
    }
}

/// What tokens are signed with (RFC 7518 §3.1, RFC 8037 §3.1).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
pub enum SigningAlgorithm {
    /// RSA PKCS #1 v1.5 with SHA-256, what every client can verify.
    #[default]
    #[serde(rename = "RS256")]
    #[strum(serialize = "RS256")]
    Rs256,
    /// ECDSA with P-256 and SHA-256.
    #[serde(rename = "ES256")]
    #[strum(serialize = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    #[strum(serialize = "EdDSA")]
    EdDsa,
}

coded!(SigningAlgorithm);

/// What an access token is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AccessTokenFormat {
    /// A random text that only the portal can look up.
    #[default]
    Opaque,
    /// A JWT for the application's own services (RFC 9068).
    Jwt,
}

coded!(AccessTokenFormat);

/// A scope that an application may ask for (RFC 6749 §3.3, OpenID Connect Core §5.4).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// An ID token: always asked for.
    Openid,
    /// `name`, `given_name`, `family_name`.
    Profile,
    /// `email`, `email_verified`.
    Email,
    /// `groups` and `roles`, as the identity provider sent them.
    Groups,
    /// `org_id`, `org_slug`, `org_name`, `connection_id`.
    Organization,
    /// `saml`: all attributes, as the identity provider sent them.
    Saml,
    /// A refresh token.
    OfflineAccess,
}

coded!(Scope);

/// A set of scopes. Its text is the scopes' names with spaces between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Every scope.
    #[must_use]
    pub fn all() -> Self {
        Self(Scope::VARIANTS.iter().copied().collect())
    }

    /// Whether the scope is among them.
    #[must_use]
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Those that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).copied().collect())
    }

    /// The set without this one.
    #[must_use]
    pub fn without(mut self, scope: Scope) -> Self {
        self.0.remove(&scope);
        self
    }

    /// Whether all of these are in the other set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// The scopes, each once.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// A scope that is not known here is left out, as OpenID Connect Core §3.1.2.1 asks.
impl From<String> for Scopes {
    fn from(text: String) -> Self {
        text.split(' ').filter_map(|name| name.parse().ok()).collect()
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, scope) in self.iter().enumerate() {
            let space = if number == 0 { "" } else { " " };
            write!(f, "{space}{}", scope.as_str())?;
        }
        Ok(())
    }
}

/// Why a request of an application was refused, or what it had been given was revoked: for its developers
/// and for support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationProblem {
    /// The redirect address of an authorization request is not registered.
    RedirectUriNotRegistered,
    /// An authorization request was not as the specification asks.
    RequestRefused,
    /// The client did not prove who it is.
    ClientAuthenticationFailed,
    /// A code was redeemed a second time; everything that came of it was revoked.
    CodeUsedTwice,
    /// A code came too late.
    CodeExpired,
    /// A code was redeemed by another application than it was issued to.
    CodeOfOtherApplication,
    /// A code was redeemed with another redirect address than it was issued for.
    RedirectUriMismatch,
    /// The code verifier is not the one whose hash began the request.
    PkceMismatch,
    /// A refresh token was used a second time; everything of its sign-in was revoked.
    RefreshTokenUsedTwice,
    /// The session had ended.
    SessionEnded,
    /// The application may not be used by the team.
    TeamNotAllowed,
    /// The team is not active.
    TeamNotActive,
    /// Another identity provider is live than the one that the sign-in came from.
    ConnectionReplaced,
    /// The application revoked it.
    RevokedByApplication,
}

coded!(ApplicationProblem);

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

/// What is registered of an application, as one document: a field that an older version did not write
/// has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationSettings {
    /// Where browsers may be sent back to after a sign-in.
    pub redirect_uris: Vec<RedirectUri>,
    /// Where they may be sent back to after a sign-out.
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// Where the application is told that a session has ended (back-channel logout).
    pub backchannel_logout_uri: Option<String>,
    /// Where a sign-in that began elsewhere goes on (OpenID Connect Core §4).
    pub initiate_login_uri: Option<String>,
    /// What the application may ask for.
    pub scopes: Scopes,
    /// What its tokens are signed with.
    pub signing_algorithm: SigningAlgorithm,
    /// What its access tokens are.
    pub access_token_format: AccessTokenFormat,
    /// For whom its access tokens are, where they are JWTs: an identifier of the vendor's service.
    pub audience: Option<String>,
    /// Whether people have another `sub` here than at other sectors' applications (Core §8.1), and of
    /// which sector: a host.
    pub pairwise_sector: Option<String>,
    /// Whether requests without PKCE are taken. Never from a public client.
    pub pkce_optional: bool,
    /// The public keys that it signs client assertions with (a JWK Set), if it has no secret.
    pub jwks: Option<String>,
    /// How long an access token works, in seconds.
    pub access_token_lifetime: u32,
    /// How long an ID token is to be taken, in seconds.
    pub id_token_lifetime: u32,
    /// How long a refresh token works after it was issued, in seconds.
    pub refresh_token_lifetime: u32,
    /// How long the application's sign-in may be renewed in all, in seconds.
    pub max_refresh_lifetime: u32,
}

impl Default for ApplicationSettings {
    fn default() -> Self {
        Self {
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            initiate_login_uri: None,
            scopes: Scopes::all(),
            signing_algorithm: SigningAlgorithm::default(),
            access_token_format: AccessTokenFormat::default(),
            audience: None,
            pairwise_sector: None,
            pkce_optional: false,
            jwks: None,
            access_token_lifetime: 600,
            id_token_lifetime: 600,
            refresh_token_lifetime: 30 * 24 * 3600,
            max_refresh_lifetime: 90 * 24 * 3600,
        }
    }
}

/// A secret, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretView {
    /// Its identifier.
    pub id: ApplicationSecretId,
    /// Its last characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
    /// When the application last used it, to the hour.
    pub last_used_at: Option<Timestamp>,
}

/// What became of a sign-in in an application: the end of its timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationView {
    /// The application's name.
    pub application: String,
    /// When it got a code.
    pub code_issued_at: Timestamp,
    /// When it redeemed the code for tokens.
    pub redeemed_at: Option<Timestamp>,
    /// Since when nothing of it works.
    pub revoked_at: Option<Timestamp>,
    /// Why, or what the code was refused for.
    pub problem: Option<ApplicationProblem>,
}

/// A request that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRequestView {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub problem: ApplicationProblem,
    /// What was expected.
    pub expected: Option<String>,
    /// What came.
    pub actual: Option<String>,
}

/// Why an application was not told of a logout. Its text is what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogoutProblem {
    /// The application is not registered any more.
    ApplicationGone,
    /// The application has no address for it any more.
    NoAddress,
    /// It answered with this status.
    Answered(u16),
    /// It did not answer in time.
    TimedOut,
    /// It could not be reached.
    Unreachable,
    /// Its answer could not be read.
    Unreadable,
}

/// The text is none that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reason why a logout was not delivered")]
pub struct UnknownLogoutProblem;

impl fmt::Display for LogoutProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApplicationGone => f.write_str("application_gone"),
            Self::NoAddress => f.write_str("no_address"),
            Self::Answered(status) => write!(f, "answered_{status}"),
            Self::TimedOut => f.write_str("timed_out"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

impl FromStr for LogoutProblem {
    type Err = UnknownLogoutProblem;

    fn from_str(text: &str) -> Result<Self, UnknownLogoutProblem> {
        match text {
            "application_gone" => Ok(Self::ApplicationGone),
            "no_address" => Ok(Self::NoAddress),
            "timed_out" => Ok(Self::TimedOut),
            "unreachable" => Ok(Self::Unreachable),
            "unreadable" => Ok(Self::Unreadable),
            _ => {
                let status = text.strip_prefix("answered_").and_then(|status| status.parse().ok());
                status.map(Self::Answered).ok_or(UnknownLogoutProblem)
            }
        }
    }
}

/// A logout that the application was told of, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutView {
    /// When the session ended.
    pub at: Timestamp,
    /// When the application took it.
    pub delivered_at: Option<Timestamp>,
    /// Since when it is not tried any more.
    pub given_up_at: Option<Timestamp>,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed.
    pub last_problem: Option<LogoutProblem>,
}

/// An application, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationView {
    /// Its client ID.
    pub client_id: String,
    /// Its name.
    pub name: String,
    /// What kind of client it is.
    pub kind: ApplicationKind,
    /// The teams that may use it, by slug; every team if there is no list.
    pub teams: Option<Vec<String>>,
    /// What is registered of it.
    pub settings: ApplicationSettings,
    /// Its secrets that work, newest first.
    pub secrets: Vec<SecretView>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Since when it gets no sign-ins.
    pub disabled_at: Option<Timestamp>,
    /// What was refused lately, newest first; empty in lists.
    pub refused_requests: Vec<RefusedRequestView>,
    /// Logouts, newest first; empty in lists.
    pub logouts: Vec<LogoutView>,
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

    #[test]
    fn why_a_logout_was_not_delivered_reads_back() {
        use LogoutProblem as Problem;
        let problems = [Problem::ApplicationGone, Problem::NoAddress, Problem::Answered(503), Problem::TimedOut];
        for problem in problems.into_iter().chain([Problem::Unreachable, Problem::Unreadable]) {
            assert_eq!(problem.to_string().parse(), Ok(problem));
        }
        assert_eq!("answered_".parse::<Problem>(), Err(UnknownLogoutProblem));
    }

    #[test]
    fn scopes_read_back_and_leave_out_what_is_not_known() {
        let scopes = Scopes::from("email openid  unknown openid".to_owned());
        assert_eq!(scopes.to_string(), "openid email");
        assert!(scopes.is_subset(&Scopes::all()));
        assert_eq!(Scopes::all().to_string(), "openid profile email groups organization saml offline_access");
    }
}
