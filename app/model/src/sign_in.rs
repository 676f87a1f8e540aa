//! The reference of a sign-in, and the people who signed in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{EmailAddress, TeamSlug, Timestamp};

/// How far a sign-out went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum SignOutExtent {
    /// Here only.
    #[default]
    Here,
    /// Here and at the identity provider, which said so.
    Everywhere,
    /// Here; what the identity provider answered does not say that it did.
    Unconfirmed,
}

coded!(SignOutExtent);

/// The reference of a sign-in attempt, such as `SSO-7F3K-2Q9M`: what an end user reads out
/// to support. Not a secret: it only finds an attempt for those who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// Crockford's alphabet: no I, L, O, U.
    const ALPHABET: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// A reference from eight random bytes (40 bits are used).
    #[must_use]
    pub fn new(random: [u8; 8]) -> Self {
        let symbol = |byte: &u8| Self::ALPHABET.get(usize::from(byte % 32)).map_or('0', |c| char::from(*c));
        let symbols: String = random.iter().map(symbol).collect();
        let (first, second) = symbols.split_at(4);
        Self(format!("SSO-{first}-{second}"))
    }

    /// A reference that the store holds.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The reference as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a reference looks like SSO-7F3K-2Q9M")]
pub struct InvalidReference;

/// However it was written down: with or without `SSO`, in any case, with letters for the
/// digits that they look like.
impl FromStr for Reference {
    type Err = InvalidReference;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut symbols: String =
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        if symbols.len() == 11 && symbols.starts_with("SSO") {
            symbols.drain(..3);
        }
        let symbols = symbols.replace('O', "0").replace(['I', 'L'], "1");
        if symbols.len() != 8 || !symbols.bytes().all(|symbol| Self::ALPHABET.contains(&symbol)) {
            return Err(InvalidReference);
        }
        let (first, second) = symbols.split_at(4);
        Ok(Self(format!("SSO-{first}-{second}")))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An attribute of a verified assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name, often a URI.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<String>,
}

impl Claim {
    /// Whether its first value looks like an e-mail address that mail reaches.
    #[must_use]
    pub fn has_email_address(&self) -> bool {
        let first = self.values.iter().map(|value| value.trim()).find(|value| !value.is_empty());
        first.is_some_and(is_mail_address)
    }
}

/// Whether a value looks like an e-mail address that mail reaches: the user principal name that Entra gives
/// to guests is none.
#[must_use]
pub fn is_mail_address(value: &str) -> bool {
    value.parse::<EmailAddress>().is_ok() && !value.to_ascii_lowercase().contains("#ext#")
}

/// A person's fields, as the claim mapping read them from an assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Given name.
    pub first_name: Option<String>,
    /// Surname.
    pub last_name: Option<String>,
    /// Name to show.
    pub display_name: Option<String>,
    /// Groups.
    pub groups: Vec<String>,
}

impl Profile {
    /// Their name: as it came, or put together.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let parts: Vec<_> = [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str).collect();
        let put_together = || (!parts.is_empty()).then(|| parts.join(" "));
        self.display_name.clone().or_else(put_together)
    }
}

/// The signed-in person's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Their fields.
    pub profile: Profile,
    /// The name identifier they signed in with.
    pub name_id: String,
    /// Their team's name.
    pub team_name: String,
    /// Their team's slug.
    pub team_slug: TeamSlug,
    /// The attributes of their latest sign-in.
    pub claims: Vec<Claim>,
    /// Their first sign-in.
    pub created_at: Timestamp,
    /// Their latest sign-in.
    pub last_sign_in_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_aloud_in_two_groups() {
        assert_eq!(Reference::new([7, 15, 3, 19, 2, 23, 9, 20]).as_str(), "SSO-7F3K-2Q9M");
    }

    #[test]
    fn a_reference_is_found_however_it_was_written_down() {
        for written in ["SSO-7F3K-2Q9M", " sso 7f3k 2q9m", "7F3K2Q9M", "sso-7f3k-2q9m."] {
            assert_eq!(written.parse::<Reference>().unwrap().as_str(), "SSO-7F3K-2Q9M", "{written}");
        }
        // letters that are read for digits
        assert_eq!("SSO-O1IL-0000".parse::<Reference>().unwrap().as_str(), "SSO-0111-0000");
        for other in ["", "SSO-7F3K", "b.simon@contoso.com", "SSO-7F3K-2Q9M-1", "SSO-7F3U-2Q9M"] {
            assert_eq!(other.parse::<Reference>(), Err(InvalidReference), "{other}");
        }
    }
}
