//! What a finding is and what it means.

use messages::{list, message};
use model::{FindingCode, IdentityProvider};

/// A finding, for admins and support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingText {
    /// What it is.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// What to do about it, each one action.
    pub steps: Vec<String>,
}

/// Where a finding's text is in the message catalogue.
pub(super) fn key(code: FindingCode) -> String {
    format!("finding-{}", code.as_str())
}

/// What a finding is.
#[must_use]
pub fn title(code: FindingCode) -> String {
    message(&key(code), &[])
}

/// A finding's text, for admins and support, where this identity provider is in use: what only one
/// kind of provider does is said for that one.
#[must_use]
pub fn finding_text(code: FindingCode, provider: IdentityProvider) -> FindingText {
    let key = key(code);
    let meaning = message(&format!("{key}.meaning"), &[("idp", provider.as_str().into())]);
    let steps = list(&key, "step", &[("idp", provider.as_str().into())]);
    FindingText { title: title(code), meaning, steps }
}
