//! Whose responses the mock's look like: the issuer, the prefixes of the namespaces, the names of the
//! claims, how the name identifier and the authentication are called. What they mean stays the same.

use serde::{Deserialize, Serialize};

use crate::app::SigningOption;

/// A kind of identity provider, by the responses that it writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Microsoft Entra ID.
    #[default]
    Entra,
    /// Active Directory Federation Services.
    AdFs,
    /// Keycloak.
    Keycloak,
    /// Okta.
    Okta,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::Entra, Self::AdFs, Self::Keycloak, Self::Okta];

    /// Its name in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entra => "entra",
            Self::AdFs => "ad-fs",
            Self::Keycloak => "keycloak",
            Self::Okta => "okta",
        }
    }

    /// The shape of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// Who issues its responses; none where it is the tenant.
    #[must_use]
    pub const fn issuer(self) -> Option<&'static str> {
        match self {
            Self::Entra => None,
            Self::AdFs => Some("http://fs.contoso.example/adfs/services/trust"),
            Self::Keycloak => Some("https://id.contoso.example/realms/contoso"),
            Self::Okta => Some("http://www.okta.com/exk1fcia6d6EMsf331d8"),
        }
    }

    /// What it signs; none where the application's Signing Option says so.
    #[must_use]
    pub const fn signing(self) -> Option<SigningOption> {
        match self {
            Self::Entra => None,
            Self::AdFs => Some(SigningOption::Assertion),
            Self::Keycloak => Some(SigningOption::Response),
            Self::Okta => Some(SigningOption::Both),
        }
    }

    /// The prefix of the protocol's namespace.
    pub(crate) const fn protocol(self) -> &'static str {
        match self {
            Self::Okta => "saml2p",
            Self::Entra | Self::AdFs | Self::Keycloak => "samlp",
        }
    }

    /// The prefix of the assertion's namespace, with the colon; empty where it is the default one.
    pub(crate) const fn assertion(self) -> &'static str {
        match self {
            Self::Okta => "saml2:",
            Self::Keycloak => "saml:",
            Self::Entra | Self::AdFs => "",
        }
    }

    /// How the names of attributes are to be read, where it says so.
    pub(crate) const fn name_format(self) -> Option<&'static str> {
        match self {
            Self::Okta => Some("urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"),
            Self::Keycloak => Some("urn:oasis:names:tc:SAML:2.0:attrname-format:basic"),
            Self::Entra | Self::AdFs => None,
        }
    }
}
