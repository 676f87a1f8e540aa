//! The team slug ID: what Entra calls the Identifier.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Letters and digits that cannot be mistaken for each other when read aloud or retyped.
const UNAMBIGUOUS: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";
const SUFFIX_LENGTH: usize = 6;
const STEM_LENGTH: usize = 32;
const MAX_LENGTH: usize = 48;

/// A team's slug, such as `contoso-7k2m9q`: its SAML entity ID and part of its addresses.
/// Lower-case letters, digits and inner single hyphens, 3 to 48 characters. Never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TeamSlug(String);

/// Why a text is not a team slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a team slug has 3 to {MAX_LENGTH} lower-case letters, digits and single hyphens, \
     and begins and ends with a letter or digit"
)]
pub struct InvalidSlug;

impl TeamSlug {
    /// A slug from a team's name and random bytes: `Contoso Ltd.` becomes `contoso-ltd-7k2m9q`.
    #[must_use]
    pub fn generate(team_name: &str, random: [u8; SUFFIX_LENGTH]) -> Self {
        let mut slug = stem(team_name);
        slug.push('-');
        // 256 is not a multiple of 30: the bias (at most 1 in 9) only costs uniqueness a
        // fraction of a bit, and the store refuses a slug that exists.
        slug.extend(
            random
                .iter()
                .filter_map(|byte| UNAMBIGUOUS.get(usize::from(*byte) % UNAMBIGUOUS.len()).map(|c| char::from(*c))),
        );
        Self(slug)
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The readable part: ASCII letters and digits of the name, hyphens between words.
fn stem(team_name: &str) -> String {
    let mut stem = String::new();
    for c in team_name.chars() {
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() == STEM_LENGTH {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "team".to_owned() } else { stem.to_owned() }
}

impl FromStr for TeamSlug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, InvalidSlug> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let valid = (3..=MAX_LENGTH).contains(&text.len())
            && text.chars().all(|c| plain(c) || c == '-')
            && text.starts_with(plain)
            && text.ends_with(plain)
            && !text.contains("--");
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidSlug) }
    }
}

impl TryFrom<String> for TeamSlug {
    type Error = InvalidSlug;
    fn try_from(text: String) -> Result<Self, InvalidSlug> {
        text.parse()
    }
}

impl From<TeamSlug> for String {
    fn from(slug: TeamSlug) -> Self {
        slug.0
    }
}

impl fmt::Display for TeamSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_slug_is_a_valid_slug() {
        for name in ["Contoso", "Ünïcode & Söhne GmbH", "---", "日本", "A very long name of a company that never ends"]
        {
            let slug = TeamSlug::generate(name, [0, 29, 30, 255, 128, 7]);
            assert_eq!(slug.as_str().parse(), Ok(slug.clone()), "{slug}");
        }
        assert_eq!(TeamSlug::generate("Contoso Ltd.", [0; 6]).as_str(), "contoso-ltd-222222");
    }

    #[test]
    fn what_is_not_a_slug_is_refused() {
        for text in ["", "ab", "-abc", "abc-", "a--b", "Contoso", "a b c", "a/b", "..", "é23"] {
            assert_eq!(text.parse::<TeamSlug>(), Err(InvalidSlug), "{text}");
        }
    }
}
