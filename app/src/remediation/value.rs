//! The values of a team that are pasted at its identity provider, or compared with those there.

use messages::{message, text};
use model::{Endpoints, IdentityProvider, IdpSettings};
use strum::{IntoStaticStr, VariantArray};

/// A value of the team's: to be pasted at the identity provider, or entered here and to be
/// compared with the one there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum TeamValue {
    /// The service provider's entity ID.
    Identifier,
    /// The assertion consumer service.
    ReplyUrl,
    /// Where a sign-in begins.
    SignOnUrl,
    /// Where the identity provider says that a session ended.
    LogoutUrl,
    /// Where requests are sent.
    LoginUrl,
    /// Who the identity provider is.
    IdpEntityId,
}

impl TeamValue {
    /// Every value.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub(super) fn key(self, provider: IdentityProvider) -> String {
        let value: &str = self.into();
        format!("provider-{}-value-{value}", provider.as_str())
    }

    /// What the identity provider calls it.
    #[must_use]
    pub fn name(self, provider: IdentityProvider) -> String {
        message(&self.key(provider), &[])
    }

    /// The same, and whether it is what was entered here.
    #[must_use]
    pub fn label(self, provider: IdentityProvider) -> String {
        let name = self.name(provider);
        match self {
            Self::LoginUrl | Self::IdpEntityId => text!("remediation-value-entered-here", name = name),
            Self::Identifier | Self::ReplyUrl | Self::SignOnUrl | Self::LogoutUrl => name,
        }
    }

    /// The team's value; none where it was not entered.
    #[must_use]
    pub fn value<'a>(self, endpoints: &'a Endpoints, idp: Option<&'a IdpSettings>) -> Option<&'a str> {
        Some(match self {
            Self::Identifier => endpoints.identifier.as_str(),
            Self::ReplyUrl => endpoints.reply_url.as_str(),
            Self::SignOnUrl => endpoints.sign_on_url.as_str(),
            Self::LogoutUrl => endpoints.logout_url.as_str(),
            Self::LoginUrl => idp?.sso_url.as_str(),
            Self::IdpEntityId => idp?.entity_id.as_str(),
        })
    }
}
