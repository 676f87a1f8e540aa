//! `SessionIndex`: how identity providers name their sessions.

use std::collections::BTreeSet;

/// An identity provider's names of the sessions that an assertion came from (`SessionIndex`,
/// core §2.7.2): of each of its statements one, and seldom more than one in all. A logout that
/// names any of them is about the assertion (core §3.7.3.2).
///
/// None of them has a control character, so that they can be kept one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionIndexes(BTreeSet<String>);

/// The longest index, in bytes.
const MAX_BYTES: usize = 256;
/// The most indexes of one assertion.
const MAX_COUNT: usize = 16;

/// Why an index is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionIndexError {
    /// Longer than any in use. Every session keeps it, so its length is limited.
    #[error("a SessionIndex is longer than 256 bytes")]
    TooLong,
    /// A line break or another character that is not shown.
    #[error("a SessionIndex has a control character")]
    ControlCharacter,
    /// Every session keeps all of them.
    #[error("the assertion names more than 16 sessions")]
    TooMany,
}

impl SessionIndexes {
    /// Adds one.
    pub(crate) fn add(&mut self, index: &str) -> Result<(), SessionIndexError> {
        check(index)?;
        self.0.insert(index.to_owned());
        if self.0.len() > MAX_COUNT { Err(SessionIndexError::TooMany) } else { Ok(()) }
    }

    /// As [`to_lines`](Self::to_lines) wrote them.
    #[must_use]
    pub fn from_lines(lines: Option<&str>) -> Self {
        Self(lines.unwrap_or_default().lines().map(str::to_owned).collect())
    }

    /// One a line; `None` if there is none.
    #[must_use]
    pub fn to_lines(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.iter().collect::<Vec<_>>().join("\n"))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn contains(&self, index: &str) -> bool {
        self.0.contains(index)
    }
}

/// Whether an index is one that we keep.
pub(crate) fn check(index: &str) -> Result<(), SessionIndexError> {
    if index.len() > MAX_BYTES {
        return Err(SessionIndexError::TooLong);
    }
    if index.contains(char::is_control) { Err(SessionIndexError::ControlCharacter) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_one_a_line_and_found_again() {
        let mut indexes = SessionIndexes::default();
        assert_eq!(indexes.to_lines(), None);
        for index in ["_b", "_a", "_b"] {
            indexes.add(index).unwrap();
        }
        assert_eq!(indexes.to_lines().as_deref(), Some("_a\n_b"));
        assert_eq!(SessionIndexes::from_lines(Some("_a\n_b")), indexes);
        assert!(indexes.contains("_a") && !indexes.contains("_"));
        assert_eq!(SessionIndexes::from_lines(None), SessionIndexes::default());
    }

    #[test]
    fn what_every_session_keeps_is_bounded() {
        let mut indexes = SessionIndexes::default();
        assert_eq!(indexes.add(&"x".repeat(257)), Err(SessionIndexError::TooLong));
        assert_eq!(indexes.add("_a\n_b"), Err(SessionIndexError::ControlCharacter));
        for number in 0..16 {
            indexes.add(&format!("_{number}")).unwrap();
        }
        assert_eq!(indexes.add("_16"), Err(SessionIndexError::TooMany));
    }
}
