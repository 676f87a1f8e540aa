//! What a parser, a check or a mail server says is wrong. The database keeps a code and values; the
//! sentences are in the message catalogue.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is wrong, as it is stored. Whoever says it makes the codes, such as the crate `saml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Diagnostic {
    /// A code, with what its sentence quotes.
    Coded {
        /// The code, in snake case.
        code: String,
        /// The values, by their names in the sentence.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, String>,
    },
    /// A sentence, as earlier versions stored it.
    Text(String),
}

impl Diagnostic {
    /// A code with values.
    #[must_use]
    pub fn new(code: &str, values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self::Coded { code: code.to_owned(), values }
    }

    /// The same with every text that it quotes changed, such as cut to what may be kept.
    #[must_use]
    pub fn map_texts(self, change: impl Fn(String) -> String) -> Self {
        match self {
            Self::Coded { code, values } => {
                let values = values.into_iter().map(|(name, value)| (name, change(value))).collect();
                Self::Coded { code, values }
            }
            Self::Text(text) => Self::Text(change(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_stored_with_its_values() {
        let stored = r#"{"code":"shape_element_missing","values":{"element":"Issuer","parent":"Assertion"}}"#;
        let values = [("parent", "Assertion".to_owned()), ("element", "Issuer".to_owned())];
        let diagnostic = Diagnostic::new("shape_element_missing", values);
        assert_eq!(serde_json::to_string(&diagnostic).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Diagnostic>(stored).unwrap(), diagnostic);
        let bare = Diagnostic::new("shape_nested_response", []);
        assert_eq!(serde_json::to_string(&bare).unwrap(), r#"{"code":"shape_nested_response"}"#);
    }

    #[test]
    fn a_sentence_of_an_earlier_version_reads_back() {
        let text = Diagnostic::Text("the assertion has no ID".to_owned());
        assert_eq!(serde_json::from_str::<Diagnostic>(r#""the assertion has no ID""#).unwrap(), text);
    }
}
