//! E-mail addresses of accounts and people, and their domains.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An e-mail address, trimmed and in lower case, so that one mailbox has one spelling here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address looks like name@example.com")]
pub struct InvalidEmail;

impl EmailAddress {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let plain = email_address::Options::default().without_display_text().without_domain_literal();
        match email_address::EmailAddress::parse_with_options(text, plain) {
            Ok(_) => Ok(Self(text.to_lowercase())),
            Err(_) => Err(InvalidEmail),
        }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose e-mail addresses may sign in: domains such as `contoso.com`, in lower case and
/// sorted; with none, everybody's may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailDomains(String);

/// The text is no list of domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("domains look like contoso.com, with commas between them")]
pub struct InvalidEmailDomains;

impl EmailDomains {
    /// The domains with commas between them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether somebody with this address may sign in.
    #[must_use]
    pub fn allow(&self, email: &EmailAddress) -> bool {
        self.0.is_empty() || self.0.split(", ").any(|domain| domain == email.domain())
    }
}

/// All domains together, in bytes.
const MOST_DOMAINS: usize = 4_096;

/// With commas, semicolons or white space between them, and with or without an `@` in front.
impl FromStr for EmailDomains {
    type Err = InvalidEmailDomains;

    fn from_str(text: &str) -> Result<Self, InvalidEmailDomains> {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
        let domains: BTreeSet<String> = words.map(domain).collect::<Result<_, _>>()?;
        let domains = domains.into_iter().collect::<Vec<_>>().join(", ");
        // as it is stored: what was longer could be saved and never be read again
        if domains.len() > MOST_DOMAINS { Err(InvalidEmailDomains) } else { Ok(Self(domains)) }
    }
}

fn domain(text: &str) -> Result<String, InvalidEmailDomains> {
    let domain = text.strip_prefix('@').unwrap_or(text);
    let address: EmailAddress = format!("somebody@{domain}").parse().map_err(|_| InvalidEmailDomains)?;
    if address.domain().contains('.') { Ok(address.domain().to_owned()) } else { Err(InvalidEmailDomains) }
}

impl TryFrom<String> for EmailDomains {
    type Error = InvalidEmailDomains;
    fn try_from(text: String) -> Result<Self, InvalidEmailDomains> {
        text.parse()
    }
}

impl From<EmailDomains> for String {
    fn from(domains: EmailDomains) -> Self {
        domains.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_accepted_can_be_read_again() {
        let list = |count: usize| (0..count).map(|number| format!("d{number:04}.contoso.com")).collect::<Vec<_>>();
        let longest = (1..400).rev().find_map(|count| list(count).join(",").parse::<EmailDomains>().ok()).unwrap();
        assert!((4_000..=MOST_DOMAINS).contains(&longest.as_str().len()));
        assert_eq!(longest.as_str().parse(), Ok(longest.clone()));
    }

    #[test]
    fn one_mailbox_has_one_spelling() {
        let email: EmailAddress = "  B.Simon+sso@Contoso.COM ".parse().unwrap();
        assert_eq!(email.as_str(), "b.simon+sso@contoso.com");
        assert_eq!(email.domain(), "contoso.com");
    }

    #[test]
    fn domains_are_typed_as_one_likes() {
        let domains: EmailDomains = "@Fabrikam.com; contoso.com\nfabrikam.com".parse().unwrap();
        assert_eq!(domains.as_str(), "contoso.com, fabrikam.com");
        let allow = |email: &str| domains.allow(&email.parse().unwrap());
        assert!(allow("B.Simon@CONTOSO.com"));
        assert!(!allow("b.simon@mail.contoso.com") && !allow("b.simon@contoso.com.evil.example"));
        assert!(EmailDomains::default().allow(&"anybody@anywhere.example".parse().unwrap()));
        for text in ["everybody", "@", "b.simon@contoso.com", "contoso.com, [127.0.0.1]"] {
            assert_eq!(text.parse::<EmailDomains>(), Err(InvalidEmailDomains), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in ["", "b.simon", "@contoso.com", "B <b@contoso.com>", "b@[127.0.0.1]", "b@c\r\nBcc: x@y.z"] {
            assert_eq!(text.parse::<EmailAddress>(), Err(InvalidEmail), "{text}");
        }
    }
}
