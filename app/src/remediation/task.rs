//! What is to be done at the identity provider. Each kind of provider has its own names, places
//! and steps for the same task: one file of the message catalogue a provider, `provider-….ftl`.
//! Findings, errors of providers and guides name tasks, and say nothing of a provider's pages.

use messages::{FluentValue, list, message};
use model::IdentityProvider;
use strum::{IntoStaticStr, VariantArray};

use super::steps::steps;
use super::value::TeamValue;

/// Something to be set, looked up or changed at the identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Task {
    /// An application for this service.
    Create,
    /// Our entity ID, which is the audience of its assertions.
    Audience,
    /// Our Assertion Consumer Service URL.
    ReplyUrl,
    /// Where a sign-in begins that people start at the identity provider.
    SignOnUrl,
    /// Where people are to arrive after a sign-in that began at the identity provider.
    RelayState,
    /// Its own entity ID and addresses, to be copied from there.
    Issuer,
    /// SAML 2.0 with the Web Browser SSO profile, the response by HTTP-POST.
    Protocol,
    /// A signature on the assertion.
    SignAssertion,
    /// The algorithm of the signature.
    Sha256,
    /// The certificate that it signs with, to be compared and copied from there.
    Certificate,
    /// The next certificate, before it signs.
    NewCertificate,
    /// To sign with another certificate.
    SwitchCertificate,
    /// Encryption: off, or with our certificate.
    Encryption,
    /// Which of the person's data is the name identifier.
    NameId,
    /// The format of the name identifier.
    NameIdFormat,
    /// The person's e-mail address as an attribute.
    Email,
    /// The person's groups as an attribute.
    Groups,
    /// A claim that it sends, to be changed.
    Claim,
    /// Who may use the application.
    Assign,
    /// Whether requests must be signed, and with which certificate they are checked.
    RequestSignature,
    /// How people authenticate.
    AuthnContext,
    /// Our Single Logout Service.
    LogoutUrl,
    /// For how long its assertions are valid.
    Lifetime,
    /// The server's clock.
    Clock,
    /// What it recorded of the sign-in.
    Logs,
}

impl Task {
    /// Every task.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Where it is done, as the provider names its pages.
    #[must_use]
    pub fn place(self, provider: IdentityProvider) -> String {
        message(&self.key(provider), &[])
    }

    /// How it is done there, each step one action.
    #[must_use]
    pub fn steps(self, provider: IdentityProvider) -> Vec<String> {
        steps(&self.key(provider))
    }

    /// What the page asks besides the team's values, and what it holds then; nothing where that is not drawn.
    #[must_use]
    pub fn fields(
        self,
        provider: IdentityProvider,
        values: &[(&'static str, FluentValue<'_>)],
    ) -> Vec<(String, String)> {
        let part = |name| list(&self.key(provider), name, values);
        part("field").into_iter().zip(part("value")).collect()
    }

    /// Whether the provider has a setting for it at all.
    #[must_use]
    pub const fn is_offered(self, provider: IdentityProvider) -> bool {
        !matches!((self, provider), (Self::LogoutUrl, IdentityProvider::GoogleWorkspace))
    }

    /// What to paste there, or to compare with what is there.
    #[must_use]
    pub const fn values(self) -> &'static [TeamValue] {
        match self {
            Self::Audience => &[TeamValue::Identifier],
            Self::ReplyUrl => &[TeamValue::ReplyUrl],
            Self::SignOnUrl => &[TeamValue::SignOnUrl],
            Self::Issuer => &[TeamValue::IdpEntityId, TeamValue::LoginUrl],
            Self::LogoutUrl => &[TeamValue::LogoutUrl, TeamValue::Identifier],
            _ => &[],
        }
    }

    fn key(self, provider: IdentityProvider) -> String {
        let task: &str = self.into();
        format!("provider-{}-{task}", provider.as_str())
    }
}

/// What a provider is called inside of a sentence.
#[must_use]
pub fn provider_name(provider: IdentityProvider) -> String {
    message(&format!("provider-{}-name", provider.as_str()), &[])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use messages::{has, keys};

    use super::*;
    use crate::remediation::assert_steps_well_written;

    /// What the file of a provider must hold, and nothing else. Errors are compared with their
    /// table: `provider_errors`.
    #[test]
    fn every_provider_says_how_every_task_is_done() {
        for provider in IdentityProvider::ALL {
            let prefix = format!("provider-{}-", provider.as_str());
            let mut expected: BTreeSet<String> = Task::ALL.iter().map(|task| task.key(*provider)).collect();
            expected.insert(format!("{prefix}name"));
            expected.extend(TeamValue::ALL.iter().map(|value| value.key(*provider)));
            let is_error = |key: &&str| key.starts_with(&format!("{prefix}error-"));
            let found = keys(&prefix).into_iter().filter(|key| !is_error(key)).map(str::to_owned).collect();
            assert_eq!(expected, found, "{provider:?}");
        }
    }

    #[test]
    fn every_step_is_well_written() {
        for provider in IdentityProvider::ALL {
            for task in Task::ALL {
                let key = task.key(*provider);
                assert!(has(&key), "{key}: say where");
                assert!(!task.steps(*provider).is_empty(), "{key}: say what to do");
                assert_steps_well_written(&task.steps(*provider), &key);
            }
        }
    }

    #[test]
    fn every_drawn_field_has_a_value_that_can_be_filled_in() {
        let values = ["product", "identifier", "metadata", "claim"].map(|name| (name, FluentValue::from("filled in")));
        for provider in IdentityProvider::ALL {
            for task in Task::ALL {
                let key = task.key(*provider);
                let [fields, held] = ["field", "value"].map(|name| list(&key, name, &values));
                assert_eq!(fields.len(), held.len(), "{key}");
                assert!(fields.iter().chain(&held).all(|text| !text.contains('{')), "{key}: {fields:?}, {held:?}");
            }
        }
    }

    #[test]
    fn nobody_reads_the_names_of_another_provider() {
        for provider in IdentityProvider::ALL.iter().filter(|provider| **provider != IdentityProvider::Entra) {
            for task in Task::ALL {
                let drawn = task.fields(*provider, &[]).into_iter().flat_map(|(field, value)| [field, value]);
                let drawn = drawn.collect::<Vec<_>>().join(" ");
                let said = format!("{} {} {drawn}", task.place(*provider), task.steps(*provider).join(" "));
                for name in ["Entra", "Microsoft", "Azure", "My Apps"] {
                    assert!(!said.contains(name), "{provider:?} {task:?}: {said}");
                }
            }
        }
    }
}
