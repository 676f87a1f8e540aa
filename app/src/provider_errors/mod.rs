//! The errors that identity providers show on their own pages and write into their logs. Nothing
//! of these pages reaches us, so people paste their text. Microsoft's errors are recognised by a number
//! (`aadsts`), the others by phrases from their public documentation. One file a provider here lists the
//! phrases; explanations are in that provider's `provider-….ftl`.

mod ad_fs;
mod google_workspace;
mod jumpcloud;
mod keycloak;
mod okta;
mod onelogin;
mod other;
mod pingone;
mod provider_error;
mod recognise;
mod shibboleth;
mod simplesamlphp;

use std::fmt;

use messages::{has, message};
use model::IdentityProvider;

use crate::aadsts;

pub use provider_error::ProviderError;
pub use recognise::recognise;

/// What somebody pasted, once it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownError {
    /// A number of Microsoft's, whether it is explained or not.
    Aadsts(u32),
    /// An error of another provider's.
    Provider(&'static ProviderError),
}

impl KnownError {
    /// The error of a code, as addresses carry it: a number, or `okta.app-not-assigned`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if let Ok(number) = code.parse() {
            return Some(Self::Aadsts(number));
        }
        let (provider, code) = code.split_once('.')?;
        let provider = IdentityProvider::parse(provider)?;
        all().find(|error| error.provider == provider && error.code == code).map(Self::Provider)
    }

    /// What it is; none for a number that is not explained.
    #[must_use]
    pub fn title(self) -> Option<String> {
        match self {
            Self::Aadsts(number) => aadsts::explain(number).map(aadsts::Explanation::title),
            Self::Provider(error) => Some(error.title()),
        }
    }

    /// What the identity provider's page says, for a drawing of it: a title and a line; none for
    /// what stands in logs only, and what is rare.
    #[must_use]
    pub fn page(self) -> Option<(String, String)> {
        let key = match self {
            Self::Aadsts(number) => format!("aadsts-{number}"),
            Self::Provider(error) => error.key(),
        };
        let [title, line] = ["page", "page-line"].map(|part| format!("{key}.{part}"));
        has(&title).then(|| (message(&title, &[]), message(&line, &[])))
    }
}

impl fmt::Display for KnownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aadsts(number) => write!(f, "{number}"),
            Self::Provider(error) => write!(f, "{}.{}", error.provider.as_str(), error.code),
        }
    }
}

const ALL: [&[ProviderError]; 10] = [
    okta::ALL,
    google_workspace::ALL,
    keycloak::ALL,
    ad_fs::ALL,
    onelogin::ALL,
    pingone::ALL,
    jumpcloud::ALL,
    simplesamlphp::ALL,
    shibboleth::ALL,
    other::ALL,
];

fn all() -> impl Iterator<Item = &'static ProviderError> {
    ALL.into_iter().flatten()
}

/// The errors whose pages people see most with a provider, to be pointed at.
#[must_use]
pub fn usual_pages(provider: IdentityProvider) -> Vec<KnownError> {
    if provider == IdentityProvider::Entra {
        return [700_016, 50011, 50105].map(KnownError::Aadsts).into();
    }
    let of_provider = all().filter(|error| error.provider == provider).map(KnownError::Provider);
    of_provider.filter(|error| error.page().is_some()).collect()
}

#[cfg(test)]
mod tests;
