//! The pages of Entra's admin center, which Microsoft's numbers lead to.

use messages::text;

/// A page ("blade") of Entra's admin centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntraBlade {
    /// The list of all applications.
    Applications,
    /// Our values in Entra.
    BasicSaml,
    /// What Entra says about the person.
    Claims,
    /// What Entra signs with, and how.
    Certificates,
    /// What Entra checks our requests with.
    Verification,
    /// Entra's addresses.
    SetUp,
    /// The choice of SAML.
    SingleSignOn,
    /// Who is assigned.
    Users,
    /// Whether anybody may sign in.
    Properties,
    /// What Entra encrypts to.
    Encryption,
    /// Consent.
    Permissions,
    /// What Entra recorded about each sign-in.
    Logs,
    /// The policies.
    ConditionalAccess,
    /// The people of the tenant.
    AllUsers,
    /// Other identity providers that the tenant trusts.
    IdentityProviders,
}

impl EntraBlade {
    /// The way to it, as Entra names the pages.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Applications => text!("remediation-blade-applications"),
            Self::BasicSaml => text!("remediation-blade-basic-saml"),
            Self::Claims => text!("remediation-blade-claims"),
            Self::Certificates => text!("remediation-blade-certificates"),
            Self::Verification => text!("remediation-blade-verification"),
            Self::SetUp => text!("remediation-blade-set-up"),
            Self::SingleSignOn => text!("remediation-blade-single-sign-on"),
            Self::Users => text!("remediation-blade-users"),
            Self::Properties => text!("remediation-blade-properties"),
            Self::Encryption => text!("remediation-blade-encryption"),
            Self::Permissions => text!("remediation-blade-permissions"),
            Self::Logs => text!("remediation-blade-logs"),
            Self::ConditionalAccess => text!("remediation-blade-conditional-access"),
            Self::AllUsers => text!("remediation-blade-all-users"),
            Self::IdentityProviders => text!("remediation-blade-identity-providers"),
        }
    }
}
