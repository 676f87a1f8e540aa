//! A team's connection to its identity provider. The checks on what an admin enters are in
//! [`crate::idp_settings_check`].

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{CertificateView, SignInOptions, SsoBinding, Timestamp};

/// What Entra needs from us, to be copied into Basic SAML Configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// Identifier (Entity ID): the team's slug.
    pub identifier: String,
    /// Reply URL (Assertion Consumer Service URL).
    pub reply_url: String,
    /// Sign on URL.
    pub sign_on_url: String,
    /// Where the service provider's metadata is.
    pub metadata_url: String,
    /// Logout Url: where the identity provider says that a session ended.
    pub logout_url: String,
}

impl Endpoints {
    /// Whether a text is one of these values, which are none of an identity provider's.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let Self { identifier, reply_url, sign_on_url, metadata_url, logout_url } = self;
        [identifier, reply_url, sign_on_url, metadata_url, logout_url].into_iter().any(|own| own == text)
    }
}

/// Where a revision is in its life. Immutable once live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RevisionState {
    /// Being edited; at most one per team.
    Draft,
    /// Serving sign-ins; at most one per team.
    Live,
    /// Was live once.
    Retired,
}

coded!(RevisionState);

/// Which attribute of the assertion fills which field of a person. `None` means: look
/// under the names that Entra and others use by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimMapping {
    /// The person's e-mail address.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Surname.
    pub last_name: Option<String>,
    /// Name to show.
    pub display_name: Option<String>,
    /// Group memberships.
    pub groups: Option<String>,
}

/// One revision of a connection, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// 1, 2, 3 … within the team.
    pub number: i32,
    /// Draft, live or retired.
    pub state: RevisionState,
    /// The identity provider's addresses, once entered.
    pub idp: Option<IdpSettings>,
    /// App Federation Metadata URL, if it was given.
    pub metadata_url: Option<String>,
    /// Certificates whose keys may sign.
    pub certificates: Vec<CertificateView>,
    /// The claim mapping.
    pub claims: ClaimMapping,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it went live.
    pub live_at: Option<Timestamp>,
}

/// The identity provider's addresses, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdpSettings {
    /// Microsoft Entra Identifier: the issuer of its assertions, compared byte for byte.
    pub entity_id: String,
    /// Login URL.
    pub sso_url: String,
    /// Logout URL.
    pub slo_url: Option<String>,
    /// How requests travel to the Login URL.
    pub sso_binding: SsoBinding,
}

/// The fields of the "Set up URLs" form.
pub mod field {
    /// Microsoft Entra Identifier.
    pub const IDP_ENTITY_ID: &str = "idp_entity_id";
    /// Login URL.
    pub const SSO_URL: &str = "sso_url";
    /// Logout URL.
    pub const SLO_URL: &str = "slo_url";
}
