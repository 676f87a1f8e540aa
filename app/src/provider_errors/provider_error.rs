//! An error of an identity provider: how it is told, and who can fix it.

use messages::message;
use model::IdentityProvider;

use crate::remediation::{Remediation, steps};

/// An error of an identity provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderError {
    /// Whose it is; `Other` for words that any of them may use.
    pub provider: IdentityProvider,
    /// Its code here: in addresses, and in the keys of its text.
    pub code: &'static str,
    /// Any of these tells it, whichever provider is in use. In small letters, with one blank
    /// where there is anything but letters, digits and underscores.
    pub(super) phrases: &'static [&'static str],
    /// These tell it too, but are said by others as well: they count where its provider is in use.
    pub(super) phrases_in_use: &'static [&'static str],
    /// Who can fix it, where, and with which values.
    pub remediation: Remediation,
}

impl ProviderError {
    /// An error that these phrases tell.
    pub(super) const fn new(
        provider: IdentityProvider,
        code: &'static str,
        phrases: &'static [&'static str],
        remediation: Remediation,
    ) -> Self {
        Self { provider, code, phrases, phrases_in_use: &[], remediation }
    }

    /// These tell it as well, where its provider is in use.
    pub(super) const fn or_in_use(self, phrases_in_use: &'static [&'static str]) -> Self {
        Self { phrases_in_use, ..self }
    }

    /// Where its text is in the message catalogue.
    pub(super) fn key(&self) -> String {
        format!("provider-{}-error-{}", self.provider.as_str(), self.code)
    }

    /// What it is.
    #[must_use]
    pub fn title(&self) -> String {
        message(&self.key(), &[])
    }

    /// Why the identity provider stopped.
    #[must_use]
    pub fn cause(&self) -> String {
        message(&format!("{}.cause", self.key()), &[])
    }

    /// What is left to do besides its tasks, each one action.
    #[must_use]
    pub fn steps(&self) -> Vec<String> {
        steps(&self.key())
    }
}
