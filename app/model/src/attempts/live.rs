//! What a page that keeps itself up to date follows.

use serde::Deserialize;

/// Which attempts a page follows, as the address of its stream says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum LiveTopic {
    /// The newest attempts.
    #[default]
    List,
    /// The team's latest test sign-in.
    LatestTest,
    /// The attempt with a reference.
    Attempt(String),
}

impl LiveTopic {
    const LIST: &'static str = "list";
    const LATEST_TEST: &'static str = "test";

    /// As an address says it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::List => Self::LIST,
            Self::LatestTest => Self::LATEST_TEST,
            Self::Attempt(reference) => reference,
        }
    }

    /// The reference of the one attempt that it is about.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        match self {
            Self::Attempt(reference) => Some(reference),
            Self::List | Self::LatestTest => None,
        }
    }
}

impl From<String> for LiveTopic {
    fn from(text: String) -> Self {
        match text.as_str() {
            "" | Self::LIST => Self::List,
            Self::LATEST_TEST => Self::LatestTest,
            _ => Self::Attempt(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_reads_back_and_none_is_the_list() {
        for topic in [LiveTopic::List, LiveTopic::LatestTest, LiveTopic::Attempt("SSO-7F3K-2Q9M".to_owned())] {
            assert_eq!(LiveTopic::from(topic.as_str().to_owned()), topic);
        }
        assert_eq!(LiveTopic::from(String::new()), LiveTopic::List);
    }
}
