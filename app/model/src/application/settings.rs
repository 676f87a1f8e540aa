//! What is registered of an application.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{RedirectUri, Scopes};

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
