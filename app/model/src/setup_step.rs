//! The eight steps of a team's set-up, in the order of the identity provider's own pages.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::IdentityProvider;

/// A step of the set-up, in the order of Entra's own blades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "kebab-case")]
pub enum SetupStep {
    /// Create the application in Entra.
    Create,
    /// Basic SAML Configuration: our values into Entra.
    BasicSaml,
    /// Attributes & Claims.
    Attributes,
    /// SAML Certificates: Entra's certificate to us.
    Certificates,
    /// Set up URLs: Entra's addresses to us.
    Urls,
    /// Users and groups.
    Users,
    /// Test the sign-in.
    Test,
    /// Go live.
    GoLive,
}

coded!(SetupStep);

impl SetupStep {
    /// All steps, in the order in which the identity provider's own pages come to them. Google's assistant
    /// shows its own values before it asks for ours; everywhere else ours are asked for first.
    #[must_use]
    pub const fn order(provider: IdentityProvider) -> &'static [Self] {
        match provider {
            IdentityProvider::GoogleWorkspace => &[
                Self::Create,
                Self::Certificates,
                Self::Urls,
                Self::BasicSaml,
                Self::Attributes,
                Self::Users,
                Self::Test,
                Self::GoLive,
            ],
            _ => Self::ALL,
        }
    }
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Nothing yet.
    Todo,
    /// Done.
    Done,
    /// Something in it needs another look: a failed test, changes that support asked for.
    Attention,
}
