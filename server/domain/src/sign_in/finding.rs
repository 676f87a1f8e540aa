//! A finding with its values, and how values are written.

use model::{FindingCode, TeamStatus, Timestamp};
use saml::certificate::SigningCertificate;

/// The most characters of a value that is stored and shown.
const MAX_VALUE_CHARS: usize = 300;
/// How long a list of names may get.
const MAX_LIST_BYTES: usize = 280;

/// A diagnosed problem: a stable code with the values that an administrator can compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Which.
    pub(crate) code: FindingCode,
    /// What we expected.
    pub(crate) expected: Option<String>,
    /// What came.
    pub(crate) actual: Option<String>,
}

impl Finding {
    /// A finding that its code says all about.
    pub(crate) const fn new(code: FindingCode) -> Self {
        Self { code, expected: None, actual: None }
    }

    /// The identity provider signed the person out while they signed in.
    pub(crate) fn signed_out(requested_at: Timestamp) -> Self {
        let actual = Some(format!("a logout request of {}", format_second(requested_at)));
        Self { actual, ..Self::new(FindingCode::SignedOut) }
    }

    /// The operator ended the team's sessions while the person signed in.
    pub(crate) fn signed_out_by_operator() -> Self {
        Self { actual: Some("the operator ended the sessions".to_owned()), ..Self::new(FindingCode::SignedOut) }
    }

    /// The person signed out here while they signed in, in another tab.
    pub(crate) fn signed_out_here() -> Self {
        Self { actual: Some("a sign-out on this site".to_owned()), ..Self::new(FindingCode::SignedOut) }
    }

    /// A team that nobody may sign in to.
    pub(crate) fn team_not_active(status: TeamStatus) -> Self {
        Self { actual: Some(status.as_str().to_owned()), ..Self::new(FindingCode::TeamNotActive) }
    }

    /// With values that may be stored and shown.
    pub(super) fn truncated(self) -> Self {
        Self { expected: self.expected.map(truncate_value), actual: self.actual.map(truncate_value), ..self }
    }
}

/// A value that may be stored and shown: not too long, and without control characters.
pub(super) fn truncate_value(text: String) -> String {
    if text.len() <= MAX_VALUE_CHARS && !text.contains(char::is_control) {
        return text;
    }
    text.chars().filter(|c| !c.is_control()).take(MAX_VALUE_CHARS).collect()
}

/// Names in a row, as many as can be stored, and how many more there are.
pub(super) fn list_names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut listed = String::new();
    let mut more = 0_usize;
    for name in all {
        let name = if name.is_empty() { "an empty name" } else { name };
        let length = listed.len().saturating_add(name.len());
        if more > 0 || length > MAX_LIST_BYTES {
            more = more.saturating_add(1);
            continue;
        }
        if !listed.is_empty() {
            listed.push_str(", ");
        }
        listed.push_str(name);
    }
    match (listed.is_empty(), more) {
        (_, 0) => listed,
        (true, more) => format!("{more} with long names"),
        (false, more) => format!("{listed} and {more} more"),
    }
}

/// Certificates by their SHA-1 thumbprints, as Entra shows them.
pub(super) fn list_thumbprints<'a>(certificates: impl Iterator<Item = &'a SigningCertificate>) -> String {
    let all: Vec<_> = certificates.map(SigningCertificate::thumbprint_sha1).collect();
    all.join(", ")
}

/// A moment as SAML writes it, to the second.
pub(super) fn format_second(moment: Timestamp) -> String {
    moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_far_as_they_can_be_stored() {
        assert_eq!(list_names(["mail", "", "Given Name"].into_iter()), "mail, an empty name, Given Name");
        let long = ["http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"; 9];
        let listed = list_names(long.iter().copied());
        assert!(listed.ends_with(" and 5 more") && listed.len() <= 300, "{listed}");
        assert_eq!(list_names(["a".repeat(400).as_str()].into_iter()), "1 with long names");
        assert_eq!(list_names([].into_iter()), "");
    }
}
