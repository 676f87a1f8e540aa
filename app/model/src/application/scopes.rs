//! What an application may ask for.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_read_back_and_leave_out_what_is_not_known() {
        let scopes = Scopes::from("email openid  unknown openid".to_owned());
        assert_eq!(scopes.to_string(), "openid email");
        assert!(scopes.is_subset(&Scopes::all()));
        assert_eq!(Scopes::all().to_string(), "openid profile email groups organization saml offline_access");
    }
}
